import type { RuleSet } from "@/lib/attribution/rules/rule-set";
import { DEPLOYMENT_KIND_CODE, DEPLOYMENT_STATUS_CODE } from "@/lib/core/dimensions";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";
import { rowIdOf } from "./row-id";

export const DEPLOYMENT_COLUMNS = [
  "org_id",
  "finished_at",
  "id",
  "repo_id",
  "status",
  "kind",
  "service",
  "environment",
  "sha",
  "numbers",
  "live",
] as const;

/** A finished deployment as a row of `fact_deployment`; `numbers` are the pull requests that it brought, `live` that users use where it went. */
export function deploymentRow(
  event: FleetEventOf<"deployment.finished">,
  repoId: number | null,
  rules: RuleSet,
): readonly CopyValue[] {
  const { status, deploymentKind, service, environment, sha, numbers } = event.payload;
  return [
    event.orgId,
    event.occurredAt,
    rowIdOf(event.id),
    repoId,
    DEPLOYMENT_STATUS_CODE[status],
    DEPLOYMENT_KIND_CODE[deploymentKind],
    service,
    environment,
    sha,
    numbers,
    rules.isProduction(environment),
  ];
}
