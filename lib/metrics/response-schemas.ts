import { z } from "zod";
import { ADVERSE_LAYERS } from "@/lib/core/adverse-layers";
import { CATEGORIES, DIMENSIONS } from "@/lib/core/dimensions";
import { FAILURE_CAUSES } from "@/lib/core/failure-causes";
import { SENIORITIES } from "@/lib/core/rollout-words";
import { count, instant, replica } from "./answer-parts";
import { BENCHMARK_TOPICS, type BenchmarkItem } from "./benchmarks/types";
import type { Ranking, SeniorityTable } from "./people/types";
import type {
  DimensionValues,
  FirstEvents,
  MetricDescriptor,
  MetricRow,
  MetricsResponse,
  ReviewerLoad,
  RollbackCurves,
  StandardisedComparison,
  Standouts,
} from "./types";

/** The answers of the API as schemas: the OpenAPI document is made from them, and route tests check answers by them. */
const dimension = z.enum(DIMENSIONS);
const group = z.partialRecord(dimension, z.string());

const limits = { value: z.number().nullable(), lo: z.number().nullable(), hi: z.number().nullable() };
const change = z.strictObject({ ...limits, method: z.string() });

const metricRow = z.strictObject({
  bucket: instant.nullable(),
  group,
  ...limits,
  method: z.string(),
  k: count.nullable(),
  n: count.nullable(),
  exposure: z.number().nullable(),
  immature: count,
  excluded: z.record(z.string(), count),
  flags: z.array(
    z.enum(["few", "small_sample", "provisional", "incomplete_bucket", "lower_bound", "partial_coverage"]),
  ),
  reason: z.string().optional(),
  bounds: z.strictObject({ none: z.number(), all: z.number() }).optional(),
  factor: z
    .strictObject({ crude: z.number(), agents: z.number(), people: z.number(), used: count, dropped: count })
    .optional(),
  told: z.strictObject({ repositories: count, of: count }).optional(),
  shares: z
    .array(z.strictObject({ label: z.string(), k: count, value: z.number(), lo: z.number(), hi: z.number() }))
    .optional(),
  equivalent: z
    .strictObject({ baseline: z.number(), isMeasured: z.boolean(), gross: z.number(), reviewHours: z.number() })
    .optional(),
  effect: z
    .strictObject({
      wave: z.iso.date(),
      treated: count,
      control: count,
      relative: z.number().nullable(),
      p: z.number(),
      smallestP: z.number(),
      mayBeSignificant: z.boolean(),
    })
    .optional(),
  currency: z.string().optional(),
  asked: count.optional(),
  spread: z.strictObject({ p75: z.number(), p90: z.number() }).optional(),
  change: change.optional(),
}) satisfies z.ZodType<MetricRow>;

export const metricsResponseSchema = z.strictObject({
  asOf: instant.nullable(),
  latest: instant.nullable(),
  results: z.array(
    z.strictObject({ metric: z.string(), rows: z.array(metricRow), compare: z.array(metricRow).optional() }),
  ),
}) satisfies z.ZodType<MetricsResponse>;

export const metricsBatchResponseSchema = z.strictObject({ answers: z.array(metricsResponseSchema) });

const benchmark = z.strictObject({
  id: z.string(),
  low: z.number(),
  high: z.number(),
  category: z.string().nullable(),
  source: z.string(),
  date: z.string(),
  comparability: z.enum(["ok", "caution", "no"]),
});

const metricDescriptor = z.strictObject({
  id: z.string(),
  version: count,
  title: z.string(),
  shortTitle: z.string(),
  question: z.string(),
  definition: z.string(),
  formula: z.string(),
  unit: z.enum([
    "count",
    "incidents",
    "per_week",
    "per_day",
    "per_working_day",
    "per_engineer_week",
    "proportion",
    "times",
    "seconds",
    "hours",
    "lines",
    "per_kloc",
    "rounds",
    "points",
    "developers",
    "money",
    "months",
    "return",
  ]),
  direction: z.enum(["higher", "lower", "context"]),
  additive: z.boolean(),
  windowSeconds: count.nullable(),
  interval: z.string(),
  dimensions: z.array(dimension),
  chart: z.enum(["line", "bar", "stacked", "interval", "curve", "none"]),
  exportColumn: z.string(),
  caveats: z.array(z.string()),
  sources: z.array(z.string()),
  benchmarks: z.array(benchmark),
}) satisfies z.ZodType<MetricDescriptor>;

export const metricListSchema = z.strictObject({ items: z.array(metricDescriptor), nextCursor: z.null() });

export const rollbackCurvesSchema = z.strictObject({
  asOf: instant.nullable(),
  curves: z.array(
    z.strictObject({
      group,
      n: count,
      k: count,
      points: z.array(
        z.strictObject({ hours: z.number(), share: z.number(), lo: z.number(), hi: z.number(), atRisk: count }),
      ),
      p50: z.number().nullable(),
      p75: z.number().nullable(),
      p90: z.number().nullable(),
    }),
  ),
}) satisfies z.ZodType<RollbackCurves>;

export const seniorityTableSchema = z.strictObject({
  asOf: instant.nullable(),
  isKnown: z.boolean(),
  arms: z.array(
    z.strictObject({
      arm: z.enum(["agent", ...SENIORITIES]),
      members: count.nullable(),
      rows: z.record(z.string(), metricRow),
    }),
  ),
}) satisfies z.ZodType<SeniorityTable>;

export const reviewerLoadSchema = z.strictObject({
  reviewers: count,
  load: z
    .strictObject({
      median: z.number(),
      p90: z.number(),
      busiest: count,
      busiestShare: z.number(),
      agentShare: z.number(),
      groups: z.array(z.strictObject({ from: z.number(), to: z.number().nullable(), reviewers: count })),
    })
    .nullable(),
}) satisfies z.ZodType<ReviewerLoad>;

export const standoutsSchema = z.strictObject({
  asOf: instant.nullable(),
  metric: z.string(),
  compared: count,
  standouts: z.array(
    z.strictObject({
      dimension: z.enum(["all", "category", "team", "repo"]),
      value: z.string(),
      month: instant,
      k: count,
      n: count,
      elsewhere: z.strictObject({ k: count, n: count }),
    }),
  ),
}) satisfies z.ZodType<Standouts>;

export const rankingSchema = z.strictObject({
  asOf: instant.nullable(),
  metric: z.string(),
  pooled: z.number().nullable(),
  differ: z.boolean(),
  teams: z.array(
    z.strictObject({
      team: z.string(),
      k: count,
      n: count,
      crude: z.number(),
      estimate: z.number().nullable(),
      lo: z.number().nullable(),
      hi: z.number().nullable(),
    }),
  ),
}) satisfies z.ZodType<Ranking>;

export const comparisonSchema = z.strictObject({
  arms: z.array(
    z.strictObject({
      arm: z.enum(["agent", "human"]),
      crude: z.strictObject({ ...limits, k: count, n: count }),
      standardised: z.strictObject(limits),
      dropped: count,
    }),
  ),
  difference: change,
  cells: z.strictObject({ used: count, dropped: count }),
  immature: count,
}) satisfies z.ZodType<StandardisedComparison>;

export const dimensionValuesSchema = z.strictObject({
  orgs: z.array(
    z.strictObject({
      slug: z.string(),
      name: z.string(),
      isSample: z.boolean(),
      timeZone: z.string(),
      fiscalStart: z.int(),
    }),
  ),
  repos: z.array(
    z.strictObject({ value: z.string(), name: z.string(), org: z.string(), completeTo: instant.nullable() }),
  ),
  teams: z.array(z.strictObject({ value: z.string(), name: z.string() })),
  agents: z.array(z.strictObject({ value: z.string(), name: z.string() })),
  span: z.strictObject({ firstMergedAt: instant, latest: instant, asOf: instant }).nullable(),
  replica,
}) satisfies z.ZodType<DimensionValues>;

const adverseLayer = z.enum(ADVERSE_LAYERS);
export const firstEventsSchema = z.strictObject({
  asOf: instant.nullable(),
  layers: z.array(z.strictObject({ layer: adverseLayer, k: count })),
  any: z.strictObject({
    k: count,
    n: count,
    value: z.number().nullable(),
    lo: z.number().nullable(),
    hi: z.number().nullable(),
    bounds: z.strictObject({ none: z.number(), all: z.number() }).nullable(),
  }),
  unclear: count,
  immature: count,
  deployed: count,
  first: z.array(
    z.strictObject({
      layer: adverseLayer,
      points: z.array(z.strictObject({ hours: z.number(), share: z.number() })),
    }),
  ),
}) satisfies z.ZodType<FirstEvents>;

export const benchmarkListSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      source: z.strictObject({
        title: z.string(),
        publisher: z.string(),
        date: z.string(),
        kind: z.enum(["vendor", "survey", "anecdote", "research", "own"]),
      }),
      topic: z.enum(BENCHMARK_TOPICS),
      says: z.string(),
      metric: z.string().nullable(),
      group: z
        .union([z.strictObject({ category: z.enum(CATEGORIES) }), z.strictObject({ cause: z.enum(FAILURE_CAUSES) })])
        .nullable(),
      low: z.number(),
      high: z.number(),
      unit: z.string(),
      before: z.number().nullable(),
      after: z.number().nullable(),
      comparability: z.enum(["ok", "caution", "no"]),
      contradiction: z.string().nullable(),
    }) satisfies z.ZodType<BenchmarkItem>,
  ),
  nextCursor: z.null(),
});
