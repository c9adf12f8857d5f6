import type { Scope } from "@/lib/auth/scope";
import { addDays, dayOf, startOfWeek } from "@/lib/core/zoned-time";
import { openFacts } from "@/lib/metrics/columns/store";
import { answerFrom } from "@/lib/metrics/query";
import { type Filters, metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { planFrom, type RolloutPlan } from "./plan";
import type { Rollout, TeamRollout } from "./types";
import { warningSigns } from "./warning-signs";

const WEEK_MS = 7 * 86_400_000;
const RECENT_WEEKS = 26;
/** So many weeks in a row with agents look like the beginning of their use (metrics.md 2.10). */
const WEEKS_OF_USE = 4;

const rowsByTeam = (rows: readonly MetricRow[]): Map<string, MetricRow[]> => {
  const byTeam = new Map<string, MetricRow[]>();
  for (const row of rows) {
    const team = row.group.team ?? "";
    byTeam.set(team, [...(byTeam.get(team) ?? []), row]);
  }
  return byTeam;
};

/** The first week of four in a row with something merged of agents. */
function firstUse(weeks: readonly MetricRow[], timeZone: string): string | null {
  const start = weeks.findIndex((_, index) => {
    const next = weeks.slice(index, index + WEEKS_OF_USE);
    return next.length === WEEKS_OF_USE && next.every(({ k }) => (k ?? 0) > 0);
  });
  const bucket = weeks[start]?.bucket;
  return bucket == null ? null : dayOf(bucket, timeZone);
}

/** The highest of whole weeks, the last of several. */
function peakOf(weeks: readonly MetricRow[], timeZone: string): TeamRollout["peak"] {
  let peak: TeamRollout["peak"] = null;
  for (const { bucket, flags, value } of weeks) {
    if (value === null || bucket === null || flags.includes("incomplete_bucket")) continue;
    if (peak === null || value >= peak.value) peak = { value, week: dayOf(bucket, timeZone) };
  }
  return peak;
}

/** What is asked of the metrics: adoption now and by week, and agents' pull requests from the beginning. */
function questionsOf({ asOf, span, timeZone }: RolloutPlan, filters: Filters) {
  const to = new Date(asOf.getTime() + 1).toISOString();
  const recent = addDays(startOfWeek(span.lastDay), -7 * RECENT_WEEKS);
  const weekly = { groupBy: ["team"], grain: "week", timeZone, to, filters };
  return [
    { metrics: ["adoption_rate"], groupBy: ["team"], timeZone, from: recent, to, filters },
    { metrics: ["adoption_rate"], ...weekly, from: recent },
    { metrics: ["agent_prs_merged"], ...weekly, from: startOfWeek(span.firstDay) },
  ].map((query) => metricsQuerySchema.parse(query));
}

/**
 * How far each team has come with agents, what speaks of a rollout that fails, and in which waves teams began.
 * @throws {AppError} `unprocessable` with the pointer of a filter that nothing is called
 */
export async function readRollout(scope: Scope, filters: Filters): Promise<Rollout> {
  const view = await openFacts(scope);
  const plan = planFrom(view, filters);
  if (plan === null) return { asOf: null, teams: [], waves: [] };
  const { asOf, span, timeZone, waves } = plan;
  const [now, byWeek, merged] = questionsOf(plan, filters).map((query) =>
    rowsByTeam(answerFrom(view, query).results[0]?.rows ?? []),
  );
  const teams = plan.teams.map((one): TeamRollout => {
    const { phases, team } = one;
    const started = phases.filter(({ startsOn }) => startsOn <= span.lastDay);
    const phase = started.at(-1)?.phase ?? null;
    const rolledOut = started.find((item) => item.phase === "rollout")?.startsOn;
    const weeksSinceRollout =
      rolledOut === undefined ? null : Math.floor((Date.parse(span.lastDay) - Date.parse(rolledOut)) / WEEK_MS);
    const row = now?.get(team)?.[0];
    const adoption = { value: row?.value ?? null, k: row?.k ?? null, n: row?.n ?? null };
    const peak = peakOf(byWeek?.get(team) ?? [], timeZone);
    const signs = warningSigns({ phase, weeksSinceRollout, adoption: adoption.value, peak });
    return { ...one, phase, firstUse: firstUse(merged?.get(team) ?? [], timeZone), adoption, peak, signs };
  });
  return { asOf: asOf.toISOString(), teams, waves };
}
