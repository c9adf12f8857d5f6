import type { MetricsQuery } from "@/lib/metrics/schema";
import type { Group, MetricRow, MetricsResponse } from "@/lib/metrics/types";

/** Of agents and of people, what the model measures. */
const MEASURED = ["rollback_rate_7d", "pr_rework_rate", "review_hours_per_pr"] as const;
export type MeasuredMetric = (typeof MEASURED)[number];

export interface MeasuredRows {
  /** Merged by agents, and by anybody. */
  merged: number;
  mergedByAnybody: number;
  agents: Readonly<Record<MeasuredMetric, MetricRow | null>>;
  people: Readonly<Record<MeasuredMetric, MetricRow | null>>;
}

const NO_ROWS: MeasuredRows["agents"] = { rollback_rate_7d: null, pr_rework_rate: null, review_hours_per_pr: null };
export const NOTHING_MEASURED: MeasuredRows = { merged: 0, mergedByAnybody: 0, agents: NO_ROWS, people: NO_ROWS };

const AGENTS = ["agent", "assisted"] as const;

const keyOf = (bucket: string | null, group: Group): string =>
  JSON.stringify([bucket, ...Object.entries(group).sort(([a], [b]) => (a < b ? -1 : 1))]);

/**
 * Asks for what the model measures, of every bucket and group of a query.
 * @returns what was measured of a bucket, by its label, and a group
 */
export function measureInputs(
  query: MetricsQuery,
  ask: (query: MetricsQuery) => MetricsResponse,
): (bucket: string | null, group: Group) => MeasuredRows {
  const { filters, from, grain, groupBy, timeZone, to } = query;
  const base = { from, to, grain, groupBy, ...(timeZone !== undefined && { timeZone }) };
  const those = { ...(filters.org && { org: filters.org }), ...(filters.team && { team: filters.team }) };
  const agents = ask({
    ...base,
    metrics: ["agent_prs_merged", ...MEASURED],
    filters: { ...those, authorKind: [...AGENTS] },
  });
  const people = ask({ ...base, metrics: [...MEASURED], filters: { ...those, authorKind: ["human"] } });
  const anybody = ask({ ...base, metrics: ["prs_merged_week"], filters: those });
  const index = ({ results }: MetricsResponse) =>
    new Map(
      results.map(({ metric, rows }) => [metric, new Map(rows.map((row) => [keyOf(row.bucket, row.group), row]))]),
    );
  const [ofAgents, ofPeople, ofAnybody] = [index(agents), index(people), index(anybody)];
  return (bucket, group) => {
    const key = keyOf(bucket, group);
    const rows = (found: ReturnType<typeof index>) =>
      Object.fromEntries(MEASURED.map((metric) => [metric, found.get(metric)?.get(key) ?? null])) as Record<
        MeasuredMetric,
        MetricRow | null
      >;
    return {
      merged: ofAgents.get("agent_prs_merged")?.get(key)?.value ?? 0,
      mergedByAnybody: ofAnybody.get("prs_merged_week")?.get(key)?.k ?? 0,
      agents: rows(ofAgents),
      people: rows(ofPeople),
    };
  };
}
