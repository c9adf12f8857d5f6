import { DEPLOYMENT_KIND_CODE, DEPLOYMENT_STATUS_CODE } from "@/lib/core/dimensions";
import { type Sql, sql } from "@/lib/db/sql";

interface Place {
  orgId: number;
  repoId: number;
}

const isLive = sql`r.status = ${DEPLOYMENT_STATUS_CODE.success}::smallint and r.live`;

/**
 * When `b` was first taken back in production, by an older version or as a program told (metrics.md 2.5, cases 3 and 4).
 * `is_unclear`: others were taken back with it, and nothing names it.
 */
export function takenBackBy({ orgId, repoId }: Place): Sql {
  return sql`(select min(greatest(v.reverted_at, b.ended_at)) as taken_back_at, v.kind = 'ambiguous' as is_unclear
    from fact_rollback v
    where v.org_id = ${orgId} and v.repo_id = ${repoId} and v.target_number = b.number
      and v.kind in ('deployment', 'told', 'ambiguous')
    group by v.kind = 'ambiguous' order by v.kind = 'ambiguous' limit 1)`;
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
