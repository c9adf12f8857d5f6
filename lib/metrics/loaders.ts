import "server-only";
import { cache } from "react";
import { requireScope } from "@/lib/auth/loaders";
import { readBenchmarks } from "./benchmarks/read-benchmarks";
import type { BenchmarkItem } from "./benchmarks/types";
import { readCloses } from "./closes/read-closes";
import type { MonthCloses } from "./closes/types";
import { findPullRequest } from "./explorer/closed-pull-request";
import { readDataHealth } from "./explorer/data-health";
import { readDimensionValues } from "./explorer/dimension-values";
import { listPullRequests } from "./explorer/pull-requests";
import { listRollbacks } from "./explorer/rollbacks";
import type {
  ClosedPullRequestDetail,
  DataHealth,
  Page,
  PullRequestDetail,
  PullRequestItem,
  RollbackItem,
} from "./explorer/types";
import { type DataHealthQuery, dataHealthSchema, pullRequestListSchema, rollbackListSchema } from "./list-schema";
import { readAgentSessions } from "./money/agent-sessions";
import { readAgentUse } from "./money/agent-use";
import { readCosts } from "./money/read-costs";
import { readModels } from "./money/read-models";
import { moneyQuerySchema } from "./money/schema";
import type { AgentSession, AgentUse, CostReport, MoneyRequest, TeamModels } from "./money/types";
import type { Ranking } from "./people/types";
import { runMetricsQueries } from "./query";
import { runRanking } from "./ranking";
import { listMetrics } from "./registry";
import { runRollbackComparison } from "./rollback-comparison";
import { runRollbackCurve } from "./rollback-curve";
import { readRollout } from "./rollout/read-rollout";
import type { Rollout } from "./rollout/types";
import { cohortQuerySchema, comparisonQuerySchema, metricsQuerySchema, rankingQuerySchema } from "./schema";
import type {
  DimensionValues,
  MetricDescriptor,
  MetricFilters,
  MetricsRequest,
  MetricsResponse,
  RollbackCurves,
  StandardisedComparison,
} from "./types";

/** What server pages read: each loader takes the same request as its route and gives the same answer. */

type ListRequest = object & { filters?: MetricFilters };

/** A list request as its URL would carry it. */
function flatten({ filters, ...request }: ListRequest): Record<string, unknown> {
  const entries = Object.entries({ ...request, ...filters }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      typeof value === "boolean" || typeof value === "number" ? String(value) : value,
    ]),
  );
}

export function loadMetricDescriptors(): MetricDescriptor[] {
  return listMetrics();
}

/** Read once per request: the shell and the page both need it. */
export const loadDimensionValues = cache(
  async (): Promise<DimensionValues> => readDimensionValues(await requireScope("reports:read")),
);

/** Several queries on one state of the data; the answers come in their order. */
export async function loadMetricsBatch(requests: readonly MetricsRequest[]): Promise<MetricsResponse[]> {
  return runMetricsQueries(
    await requireScope("reports:read"),
    requests.map((request) => metricsQuerySchema.parse(request)),
  );
}

export async function loadRollbackCurve(
  request: Pick<MetricsRequest, "from" | "to" | "timeZone" | "filters"> & Partial<Pick<MetricsRequest, "groupBy">>,
): Promise<RollbackCurves> {
  return runRollbackCurve(await requireScope("reports:read"), cohortQuerySchema.parse(request));
}

export async function loadRollbackComparison(
  request: Pick<MetricsRequest, "from" | "to" | "timeZone" | "filters"> & { window?: "24h" | "7d" },
): Promise<StandardisedComparison> {
  return runRollbackComparison(await requireScope("reports:read"), comparisonQuerySchema.parse(request));
}

export async function loadPullRequests(request: ListRequest): Promise<Page<PullRequestItem>> {
  return listPullRequests(await requireScope("reports:read"), pullRequestListSchema.parse(flatten(request)));
}

/** @throws {AppError} `not_found` */
export async function loadPullRequest(id: string): Promise<PullRequestDetail | ClosedPullRequestDetail> {
  return findPullRequest(await requireScope("reports:read"), id);
}

export async function loadRollbacks(request: ListRequest): Promise<Page<RollbackItem>> {
  return listRollbacks(await requireScope("reports:read"), rollbackListSchema.parse(flatten(request)));
}

export async function loadRanking(
  request: Pick<MetricsRequest, "from" | "to" | "timeZone" | "filters"> & { metric: string },
): Promise<Ranking> {
  return runRanking(await requireScope("reports:read"), rankingQuerySchema.parse(request));
}

export async function loadRollout(filters: MetricFilters): Promise<Rollout> {
  return readRollout(await requireScope("reports:read"), filters);
}

export async function loadDataHealth(request: DataHealthQuery = {}): Promise<DataHealth> {
  return readDataHealth(await requireScope("health:read"), dataHealthSchema.parse(request));
}

export async function loadModels(request: MoneyRequest): Promise<TeamModels> {
  return readModels(await requireScope("money:read"), moneyQuerySchema.parse(request));
}

export async function loadCosts(request: MoneyRequest): Promise<CostReport> {
  return readCosts(await requireScope("money:read"), moneyQuerySchema.parse(request));
}

/** What agents told of their use. */
export async function loadAgentUse(request: MoneyRequest): Promise<AgentUse> {
  return readAgentUse(await requireScope("money:read"), moneyQuerySchema.parse(request));
}

/** Sessions of a pull request that the caller was shown; none for whoever sees no money. */
export async function loadAgentSessions(id: string): Promise<AgentSession[]> {
  return readAgentSessions(await requireScope("reports:read"), id);
}

/** The months of an organisation that were closed, and the open one. */
export async function loadCloses(org: string): Promise<MonthCloses> {
  return readCloses(await requireScope("money:read"), org, new Date());
}

/** What others have published, and what the company entered. */
export async function loadBenchmarks(): Promise<BenchmarkItem[]> {
  await requireScope("reports:read");
  return readBenchmarks();
}
