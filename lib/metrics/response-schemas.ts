import { z } from "zod";
import { ADVERSE_LAYERS } from "@/lib/core/adverse-layers";
import { AUTHOR_KINDS, CATEGORIES, CONFIDENCES, DIMENSIONS, EXCLUSIONS, REVERT_KINDS } from "@/lib/core/dimensions";
import { FAILURE_CAUSES } from "@/lib/core/failure-causes";
import { CHECKS } from "@/lib/core/policy";
import { SENIORITIES } from "@/lib/core/rollout-words";
import { BENCHMARK_TOPICS, type BenchmarkItem } from "./benchmarks/types";
import type { Ranking, SeniorityTable } from "./people/types";
import type {
  ClosedPullRequestDetail,
  DataHealth,
  DimensionValues,
  FirstEvents,
  MetricDescriptor,
  MetricRow,
  MetricsResponse,
  OperationItem,
  Page,
  PullRequestDetail,
  PullRequestItem,
  ReviewerLoad,
  RollbackCurves,
  RollbackItem,
  StandardisedComparison,
  Standouts,
  TimelineItem,
} from "./types";

/** The answers of the API as schemas: the OpenAPI document is made from them, and route tests check answers by them. */
const instant = z.iso.datetime();
const count = z.int().nonnegative();
const dimension = z.enum(DIMENSIONS);
const group = z.partialRecord(dimension, z.string());
const replica = z.strictObject({ lagSeconds: z.number().nonnegative().nullable() }).nullable();
const agentName = z.strictObject({ agent: z.string(), name: z.string() });

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
  orgs: z.array(z.strictObject({ slug: z.string(), name: z.string(), isSample: z.boolean(), timeZone: z.string() })),
  repos: z.array(
    z.strictObject({ value: z.string(), name: z.string(), org: z.string(), completeTo: instant.nullable() }),
  ),
  teams: z.array(z.strictObject({ value: z.string(), name: z.string() })),
  agents: z.array(z.strictObject({ value: z.string(), name: z.string() })),
  span: z.strictObject({ firstMergedAt: instant, latest: instant, asOf: instant }).nullable(),
  replica,
}) satisfies z.ZodType<DimensionValues>;

const evidence = z.strictObject({
  rule: z.string(),
  text: z.string(),
  quote: z.string().optional(),
  at: z.string().optional(),
});
const authorKind = z.enum(AUTHOR_KINDS);
const category = z.enum(CATEGORIES);
const confidence = z.enum(CONFIDENCES);

const pullRequestItem = z.strictObject({
  id: z.string(),
  org: z.string(),
  repo: z.string(),
  number: count,
  title: z.string(),
  url: z.string().nullable(),
  outcome: z.enum(["merged", "closed"]),
  mergedAt: instant,
  authorKind,
  agents: z.array(agentName.extend({ share: z.number(), confidence, evidence: z.array(evidence) })),
  category,
  team: z.string().nullable(),
  exclusion: z.enum(EXCLUSIONS),
  effectiveLines: count.nullable(),
  rolledBackAt: instant.nullable(),
  hoursToRollback: z.number().nullable(),
  isSample: z.boolean(),
}) satisfies z.ZodType<PullRequestItem>;

const rollbackItem = z.strictObject({
  id: z.string(),
  pullRequest: z
    .strictObject({
      id: z.string().nullable(),
      repo: z.string(),
      number: count.nullable(),
      title: z.string(),
      mergedAt: instant,
    })
    .nullable(),
  repo: z.string(),
  org: z.string(),
  revert: z.strictObject({
    id: z.string().nullable(),
    number: count.nullable(),
    sha: z.string(),
    title: z.string(),
    at: instant,
  }),
  kind: z.enum(REVERT_KINDS),
  counts: z.boolean(),
  hours: z.number().nullable(),
  confidence,
  evidence: z.array(evidence),
  relandedBy: z
    .strictObject({ id: z.string().nullable(), number: count.nullable(), sha: z.string(), at: instant })
    .nullable(),
  authorKind: authorKind.nullable(),
  agents: z.array(agentName),
  category: category.nullable(),
  team: z.string().nullable(),
  isSample: z.boolean(),
}) satisfies z.ZodType<RollbackItem>;

const page = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable(), total: count });

export const pullRequestPageSchema = page(pullRequestItem) satisfies z.ZodType<Page<PullRequestItem>>;
const operationItem = z.strictObject({
  id: z.string(),
  org: z.string(),
  repo: z.string(),
  isSample: z.boolean(),
  kind: z.enum(["change", "hotfix", "rollback", "incident"]),
  name: z.string(),
  service: z.string().nullable(),
  at: instant,
  succeeded: z.boolean().nullable(),
  failure: z
    .strictObject({
      startedAt: instant,
      restoredAt: instant.nullable(),
      incidents: z.array(z.string()),
      rolledBackAt: instant.nullable(),
    })
    .nullable(),
  resolvedAt: instant.nullable(),
  pullRequests: z.array(z.strictObject({ id: z.string(), number: count })),
  pullRequestCount: count,
});
export const operationPageSchema = page(operationItem) satisfies z.ZodType<Page<OperationItem>>;
export const rollbackPageSchema = page(rollbackItem) satisfies z.ZodType<Page<RollbackItem>>;

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

export const pullRequestDetailSchema = pullRequestItem.extend({
  outcome: z.literal("merged"),
  authorName: z.string().nullable(),
  headRef: z.string().nullable(),
  mergeSha: z.string(),
  mergeKind: z.enum(["squash", "merge", "rebase"]),
  additions: count.nullable(),
  deletions: count.nullable(),
  changedFiles: count.nullable(),
  prodLines: count.nullable(),
  linesReason: z.string().nullable(),
  authorship: z.strictObject({
    confidence,
    evidence: z.array(evidence),
    suggestions: z.array(z.string()),
    ruleVersion: z.string(),
  }),
  categoryVerdict: z.strictObject({ rule: z.string(), evidence, classifierVersion: z.string() }),
  teamVerdict: z.strictObject({ evidence }),
  delegation: z.strictObject({ name: z.string().nullable(), evidence }).nullable(),
  exclusionEvidence: evidence.nullable(),
  correction: z
    .strictObject({
      authorKind: z.enum(AUTHOR_KINDS).nullable(),
      agents: z.array(z.string()).nullable(),
      category: z.enum(CATEGORIES).nullable(),
      notRolledBack: z.boolean(),
      rolledBackAt: instant.nullable(),
      why: z.string(),
      by: z.string(),
      at: instant,
    })
    .nullable(),
  policy: z
    .strictObject({ state: z.enum(["compliant", "violation", "not_evaluable"]), failed: z.array(z.enum(CHECKS)) })
    .nullable(),
  failure: z
    .strictObject({
      reasons: z.array(z.enum(["rolled_back", "reworked", "defect"])),
      cause: z.enum(FAILURE_CAUSES).nullable(),
      decidedAt: instant.nullable(),
    })
    .nullable(),
  rollbacks: z.array(rollbackItem),
  reverts: z.array(rollbackItem),
}) satisfies z.ZodType<PullRequestDetail>;

const closedPullRequestDetail = pullRequestItem.extend({
  outcome: z.literal("closed"),
  ...pullRequestDetailSchema.pick({ authorName: true, authorship: true, categoryVerdict: true, failure: true }).shape,
}) satisfies z.ZodType<ClosedPullRequestDetail>;

/** A pull request, however it ended. */
export const anyPullRequestSchema = z.discriminatedUnion("outcome", [pullRequestDetailSchema, closedPullRequestDetail]);

export const dataHealthResponseSchema = z.strictObject({
  replica,
  repositories: z.array(
    z.strictObject({
      org: z.string(),
      repo: z.string(),
      isSample: z.boolean(),
      url: z.string().nullable(),
      branch: z.string(),
      completeFrom: instant.nullable(),
      completeTo: instant,
      history: z.enum(["full", "since", "shallow"]),
      lineCounts: z.enum(["known", "unknown"]),
      pullRequestRefs: z.boolean(),
      landed: count,
      merged: count,
      squash: count,
      mergeCommit: count,
      rebase: count,
      direct: count,
      strong: count,
      weak: count,
      unmarked: count,
      unknownLines: count,
      unresolved: count,
      futureDated: count,
      missingCommits: count,
      pending: z.boolean(),
      weekly: z.array(z.strictObject({ week: z.iso.date(), merged: count, agent: count })),
      missing: z.array(z.string()),
      unassigned: count,
      github: z
        .strictObject({
          state: z.enum(["followed", "reading", "paused", "broken", "gone"]),
          readTo: instant.nullable(),
        })
        .nullable(),
      way: z.strictObject({
        pullRequests: count,
        opened: count,
        reviewed: count,
        approved: count,
        deployed: count,
      }),
      lastRun: instant.nullable(),
      lastDeployment: instant.nullable(),
    }),
  ),
  unknownBots: z.array(
    z.strictObject({
      org: z.string(),
      repo: z.string(),
      identity: z.string(),
      name: z.string(),
      role: z.enum(["author", "co-author"]),
      pullRequests: count,
      firstSeen: instant,
      lastSeen: instant,
      example: z.strictObject({ id: z.string(), number: count }),
    }),
  ),
  unresolved: z.array(rollbackItem),
}) satisfies z.ZodType<DataHealth>;

export const timelineSchema = z.strictObject({
  items: z.array(z.strictObject({ at: instant, kind: z.string(), source: z.string(), text: z.string() })),
  way: z.strictObject({
    openedAt: instant.nullable(),
    readyAt: instant.nullable(),
    firstReviewAt: instant.nullable(),
    approvedAt: instant.nullable(),
    mergedAt: instant.nullable(),
    deployedAt: instant.nullable(),
  }),
  nextCursor: z.null(),
}) satisfies z.ZodType<{ items: TimelineItem[] }>;

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
