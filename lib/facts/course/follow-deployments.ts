import { DEPLOYMENT_KIND_CODE, DEPLOYMENT_STATUS_CODE } from "@/lib/core/dimensions";
import { type Sql, sql } from "@/lib/db/sql";

interface Place {
  orgId: number;
  repoId: number;
}

const isLive = sql`r.status = ${DEPLOYMENT_STATUS_CODE.success}::smallint and r.live`;

/**
 * The first production deployment that took `b`, deployed at `p.deployed_at`, back by an older version: one of a version that was
 * deployed before it (metrics.md 2.5, 3). `is_unclear`: others were taken back with it, and no incident names it.
 */
export function takenBackBy({ orgId, repoId }: Place): Sql {
  return sql`(select r.finished_at as taken_back_at,
      (select count(*) from fact_pull_request_deployment q where q.org_id = ${orgId} and q.repo_id = ${repoId}
        and q.deployed_at > older.since and q.deployed_at < r.finished_at) > 1
      and not exists (select from fact_incident x where x.org_id = ${orgId} and x.repo_id = ${repoId}
        and x.caused_by_number = b.number and x.opened_at <= r.finished_at and x.opened_at > p.deployed_at) as is_unclear
    from fact_deployment r cross join lateral (
      select max(o.finished_at) as since from fact_deployment o
      where o.org_id = ${orgId} and o.repo_id = ${repoId} and o.sha = r.sha and o.service = r.service
        and o.finished_at < r.finished_at and o.status = ${DEPLOYMENT_STATUS_CODE.success}::smallint
    ) older
    where r.org_id = ${orgId} and r.repo_id = ${repoId} and r.kind = ${DEPLOYMENT_KIND_CODE.rollback}::smallint
      and r.finished_at > p.deployed_at and ${isLive} and older.since < p.deployed_at
    order by r.finished_at, r.id limit 1)`;
}

/** The first incident that names `b` as its cause, and the first hotfix for it until a day after it was over. */
export function incidentOf({ orgId, repoId }: Place): Sql {
  return sql`(select min(x.opened_at) as began_at, min(h.finished_at) as fixed_at
    from fact_incident x left join lateral (
      select min(r.finished_at) as finished_at from fact_deployment r
      where r.org_id = ${orgId} and r.repo_id = ${repoId} and r.kind = ${DEPLOYMENT_KIND_CODE.hotfix}::smallint
        and r.finished_at >= x.opened_at and r.finished_at <= coalesce(x.resolved_at, x.opened_at) + interval '24 hours'
        and ${isLive}
    ) h on true
    where x.org_id = ${orgId} and x.repo_id = ${repoId} and x.caused_by_number = b.number and x.opened_at >= b.ended_at)`;
}
