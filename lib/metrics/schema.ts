import { z } from "zod";
import { ADVERSE_LAYERS } from "@/lib/core/adverse-layers";
import { AUTHOR_KINDS, CATEGORIES, DIMENSIONS, SEVERITIES, SIZE_BUCKETS } from "@/lib/core/dimensions";
import { CAUSE_FILTERS } from "@/lib/core/failure-causes";
import { benchmarkUnitOf } from "./benchmarks/units";
import { countsPullRequests } from "./definitions/definition";
import { findMetric } from "./registry";

/** Whether the runtime knows an IANA time zone of that name. */
// Every question names its zone, and asking Intl takes longer than counting a small repository.
const zones = new Set<string>();
const MOST_ZONES = 1000;

function isTimeZone(name: string): boolean {
  if (zones.has(name)) return true;
  if (!isZoneOfIntl(name)) return false;
  if (zones.size >= MOST_ZONES) zones.clear();
  zones.add(name);
  return true;
}

function isZoneOfIntl(name: string): boolean {
  try {
    // Offsets such as +05:45 are accepted by Intl but mean the opposite sign to PostgreSQL.
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions() !== null;
  } catch {
    return false;
  }
}

/**
 * A point in time: an ISO instant with its offset, or a date, which means its first moment in the query's time zone.
 */
export const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: "must be a date (2026-01-31) or an instant with its offset (2026-01-31T00:00:00Z)",
  })
  .refine((text) => text >= "1970" && text < "2200", { error: "must lie between the years 1970 and 2199" });

const values = z.array(z.string().min(1).max(200)).max(200);
const oneOf = <Word extends string>(words: readonly Word[]) => z.array(z.enum(words)).max(words.length);

/** Values of one dimension are alternatives; different dimensions must all hold; an empty list filters nothing. */
export const filtersSchema = z.strictObject({
  org: values.optional(),
  /** `org/name`. */
  repo: values.optional(),
  /** Team slugs; `unassigned` for none. */
  team: values.optional(),
  agent: values.optional(),
  authorKind: oneOf(AUTHOR_KINDS).optional(),
  category: oneOf(CATEGORIES).optional(),
  severity: oneOf(SEVERITIES).optional(),
  sizeBucket: oneOf(SIZE_BUCKETS).optional(),
  /** Of pull requests that failed; `not_triaged` where nobody has said why. */
  cause: oneOf(CAUSE_FILTERS).optional(),
});
export type Filters = z.infer<typeof filtersSchema>;

/** The filters that filter. */
export function withoutEmpty(filters: Filters): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([, list]) => list !== undefined && list.length > 0));
}

export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: "is not the name of an IANA time zone, such as Europe/Berlin" });

const distinct = (items: readonly string[]) => new Set(items).size === items.length;

const groupBySchema = z.array(z.enum(DIMENSIONS)).max(3).refine(distinct, { error: "names a dimension twice" });

/** The id of a metric of the registry. */
export const metricId = z.string().refine((id) => findMetric(id) !== undefined, {
  error: (issue) => `no metric is called "${String(issue.input)}"; GET /api/v1/metrics lists them`,
});

/** The id of a metric that counts pull requests. */
export const pullRequestMetricId = metricId.refine(
  (id) => {
    const definition = findMetric(id);
    return definition === undefined || countsPullRequests(definition);
  },
  { error: (issue) => `the metric "${String(issue.input)}" does not count pull requests` },
);

/** A half-open period `[from, to)`. */
const period = z.strictObject({ from: moment, to: moment });

/** More than there are. */
const MOST_METRICS = 100;

/** The body of `POST /api/v1/metrics/query`. */
export const metricsQuerySchema = z.strictObject({
  metrics: z.array(metricId).min(1).max(MOST_METRICS).refine(distinct, { error: "names a metric twice" }),
  from: moment,
  to: moment,
  timeZone: timeZoneSchema.optional(),
  grain: z.enum(["hour", "day", "week", "month"]).nullable().default(null),
  groupBy: groupBySchema.default([]),
  filters: filtersSchema.default({}),
  compare: z.union([z.literal("previous"), period]).nullish(),
});
export type MetricsQuery = z.infer<typeof metricsQuerySchema>;
export type MetricsQueryInput = z.input<typeof metricsQuerySchema>;

/** The body of `POST /api/v1/metrics/ranking`. */
export const rankingQuerySchema = z.strictObject({
  metric: metricId.refine(
    (id) => {
      const kind = findMetric(id)?.measure.kind;
      return kind === undefined || kind === "proportion";
    },
    { error: (issue) => `the metric "${String(issue.input)}" is no share of pull requests or deployments` },
  ),
  from: moment,
  to: moment,
  timeZone: timeZoneSchema.optional(),
  filters: filtersSchema.default({}),
});
export type RankingQuery = z.infer<typeof rankingQuerySchema>;

/** The body of `POST /api/v1/metrics/reviewer-load`. */
export const reviewerLoadQuerySchema = z.strictObject({
  from: moment,
  to: moment,
  timeZone: timeZoneSchema.optional(),
  filters: filtersSchema.pick({ org: true, repo: true, team: true }).default({}),
});
export type ReviewerLoadQuery = z.infer<typeof reviewerLoadQuerySchema>;

/** The body of `POST /api/v1/metrics/seniority`. */
export const seniorityQuerySchema = z.strictObject({
  from: moment,
  to: moment,
  timeZone: timeZoneSchema.optional(),
  filters: filtersSchema.omit({ authorKind: true, agent: true }).default({}),
});
export type SeniorityQuery = z.infer<typeof seniorityQuerySchema>;

/** The body of `POST /api/v1/metrics/batch`: what one page asks at once. */
export const metricsBatchSchema = z.strictObject({ queries: z.array(metricsQuerySchema).min(1).max(16) });

/** The body of `POST /api/v1/rollbacks/curve`: which pull requests to look at. */
export const cohortQuerySchema = z.strictObject({
  from: moment,
  to: moment,
  timeZone: timeZoneSchema.optional(),
  groupBy: groupBySchema.max(1).default([]),
  filters: filtersSchema.default({}),
});
export type CohortQuery = z.infer<typeof cohortQuerySchema>;

/** The body of `POST /api/v1/rollbacks/comparison`: agents against people within one window. */
export const comparisonQuerySchema = z.strictObject({
  from: moment,
  to: moment,
  timeZone: timeZoneSchema.optional(),
  window: z.enum(["24h", "7d"]).default("7d"),
  filters: filtersSchema.default({}),
});
export type ComparisonQuery = z.infer<typeof comparisonQuerySchema>;

/** The body of `POST /api/v1/rollbacks/first-events`: which signs of something having gone wrong count. */
export const firstEventsQuerySchema = z.strictObject({
  from: moment,
  to: moment,
  timeZone: timeZoneSchema.optional(),
  layers: z
    .array(z.enum(ADVERSE_LAYERS))
    .min(1)
    .max(ADVERSE_LAYERS.length)
    .refine((layers) => new Set(layers).size === layers.length, { error: "names a layer twice" })
    .default([...ADVERSE_LAYERS]),
  filters: filtersSchema.default({}),
});
export type FirstEventsQuery = z.infer<typeof firstEventsQuerySchema>;

const benchmarkText = (longest: number) => z.string().trim().min(1, { error: "must not be empty" }).max(longest);

/** The body of `POST /api/v1/benchmarks`: a figure in the unit that its metric is written in, percent for a share. */
export const ownBenchmarkSchema = z
  .strictObject({
    metric: metricId.refine(
      (id) => {
        const unit = findMetric(id)?.descriptor.unit;
        return unit === undefined || benchmarkUnitOf(unit) !== null;
      },
      { error: (issue) => `figures of "${String(issue.input)}" cannot be held against others` },
    ),
    says: benchmarkText(200),
    publisher: benchmarkText(200),
    published: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, { error: "must be a year, a month or a day: 2026-05" }),
    low: z.number().min(0).max(1e9),
    high: z.number().min(0).max(1e9),
  })
  .refine(({ high, low }) => high >= low, { error: "must not be below the lower end", path: ["high"] });
