import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/**
 * One number of each table of facts, without the ids that differ between two installations that hold the same: equal
 * exactly when all rows are, in whatever order.
 */
export async function digestOfFacts(): Promise<Record<string, string>> {
  const [row] = await query<Record<string, string>>(sql`
    with names as (select r.id, o.slug || '/' || r.name as repo from repository r join organization o on o.id = r.org_id),
    rows as (
      select 'pull requests' as name, to_jsonb(t) - 'org_id' - 'repo_id' - 'team_id'
          || jsonb_build_object('repo', n.repo, 'team', m.slug) as row
        from fact_pull_request t join names n on n.id = t.repo_id left join team m on m.id = t.team_id
      union all select 'details', to_jsonb(t) - 'org_id' - 'repo_id' - 'digest' || jsonb_build_object('repo', n.repo)
        from fact_pull_request_detail t join names n on n.id = t.repo_id
      union all select 'rollbacks', to_jsonb(t) - 'org_id' - 'repo_id' - 'digest' || jsonb_build_object('repo', n.repo)
        from fact_rollback t join names n on n.id = t.repo_id
      union all select 'direct pushes', to_jsonb(t) - 'org_id' - 'repo_id' || jsonb_build_object('repo', n.repo)
        from fact_direct_push t join names n on n.id = t.repo_id
      union all select 'reviews', to_jsonb(t) - 'org_id' - 'repo_id' || jsonb_build_object('repo', n.repo)
        from fact_review t join names n on n.id = t.repo_id
      union all select 'CI runs', to_jsonb(t) - 'org_id' - 'repo_id' || jsonb_build_object('repo', n.repo)
        from fact_ci_run t join names n on n.id = t.repo_id
      union all select 'deployments', to_jsonb(t) - 'org_id' - 'repo_id' || jsonb_build_object('repo', n.repo)
        from fact_deployment t join names n on n.id = t.repo_id
      union all select 'flow', to_jsonb(t) - 'org_id' - 'repo_id' || jsonb_build_object('repo', n.repo)
        from fact_pull_request_flow t join names n on n.id = t.repo_id
      union all select 'deployed', to_jsonb(t) - 'org_id' - 'repo_id' || jsonb_build_object('repo', n.repo)
        from fact_pull_request_deployment t join names n on n.id = t.repo_id
      union all select 'commits', to_jsonb(t) - 'org_id' - 'repo_id' || jsonb_build_object('repo', n.repo)
        from fact_commit t join names n on n.id = t.repo_id
      union all select 'efforts', to_jsonb(t) - 'org_id' - 'repo_id' || jsonb_build_object('repo', n.repo)
        from fact_review_effort t join names n on n.id = t.repo_id
      union all select 'courses', to_jsonb(t) - 'org_id' - 'repo_id' || jsonb_build_object('repo', n.repo)
        from fact_pull_request_course t join names n on n.id = t.repo_id
      union all select 'closed', to_jsonb(t) - 'org_id' - 'repo_id' - 'team_id' || jsonb_build_object('repo', n.repo)
        from fact_closed_pull_request t join names n on n.id = t.repo_id
      union all select 'repositories', to_jsonb(t) - 'org_id' - 'repo_id' - 'complete_to' || jsonb_build_object('repo', n.repo)
        from fact_repository t join names n on n.id = t.repo_id
    )
    select jsonb_object_agg(name, digest) as all from (
      select name, count(*) || ':' || sum(hashtextextended(row::text, 0)::numeric) as digest from rows group by name
    ) d`);
  return (row?.all ?? {}) as unknown as Record<string, string>;
}

/** Names of what differs. */
export function differences(a: Record<string, string>, b: Record<string, string>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => a[name] !== b[name])
    .map((name) => `${name}: ${a[name] ?? "none"} and ${b[name] ?? "none"}`);
}

/** Things that the log holds. */
export async function countEvents(): Promise<number> {
  const [row] = await query<{ events: number }>(sql`select count(*) as events from event`);
  return row?.events ?? 0;
}
