import { EXCLUSION_CODE } from "@/lib/core/dimensions";
import type { PoolClient } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import type { RepositoryRef } from "./projection-context";

/** Additive parts of pull requests; only such, so any sum of days is exact. */
const PARTS: Sql = sql`f.author_kind, count(*), count(*) filter (where f.exclusion = ${EXCLUSION_CODE.none}),
  count(f.rollback_seconds) filter (where f.exclusion = ${EXCLUSION_CODE.none}),
  coalesce(sum(f.effective_lines) filter (where f.exclusion = ${EXCLUSION_CODE.none}), 0)`;

const TARGET: Sql = sql`insert into rollup_repository_day
  (org_id, repo_id, day, author_kind, merged, eligible, rolled_back, effective_lines)`;

/** A day that says the same already is not written. */
const WHERE_DIFFERENT: Sql = sql`on conflict (org_id, repo_id, day, author_kind) do update set merged = excluded.merged,
    eligible = excluded.eligible, rolled_back = excluded.rolled_back, effective_lines = excluded.effective_lines
    where (rollup_repository_day.merged, rollup_repository_day.eligible, rollup_repository_day.rolled_back,
        rollup_repository_day.effective_lines)
      is distinct from (excluded.merged, excluded.eligible, excluded.rolled_back, excluded.effective_lines)`;

/** Adds up all days of a repository, in its organisation's calendar; rows that stay the same are not written. */
export async function replaceDayRollup(client: PoolClient, { orgId, repoId }: RepositoryRef): Promise<void> {
  await execute(
    sql`with sums as materialized (
        select f.org_id, f.repo_id, (f.merged_at at time zone o.time_zone)::date as day, ${PARTS}
        from fact_pull_request f join organization o on o.id = f.org_id
        where f.org_id = ${orgId} and f.repo_id = ${repoId}
        group by f.org_id, f.repo_id, day, f.author_kind
      ), gone as (
        delete from rollup_repository_day d where d.org_id = ${orgId} and d.repo_id = ${repoId}
          and not exists (select from sums where sums.day = d.day and sums.author_kind = d.author_kind)
      )
      ${TARGET} select * from sums ${WHERE_DIFFERENT}`,
    client,
  );
}

/** Adds up again the days on which these pull requests were merged; rows that stay the same are not written. */
export async function updateDayRollup(
  client: PoolClient,
  { orgId, repoId }: RepositoryRef,
  numbers: number[],
): Promise<void> {
  if (numbers.length === 0) return;
  await execute(
    sql`with touched as materialized (
        select distinct (f.merged_at at time zone o.time_zone)::date as day, o.time_zone
        from fact_pull_request f join organization o on o.id = f.org_id
        where f.org_id = ${orgId} and f.repo_id = ${repoId} and f.number = any(${numbers}::integer[])
      )
      ${TARGET}
      select ${orgId}, ${repoId}, touched.day, sums.*
      from touched cross join lateral (
        select ${PARTS} from fact_pull_request f
        where f.org_id = ${orgId} and f.repo_id = ${repoId}
          -- No calendar is further than 15 hours from UTC; this lets an index find the day.
          and f.merged_at >= touched.day::timestamp at time zone 'UTC' - interval '15 hours'
          and f.merged_at < touched.day::timestamp at time zone 'UTC' + interval '39 hours'
          and (f.merged_at at time zone touched.time_zone)::date = touched.day
        group by f.author_kind
      ) sums
      ${WHERE_DIFFERENT}`,
    client,
  );
}
