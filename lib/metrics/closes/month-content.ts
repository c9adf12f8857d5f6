import type { Scope } from "@/lib/auth/scope";
import { withoutPersons } from "@/lib/auth/without-persons";
import { startOfDay, startOfMonth } from "@/lib/core/zoned-time";
import { openFacts } from "@/lib/metrics/columns/store";
import { createCoverageReader } from "@/lib/metrics/coverage";
import type { OrgEntry } from "@/lib/metrics/directory";
import { type DayCost, dayCosts } from "@/lib/metrics/money/cost-lines";
import { wholeModels } from "@/lib/metrics/money/money-models";
import type { GroupModel, ModelPart } from "@/lib/metrics/money/types";
import { answerFrom } from "@/lib/metrics/query";
import { findMetric } from "@/lib/metrics/registry";
import { selectPullRequests } from "@/lib/metrics/selection";
import { ledgerHash } from "./ledger-hash";
import type { ClosedPart, CloseSnapshot } from "./types";

/** The metrics that a model is made from. */
const MEASURED_BY = ["agent_prs_merged", "rollback_rate_7d", "pr_rework_rate", "review_hours_per_pr", "cost_per_pr"];

/** What a month is worked out from today, or why it cannot be. */
export interface MonthContent {
  content: Omit<CloseSnapshot, "values" | "adjustments" | "watermark"> | null;
  reason: string | null;
}

/** The first instant of a month and of the next one, in the zone of its organisation. */
export function spanOf(month: string, timeZone: string): { from: Date; to: Date } {
  const first = `${month}-01`;
  return { from: startOfDay(first, timeZone), to: startOfDay(startOfMonth(first, 1), timeZone) };
}

const keyOf = ({ kind, team }: ModelPart): string =>
  kind === "team" ? (team ?? "") : kind === "no_team" ? "no-team/" : "unallocated/";

function closedPart(part: ModelPart, merged: number): ClosedPart {
  const { inputs, spending } = part.model;
  return { key: keyOf(part), merged, inputs, spending, ledger: part.ledger };
}

/** How many a part merged in the month. */
function mergedOf({ model }: ModelPart): number {
  if (model.spending !== null) return model.spending.merged;
  const source = model.inputs?.pullRequestsPerMonth.source;
  return source?.kind === "measured" ? (source.n ?? 0) : 0;
}

/**
 * Reads what months of an organisation would be frozen as, all of them at once. Whoever reads them, small teams are one.
 * @param months one after the other, the oldest first
 */
export async function readMonths(
  scope: Scope,
  org: OrgEntry,
  months: readonly string[],
): Promise<ReadonlyMap<string, MonthContent>> {
  const spans = months.map((month) => spanOf(month, org.timeZone));
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const view = await openFacts(withoutPersons(scope));
  const filters = { org: [org.slug] };
  const asked = { from: first.from.toISOString(), to: last.to.toISOString(), timeZone: org.timeZone, filters };
  const selection = selectPullRequests(view.directory, filters);
  const coverageOfGroup = createCoverageReader(view.directory, selection.repos);
  const models = wholeModels(
    {
      view,
      selection,
      query: { ...asked, metrics: [], grain: "month", groupBy: [] },
      timeZone: org.timeZone,
      coverageOfGroup,
      ask: (query) => answerFrom(view, query),
    },
    spans.map(({ from, to }) => ({
      start: from.getTime(),
      end: to.getTime(),
      label: from.toISOString(),
      grain: "month",
      from: first.from.getTime(),
      to: last.to.getTime(),
    })),
  );
  const lines = [...dayCosts(view, asked)];
  const completeTo = coverageOfGroup({})?.allTo.toISOString() ?? null;
  const allocation = view.money?.plans.allocations.get(org.id) ?? "pull_requests";
  return new Map(
    models.map((model, index) => {
      const month = months[index] as string;
      const own = lines.filter(({ day }) => day.startsWith(month));
      return [month, contentOf({ org, month, model, lines: own, completeTo, allocation })];
    }),
  );
}

function contentOf({
  allocation,
  completeTo,
  lines,
  model: { parts, whole },
  month,
  org,
}: {
  org: OrgEntry;
  month: string;
  model: { whole: GroupModel; parts: readonly ModelPart[] };
  lines: readonly DayCost[];
  completeTo: string | null;
  allocation: string;
}): MonthContent {
  if (whole.currency === null || completeTo === null) return { content: null, reason: whole.reason ?? "no data" };
  if (whole.spending === null) return { content: null, reason: "no source tells of costs in this month" };
  const lacking = parts.find((part) => part.model.inputs === null && mergedOf(part) > 0);
  if (lacking !== undefined) return { content: null, reason: lacking.model.reason };
  return {
    reason: null,
    content: {
      format: 1,
      organization: org.slug,
      month,
      timeZone: org.timeZone,
      currency: whole.currency,
      dataCompleteTo: completeTo,
      metrics: Object.fromEntries(MEASURED_BY.map((id) => [id, findMetric(id)?.descriptor.version ?? 0])),
      allocation,
      ledger: { lines: lines.length, sha256: ledgerHash(lines) },
      ...ratesOf(lines),
      parts: parts.map((part) => closedPart(part, mergedOf(part))).sort((a, b) => (a.key < b.key ? -1 : 1)),
    },
  };
}

/** The rates that a month was converted at. */
function ratesOf(lines: readonly DayCost[]): Pick<CloseSnapshot, "rates"> {
  const rates = lines.flatMap(({ paid }) => (paid === null ? [] : [[paid.currency, paid.rate] as const]));
  return rates.length === 0 ? {} : { rates: Object.fromEntries(rates) };
}
