import type { Scope } from "@/lib/auth/scope";
import { AUTHOR_KIND_CODE } from "@/lib/core/dimensions";
import { SENIORITIES, type Seniority } from "@/lib/core/rollout-words";
import { restrictRows } from "@/lib/metrics/columns/restrict-rows";
import { type FactView, openFacts } from "@/lib/metrics/columns/store";
import { type FactTable, MISSING } from "@/lib/metrics/columns/table";
import type { SeniorityTable } from "@/lib/metrics/people/types";
import { type Period, resolvePeriod, resolveTimeZone } from "@/lib/metrics/period";
import { answerFrom } from "@/lib/metrics/query";
import { compileRowFilter } from "@/lib/metrics/scan/filter";
import { firstRowAt } from "@/lib/metrics/scan/stretches";
import { type MetricsQuery, metricsQuerySchema, type SeniorityQuery, withoutEmpty } from "@/lib/metrics/schema";
import { type Selection, selectPullRequests } from "@/lib/metrics/selection";
import type { MetricRow } from "@/lib/metrics/types";
import type { RosterEntry } from "./staff";

/** What is said of each arm besides how much each of them merges. */
const FIGURES = ["defect_density_90d", "security_density_90d", "review_hours_per_pr", "merge_to_deploy"] as const;
const FEWEST_PEOPLE = 5;

type Arm = SeniorityTable["arms"][number];

/** Rows of one answer by metric. */
const rowsOf = (answer: ReturnType<typeof answerFrom>): Record<string, MetricRow> =>
  Object.fromEntries(answer.results.flatMap(({ metric, rows: [row] }) => (row === undefined ? [] : [[metric, row]])));

const divided = (value: number | null, by: number): number | null => (value === null ? null : value / by);

/** Pull requests a week of each of some agents, from those of all of them. */
function perMember(row: MetricRow | undefined, members: number): Record<string, MetricRow> {
  if (row === undefined || members === 0) return {};
  const { exposure, hi, lo, value } = row;
  const own = { value: divided(value, members), lo: divided(lo, members), hi: divided(hi, members) };
  return { per_member: { ...row, ...own, exposure: exposure === null ? null : exposure * members } };
}

/** How many agents had a hand in what was merged of a selection. */
function countAgents(tables: readonly FactTable[], { narrowings, repos }: Selection, period: Period): number {
  let mask = 0n;
  for (const table of tables) {
    const filter = compileRowFilter(table, repos, narrowings);
    const seen = new Uint8Array(table.profiles.length);
    const last = firstRowAt(table, period.to.getTime());
    for (let row = firstRowAt(table, period.from.getTime()); row < last; row += 1) {
      const isOurs = filter.repo[table.repo[row] as number] === 1 && filter.team?.[table.team[row] as number] !== 0;
      const profile = table.profile[row] as number;
      if (isOurs && filter.profile?.[profile] !== 0) seen[profile] = 1;
    }
    table.profiles.forEach(({ agentMask }, position) => {
      if (seen[position] === 1) mask |= agentMask;
    });
  }
  return mask.toString(2).replaceAll("0", "").length;
}

function agentArm(view: FactView, selection: Selection, period: Period, query: MetricsQuery): Arm {
  const filters = { ...query.filters, authorKind: ["agent" as const, "assisted" as const] };
  const rows = rowsOf(answerFrom(view, { ...query, metrics: ["prs_merged_week", ...FIGURES], filters }));
  const { prs_merged_week: merged, ...figures } = rows;
  const members = countAgents(
    selection.orgs.flatMap(({ id }) => view.table(id) ?? []),
    selection,
    period,
  );
  return { arm: "agent", members, rows: { ...perMember(merged, members), ...figures } };
}

/** The rows of a period that were made for somebody of a seniority, by themselves, and how many people those are. */
function rowsOfPeople(
  table: FactTable,
  entries: ReadonlyMap<number, readonly RosterEntry[]>,
  period: Period,
  people: Set<number>,
): FactTable {
  const isHuman = table.profiles.map(({ authorKind }) => authorKind === AUTHOR_KIND_CODE.human);
  const [first, last] = [firstRowAt(table, period.from.getTime()), firstRowAt(table, period.to.getTime())];
  const rows = new Int32Array(last - first);
  let count = 0;
  for (let row = first; row < last; row += 1) {
    const person = table.person[row] as number;
    if (person === MISSING || isHuman[table.profile[row] as number] !== true) continue;
    const at = table.mergedAt[row] as number;
    if (entries.get(person)?.some(({ from, to }) => from <= at && (to === null || at < to)) !== true) continue;
    rows[count++] = row;
    people.add(person);
  }
  return restrictRows(table, rows.subarray(0, count));
}

function peopleArm(view: FactView, seniority: Seniority, period: Period, query: MetricsQuery): Arm {
  const roster = view.staff.roster.filter((entry) => entry.seniority === seniority);
  const entries = new Map<number, RosterEntry[]>();
  for (const entry of roster) entries.set(entry.person, [...(entries.get(entry.person) ?? []), entry]);
  const people = new Set<number>();
  const tables = new Map(
    view.directory.orgs.flatMap(({ id }) => {
      const table = view.table(id);
      return table === null ? [] : [[id, rowsOfPeople(table, entries, period, people)] as const];
    }),
  );
  if (people.size < FEWEST_PEOPLE) return { arm: seniority, members: null, rows: {} };
  const own: FactView = {
    ...view,
    staff: { ...view.staff, roster },
    table: (orgId) => tables.get(orgId) ?? null,
    closed: () => null,
    operations: () => null,
  };
  const filters = { ...query.filters, authorKind: ["human" as const] };
  const rows = rowsOf(answerFrom(own, { ...query, metrics: ["prs_per_engineer_week", ...FIGURES], filters }));
  const { prs_per_engineer_week: each, ...figures } = rows;
  return { arm: seniority, members: people.size, rows: { ...(each && { per_member: each }), ...figures } };
}

/**
 * Agents beside senior, mid-level and junior people by the roster as it was at each merge: never one person, and no group
 * of fewer than five.
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered
 */
export async function runSeniorityTable(scope: Scope, asked: SeniorityQuery): Promise<SeniorityTable> {
  const view = await openFacts(scope);
  const selection = selectPullRequests(view.directory, withoutEmpty(asked.filters));
  const timeZone = resolveTimeZone(asked.timeZone, selection.orgs);
  const period = resolvePeriod(asked, timeZone);
  const query = metricsQuerySchema.parse({ ...asked, timeZone, metrics: ["prs_merged_week"] });
  const { asOf } = answerFrom(view, query);
  return {
    asOf,
    isKnown: view.staff.roster.some(({ seniority }) => seniority !== null),
    arms: [
      agentArm(view, selection, period, query),
      ...SENIORITIES.toReversed().map((seniority) => peopleArm(view, seniority, period, query)),
    ],
  };
}
