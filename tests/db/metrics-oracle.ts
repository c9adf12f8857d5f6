import { CATEGORY_SEVERITY, type Confidence, type Dimension, sizeBucketOf } from "@/lib/core/dimensions";
import { FAILURE_CAUSE_CODE, FAILURE_CAUSES } from "@/lib/core/failure-causes";
import type { Measure, MetricDefinition } from "@/lib/metrics/definitions/definition";
import { findMetric } from "@/lib/metrics/registry";
import type { MetricsQuery } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import type { CourseInput, FactInput } from "@/tests/factories/facts";
import { type CourseOracle, courseOracle } from "./course-oracle";

export interface OracleFact
  extends Required<Pick<FactInput, "number" | "mergedAt" | "kind" | "category" | "exclusion">> {
  repo: string;
  completeTo: string;
  team: string | null;
  agents: string[];
  rollbackSeconds: number | null;
  effectiveLines: number | null;
  agentLines: number | null;
  closed: boolean;
  confidence?: Confidence;
  course: CourseInput;
}

const HOUR_MS = 3_600_000;

interface LocalDates {
  day: string;
  week: string;
  month: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, LocalDates>();

/** Calendar date of an instant, and the first dates of its week and month, in a time zone: by `Intl` alone. */
function localDates(instant: string, timeZone: string): LocalDates {
  const key = `${instant} ${timeZone}`;
  const dates = known.get(key) ?? computeLocalDates(instant, timeZone);
  known.set(key, dates);
  return dates;
}

function computeLocalDates(instant: string, timeZone: string): LocalDates {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
  formats.set(timeZone, format);
  const day = format.format(new Date(instant));
  const noon = new Date(`${day}T12:00:00Z`);
  const monday = new Date(noon.getTime() - ((noon.getUTCDay() + 6) % 7) * 24 * HOUR_MS);
  return { day, week: monday.toISOString().slice(0, 10), month: `${day.slice(0, 7)}-01` };
}

function valuesOf(fact: OracleFact, dimension: Dimension): string[] {
  switch (dimension) {
    case "org":
      return [fact.repo.split("/")[0] ?? ""];
    case "repo":
      return [fact.repo];
    case "team":
      return [fact.team ?? "unassigned"];
    case "agent":
      if (fact.agents.length > 0) return fact.agents;
      return fact.kind === "agent" || fact.kind === "assisted" ? ["unknown"] : [];
    case "authorKind":
      return [fact.kind];
    case "category":
      return [fact.category];
    case "severity":
      return [CATEGORY_SEVERITY[fact.category]];
    case "sizeBucket":
      return [fact.closed ? "unknown" : sizeBucketOf(fact.effectiveLines)];
    case "cause":
      return FAILURE_CAUSES.filter((cause) => FAILURE_CAUSE_CODE[cause] === fact.course.failure_cause);
    case "environment":
      return [];
  }
}

const SHARE_OF: Readonly<Record<string, readonly Dimension[]>> = {
  ai_share_prs: ["agent", "authorKind"],
  ai_share_lines: ["agent", "authorKind"],
  task_mix: ["category", "severity"],
  failure_root_cause: ["cause"],
};
const AGENT_ONLY = new Set([
  "agent_prs_merged",
  "rollback_rate_24h",
  "rollback_rate_7d",
  "safe_rate_7d",
  "effective_safe_prs",
  "task_mix",
]);

/** Percentiles of the effective lines, which the registry does not have: the tests bring the definitions. */
export const LINE_PERCENTILES: Readonly<Record<string, number>> = { lines_p50: 0.5, lines_p90: 0.9 };

/** The registry and these percentiles, of everyone's pull requests. */
export function findWithPercentiles(id: string): MetricDefinition | undefined {
  const at = LINE_PERCENTILES[id];
  const base = findMetric("prs_merged_week");
  if (at === undefined || base === undefined) return findMetric(id);
  const measure: Measure = { kind: "percentile", column: "effectiveLines", at, unknown: "unknown_lines" };
  return { ...base, descriptor: { ...base.descriptor, id }, measure };
}

/** `percentile_cont` by sorting everything. */
export function percentileOf(values: readonly number[], at: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = at * (sorted.length - 1);
  const low = sorted[Math.floor(rank)];
  const high = sorted[Math.ceil(rank)];
  return low === undefined || high === undefined ? null : low + (rank - Math.floor(rank)) * (high - low);
}

export interface OracleAnswer {
  /** null: such a metric counts nothing. */
  k: number | null;
  n: number;
  immature: number;
  excluded: Record<string, number>;
  value: number | null;
}

/** What a row has to say, straight from the definitions and one pull request at a time. */
export function oracle(
  facts: readonly OracleFact[],
  query: MetricsQuery,
  metric: string,
  row: MetricRow,
): OracleAnswer {
  const timeZone = query.timeZone ?? "UTC";
  const share = SHARE_OF[metric] ?? [];
  const of = courseOracle(metric);
  const byAgentOnly =
    (of?.agentsOnly ?? AGENT_ONLY.has(metric)) &&
    !query.groupBy.includes("authorKind") &&
    query.filters.authorKind === undefined;
  const window = findMetric(metric)?.descriptor.windowSeconds ?? null;
  const inBucket = (fact: OracleFact) => {
    if (row.bucket === null || query.grain === null) return true;
    if (query.grain === "hour") {
      const start = Date.parse(row.bucket);
      return Date.parse(fact.mergedAt) >= start && Date.parse(fact.mergedAt) < start + HOUR_MS;
    }
    return localDates(fact.mergedAt, timeZone)[query.grain] === localDates(row.bucket, timeZone).day;
  };
  const passes = (fact: OracleFact, skipped: readonly Dimension[]) =>
    Object.entries(query.filters).every(([name, wanted]) => {
      const dimension = name as Dimension;
      if (wanted === undefined || skipped.includes(dimension)) return true;
      return valuesOf(fact, dimension).some((value) => (wanted as string[]).includes(value));
    }) &&
    Object.entries(row.group).every(
      ([name, value]) => skipped.includes(name as Dimension) || valuesOf(fact, name as Dimension).includes(value),
    );
  const population = facts.filter(
    (fact) =>
      inBucket(fact) &&
      (!fact.closed || of?.countsClosed === true) &&
      (of?.among?.(fact) ?? true) &&
      fact.mergedAt >= new Date(query.from).toISOString() &&
      fact.mergedAt < new Date(query.to).toISOString() &&
      (!byAgentOnly || fact.kind === "agent" || fact.kind === "assisted"),
  );
  const whole = population.filter((fact) => passes(fact, share));
  const excluded: Record<string, number> = {};
  const count = (reason: string) => {
    excluded[reason] = (excluded[reason] ?? 0) + 1;
  };
  for (const { exclusion } of whole) if (exclusion !== "none") count(exclusion);
  const eligible = whole.filter(({ exclusion }) => exclusion === "none");
  const isMature = ({ completeTo, mergedAt }: OracleFact) =>
    window === null || Date.parse(mergedAt) <= Date.parse(completeTo) - window * 1000 - HOUR_MS;
  const mature = eligible.filter(isMature);
  if (of !== null)
    return courseAnswer(of, mature, eligible.length - mature.length, excluded, (fact) => passes(fact, []));
  const percentile = LINE_PERCENTILES[metric];
  const isRate = metric.startsWith("rollback_rate") || metric === "safe_rate_7d";
  const unclear = ({ course }: OracleFact) => (course.unclear_seconds ?? Number.POSITIVE_INFINITY) <= (window ?? 0);
  const measured = mature.filter((fact) => {
    const { agentLines, effectiveLines } = fact;
    if (isRate) return !unclear(fact);
    if (metric === "ai_share_lines") return effectiveLines !== null && agentLines !== null;
    return percentile === undefined || effectiveLines !== null;
  });
  for (let index = measured.length; index < mature.length; index += 1)
    count(isRate ? "unclear_rollback" : "unknown_lines");
  const chosen = measured.filter((fact) => passes(fact, []));
  const rolledBack = ({ rollbackSeconds }: OracleFact) => rollbackSeconds !== null && rollbackSeconds <= (window ?? 0);
  const byAgent = ({ kind }: OracleFact) => kind === "agent" || kind === "assisted";
  const counted = chosen.filter((fact) => {
    if (metric.startsWith("rollback_rate")) return rolledBack(fact);
    if (metric === "safe_rate_7d") return !rolledBack(fact);
    if (metric === "effective_safe_prs") return !rolledBack(fact) && !unclear(fact);
    return metric === "ai_share_prs" ? byAgent(fact) : true;
  });
  const base = { k: counted.length, n: measured.length, immature: eligible.length - mature.length, excluded };
  if (metric === "ai_share_lines") {
    const x = chosen.reduce((sum, { agentLines }) => sum + (agentLines ?? 0), 0);
    const y = measured.reduce((sum, { effectiveLines }) => sum + (effectiveLines ?? 0), 0);
    return { ...base, value: y === 0 ? null : x / y };
  }
  if (percentile !== undefined) {
    return {
      ...base,
      value: percentileOf(
        chosen.map(({ effectiveLines }) => effectiveLines ?? 0),
        percentile,
      ),
    };
  }
  const isCount = metric === "prs_merged_week" || metric === "agent_prs_merged" || metric === "effective_safe_prs";
  if (isCount) return { ...base, value: counted.length };
  return { ...base, value: measured.length === 0 ? null : counted.length / measured.length };
}

/** Every measured fact passes the filters, but for a metric that is a share of something else. */
function courseAnswer(
  { answer, known, unknown }: CourseOracle,
  mature: readonly OracleFact[],
  immature: number,
  excluded: Record<string, number>,
  passes: (fact: OracleFact) => boolean,
): OracleAnswer {
  const measured = mature.filter(known);
  if (measured.length < mature.length) excluded[unknown] = mature.length - measured.length;
  return { n: measured.length, immature, excluded, ...answer(measured, passes) };
}

/** The groups that some pull request is in: each has to have a row. */
export function groupsPresent(
  facts: readonly OracleFact[],
  query: MetricsQuery,
  groupBy: readonly Dimension[],
): string[] {
  const groups = facts
    .filter(
      ({ closed, exclusion, kind }) => !closed && exclusion === "none" && (kind === "agent" || kind === "assisted"),
    )
    .filter((fact) =>
      Object.entries(query.filters).every(
        ([name, wanted]) =>
          wanted === undefined ||
          valuesOf(fact, name as Dimension).some((value) => (wanted as string[]).includes(value)),
      ),
    )
    .flatMap((fact) =>
      groupBy.reduce<string[][]>(
        (partial, dimension) => partial.flatMap((group) => valuesOf(fact, dimension).map((value) => [...group, value])),
        [[]],
      ),
    );
  return [...new Set(groups.map((group) => group.join("|")))];
}
