import { type Sql, sql } from "@/lib/db/sql";

/**
 * Defects that name nothing and are inferred to come from `b` (metrics.md 2.7, L4): of what closes the issue, the first of which it is
 * known whose lines it takes out or changes; of these lines, without those that were merged after the issue was there, `b` brought
 * at least half and more than anybody else.
 */
export function inferredDefectsOf({ orgId, repoId }: { orgId: number; repoId: number }): Sql {
  return sql`(
    select count(*) filter (where x.opened_at <= b.ended_at + interval '30 days') as inferred_30d, count(*) as inferred_90d
    from fact_fix_owner o
      join fact_issue_link l on l.org_id = ${orgId} and l.repo_id = ${repoId} and l.number = o.number
      join fact_defect x on x.org_id = ${orgId} and x.repo_id = ${repoId} and x.issue = l.issue
        and x.caused_by_number is null and not x.before_merge
        and x.opened_at >= b.ended_at and x.opened_at <= b.ended_at + interval '90 days'
    where o.org_id = ${orgId} and o.repo_id = ${repoId} and o.owner = b.number and o.number <> b.number
      and o.owner_merged_at < x.opened_at
      and not exists (
        select from fact_issue_link e join fact_fix_owner w
          on w.org_id = ${orgId} and w.repo_id = ${repoId} and w.number = e.number
        where e.org_id = ${orgId} and e.repo_id = ${repoId} and e.issue = l.issue and e.number < o.number)
      and not exists (
        select from fact_fix_owner r
        where r.org_id = ${orgId} and r.repo_id = ${repoId} and r.number = o.number and r.owner <> o.owner
          and r.lines >= o.lines and r.owner_merged_at < x.opened_at)
      and 2 * o.lines >= o.total - (
        select coalesce(sum(r.lines), 0) from fact_fix_owner r
        where r.org_id = ${orgId} and r.repo_id = ${repoId} and r.number = o.number and r.owner_merged_at >= x.opened_at)
  )`;
}
