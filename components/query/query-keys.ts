import type { AdverseLayer } from "@/lib/core/adverse-layers";
import type { RevertKind } from "@/lib/core/dimensions";
import type { MoneyRequest } from "@/lib/metrics/money/types";
import type { MetricFilters, MetricsRequest } from "@/lib/metrics/types";

/** The key of a query is the query itself, so that server and browser mean the same answer by it. */
export const queryKeys = {
  metrics: (request: MetricsRequest) => ["metrics", request] as const,
  rollbacks: (request: RollbacksRequest) => ["rollbacks", request] as const,
  operations: (request: OperationsRequest) => ["operations", request] as const,
  curve: (request: CurveRequest) => ["curve", request] as const,
  pullRequests: (request: PullRequestsRequest) => ["pull-requests", request] as const,
  seniority: (request: SeniorityRequest) => ["seniority", request] as const,
  reviewerLoad: (request: ReviewerLoadRequest) => ["reviewer-load", request] as const,
  standouts: (request: RankingRequest) => ["standouts", request] as const,
  ranking: (request: RankingRequest) => ["ranking", request] as const,
  rollout: (filters: MetricFilters) => ["rollout", filters] as const,
  effect: (request: EffectRequest | null) => ["rollout-effect", request] as const,
  models: (request: MoneyRequest) => ["roi-models", request] as const,
  costs: (request: MoneyRequest) => ["costs", request] as const,
  agentUse: (request: MoneyRequest) => ["agent-use", request] as const,
  closes: (org: string) => ["month-closes", org] as const,
  scenarios: ["roi-scenarios"] as const,
  costImports: ["cost-imports"] as const,
  costEntries: ["cost-entries"] as const,
  costFeeds: ["cost-feeds"] as const,
  tokenPrices: ["token-prices"] as const,
  sample: ["sample"] as const,
  imports: ["imports"] as const,
  connections: ["connections"] as const,
  githubApps: ["github-apps"] as const,
  deliveries: ["deliveries"] as const,
  users: ["users"] as const,
  invitations: ["invitations"] as const,
  teams: ["teams"] as const,
  apiKeys: ["api-keys"] as const,
  sessions: ["sessions"] as const,
  views: ["views"] as const,
  milestones: ["milestones"] as const,
  identities: ["identities"] as const,
  providers: ["identity-providers"] as const,
  reports: ["reports"] as const,
  schedules: ["report-schedules"] as const,
  retention: ["retention"] as const,
  rules: (org: string) => ["rules", org] as const,
  rulePreview: (id: string | null) => ["rule-preview", id] as const,
  persons: ["persons"] as const,
  benchmarks: ["benchmarks"] as const,
  audit: (request: AuditRequest) => ["audit", request] as const,
  dataHealth: (request: DataHealthRequest) => ["data-health", request] as const,
  comparison: (request: ComparisonRequest) => ["comparison", request] as const,
};

/** A page of the audit log. */
export interface AuditRequest {
  action: string;
  actor: string;
}

type Cohort = Pick<MetricsRequest, "from" | "to" | "filters">;

/** The body of `POST /api/v1/rollbacks/curve`. */
export type CurveRequest = Cohort & Pick<MetricsRequest, "groupBy">;

/** The body of `POST /api/v1/rollbacks/comparison`. */
export type ComparisonRequest = Cohort & { window: "24h" | "7d" };

/** The body of `POST /api/v1/metrics/seniority`. */
export type SeniorityRequest = Cohort & Pick<MetricsRequest, "timeZone">;

/** The body of `POST /api/v1/metrics/reviewer-load`. */
export type ReviewerLoadRequest = Pick<MetricsRequest, "from" | "to" | "timeZone"> & {
  filters: Pick<MetricFilters, "org" | "repo" | "team">;
};

/** The body of `POST /api/v1/metrics/ranking`. */
export type RankingRequest = Cohort & Pick<MetricsRequest, "timeZone"> & { metric: string };

/** The body of `POST /api/v1/rollout/effect`. */
export interface EffectRequest {
  metric: string;
  /** First day of the wave. */
  wave: string;
  filters: MetricFilters;
}

/** A page of the rollbacks list. */
export interface RollbacksRequest {
  from: string;
  to: string;
  filters: MetricFilters;
  kind: RevertKind[];
  /** Whether the period is about the revert or about the merge of what it reverts. */
  by: "revert" | "merge";
  limit: number;
  cursor?: string;
}

/** A page of a list of deployments or incidents. */
export interface OperationsRequest {
  from: string;
  to: string;
  filters: MetricFilters;
  show: "failed" | "unplanned" | "deployments" | "incidents";
  limit: number;
  cursor?: string;
}

/** Orders of the pull request list; a minus is descending. Nulls come last either way. */
export const PULL_REQUEST_SORTS = [
  "-mergedAt",
  "mergedAt",
  "-hoursToRollback",
  "hoursToRollback",
  "-effectiveLines",
  "effectiveLines",
] as const;

/** A page of the pull request list. */
export interface PullRequestsRequest {
  from: string;
  to: string;
  filters: MetricFilters;
  ended?: "closed" | "any";
  rolledBack?: boolean;
  window?: "24h" | "7d";
  sign?: AdverseLayer;
  among?: AdverseLayer[];
  within?: number;
  counted?: boolean;
  metric?: string;
  part?: "counted" | "rest";
  q?: string;
  sort?: (typeof PULL_REQUEST_SORTS)[number];
  limit: number;
  cursor?: string;
}

/** Which repositories the Data health page is about. */
export type DataHealthRequest = Pick<MetricFilters, "org" | "repo">;
