import { DEPLOYMENT_KIND_CODE, DEPLOYMENT_STATUS_CODE } from "@/lib/core/dimensions";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import type { CausedIncident, Deployment } from "./deployment-outcomes";

/** Milliseconds, so that instants that were read by several statements are equal where they are the same. */
export const milliseconds = (instant: Sql): Sql => sql`floor(extract(epoch from ${instant}) * 1000)::float8`;

const KINDS = new Map<number, Deployment["kind"]>([
  [DEPLOYMENT_KIND_CODE.change, "change"],
  [DEPLOYMENT_KIND_CODE.hotfix, "hotfix"],
  [DEPLOYMENT_KIND_CODE.rollback, "rollback"],
]);

export interface Incident {
  id: string;
  repoId: number;
  name: string;
  openedAt: number;
  /** null: it is not over. */
  resolvedAt: number | null;
  causedByNumber: number | null;
  service: string | null;
  /** When what it names as its cause was rolled back. */
  revertedAt: number | null;
}

/** What is known of the production deployments and the incidents of some repositories. */
export interface OperationFacts {
  deployments: Deployment[];
  incidents: Incident[];
  caused: CausedIncident[];
  /** Whether the organisation tells of incidents at all: without any, that none followed a deployment says nothing. */
  tellsOfIncidents: boolean;
}

/**
 * Reads production deployments and incidents.
 * @param repoIds these repositories alone; null: all of the organisation
 */
export async function readOperationFacts(
  client: Queryable,
  orgId: number,
  repoIds: readonly number[] | null,
): Promise<OperationFacts> {
  const among = (repoId: Sql): Sql => (repoIds === null ? sql`true` : sql`${repoId} = any(${[...repoIds]}::integer[])`);
  const deployments = await query<Omit<Deployment, "kind"> & { kind: number }>(
    sql`select id, repo_id as "repoId", ${milliseconds(sql`finished_at`)} as at,
        case when exists (select from fact_deployment_back b
          where b.org_id = d.org_id and b.repo_id = d.repo_id and b.id = d.id)
          then ${DEPLOYMENT_KIND_CODE.rollback}::smallint else kind end as kind, service, sha,
        status = ${DEPLOYMENT_STATUS_CODE.success}::smallint as succeeded
      from fact_deployment d
      where org_id = ${orgId} and repo_id is not null and ${among(sql`repo_id`)} and live`,
    client,
  );
  const incidents = await query<Incident>(
    sql`select i.id, i.repo_id as "repoId", i.incident as name, ${milliseconds(sql`i.opened_at`)} as "openedAt",
        ${milliseconds(sql`i.resolved_at`)} as "resolvedAt", i.caused_by_number as "causedByNumber", i.service,
        ${milliseconds(sql`f.merged_at`)} + f.rollback_seconds * 1000 as "revertedAt"
      from fact_incident i left join fact_pull_request f
        on f.org_id = i.org_id and f.repo_id = i.repo_id and f.number = i.caused_by_number
      where i.org_id = ${orgId} and i.repo_id is not null and i.opened_at is not null and ${among(sql`i.repo_id`)}`,
    client,
  );
  const caused = await query<CausedIncident>(
    sql`select i.incident as name, i.repo_id as "repoId", ${milliseconds(sql`i.opened_at`)} as "openedAt",
        ${milliseconds(sql`i.resolved_at`)} as "resolvedAt", ${milliseconds(sql`p.deployed_at`)} as "deployedAt"
      from fact_incident i join fact_pull_request_deployment p
        on p.org_id = i.org_id and p.repo_id = i.repo_id and p.number = i.caused_by_number
      where i.org_id = ${orgId} and i.opened_at is not null and ${among(sql`i.repo_id`)} order by i.opened_at, i.id`,
    client,
  );
  const [told] = await query<{ incidents: boolean }>(
    sql`select exists (select from fact_incident where org_id = ${orgId}) as incidents`,
    client,
  );
  return {
    deployments: deployments.map(({ kind, ...row }) => ({ ...row, kind: KINDS.get(kind) ?? "change" })),
    incidents,
    caused,
    tellsOfIncidents: told?.incidents === true,
  };
}
