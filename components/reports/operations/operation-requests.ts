import { createSerializer, parseAsStringLiteral } from "nuqs/server";
import { type PageScope, requestOver } from "@/components/filters/page-scope";
import { filterParsers } from "@/components/filters/search-params";
import type { OperationsRequest } from "@/components/query/query-keys";
import type { MetricsRequest } from "@/lib/metrics/types";

/** The figures of deployments and incidents, in their order. */
export const OPERATION_METRICS = [
  "deployment_frequency",
  "change_fail_rate",
  "failed_deployment_recovery_time",
  "deployment_rework_rate",
  "incidents_per_quarter",
  "auto_revert_latency",
  "redeploy_cycles",
] as const;
/** Of these the columns of the tables. */
export const OPERATION_COLUMNS: readonly string[] = OPERATION_METRICS.slice(0, 5);

/** What the list below the figures can show. */
export const OPERATION_LISTS = ["failed", "unplanned", "deployments", "incidents"] as const;
export type OperationList = (typeof OPERATION_LISTS)[number];

/** The list that a figure counts. */
export const LIST_BEHIND: Readonly<Record<(typeof OPERATION_METRICS)[number], OperationList>> = {
  deployment_frequency: "deployments",
  change_fail_rate: "failed",
  failed_deployment_recovery_time: "failed",
  deployment_rework_rate: "unplanned",
  incidents_per_quarter: "incidents",
  auto_revert_latency: "incidents",
  redeploy_cycles: "incidents",
};

export const operationListParser = parseAsStringLiteral(OPERATION_LISTS).withDefault("failed");

/** The link to a list that keeps the reader's period and filters. */
export const serializeOperationLists = createSerializer({ ...filterParsers, operations: operationListParser });

/** Everything that the section about deployments and incidents asks for at once. */
export function operationRequests(scope: PageScope) {
  const metrics = [...OPERATION_METRICS];
  const by = (group: "team" | "repo") => requestOver(scope, { metrics: [...OPERATION_COLUMNS], groupBy: [group] });
  return {
    totals: requestOver(scope, { metrics, groupBy: [], compare: true }),
    course: requestOver(scope, { metrics, groupBy: [], grain: scope.period.grain }),
    team: by("team"),
    repo: by("repo"),
  } satisfies Record<string, MetricsRequest>;
}

const PAGE_SIZE = 10;

/** The first page of a list; filters that deployments cannot be told apart by do not narrow it. */
export function operationListRequest({ filters, period }: PageScope, show: OperationList): OperationsRequest {
  const { org, repo, team } = filters;
  return {
    show,
    from: period.from,
    to: period.to,
    filters: { ...(org && { org }), ...(repo && { repo }), ...(team && { team }) },
    limit: PAGE_SIZE,
  };
}
