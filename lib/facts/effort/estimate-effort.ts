import { ACTOR_KIND_CODE } from "@/lib/core/dimensions";
import { type Sql, sql } from "@/lib/db/sql";

/** Who sits at it: what follows within half an hour is one session (metrics.md 2.4). */
const GAP_SECONDS = 30 * 60;
/** 400 lines an hour are read before the first word of a session, within these limits; less where they were read before. */
const SECONDS_PER_LINE = 9;
const SHORTEST_LEAD = 5 * 60;
const LONGEST_LEAD = 60 * 60;
const LONGEST_IN_SESSION = 90 * 60;

/**
 * A statement that estimates, from everything that these people reviewed in an organisation, how many seconds each of them
 * spent on each pull request: the time since their last review where it was in the same session, a lead for reading
 * otherwise. Programs and whoever opened the pull request review nothing; of unknown lines the shortest lead is taken.
 */
export function effortOf(orgId: number, reviewers: readonly string[]): Sql {
  return sql`
    with seen as (
      select v.reviewer, v.repo_id, v.number, v.submitted_at as at, v.id,
        lag(v.submitted_at) over reading as before,
        row_number() over (partition by v.reviewer, v.repo_id, v.number order by v.submitted_at, v.id) as visit
      from fact_review v
        left join fact_pull_request_flow w
          on w.org_id = v.org_id and w.repo_id = v.repo_id and w.number = v.number
      where v.org_id = ${orgId} and v.reviewer = any(${[...reviewers]}::bigint[])
        and v.reviewer_kind = ${ACTOR_KIND_CODE.user}::smallint and v.reviewer is distinct from w.author
      window reading as (partition by v.reviewer order by v.submitted_at, v.repo_id, v.number, v.id)
    ), begun as (
      select s.*, extract(epoch from s.at - s.before) as gap,
        s.before is null or extract(epoch from s.at - s.before) > ${GAP_SECONDS} as begins
      from seen s
    ), sessions as (
      select b.*, sum(b.begins::integer) over (
        partition by b.reviewer order by b.at, b.repo_id, b.number, b.id rows unbounded preceding) as session
      from begun b
    ), spent as (
      select s.reviewer, s.repo_id, s.number, s.session, case
          when not s.begins then s.gap
          when s.visit > 1 then ${SHORTEST_LEAD}
          else least(greatest(coalesce(f.effective_lines, 0)::bigint * ${SECONDS_PER_LINE}, ${SHORTEST_LEAD}), ${LONGEST_LEAD})
        end as seconds
      from sessions s
        left join fact_pull_request f on f.org_id = ${orgId} and f.repo_id = s.repo_id and f.number = s.number
    ), capped as (
      select reviewer, repo_id, number, least(sum(seconds), ${LONGEST_IN_SESSION}) as seconds
      from spent group by reviewer, repo_id, number, session
    )
    select ${orgId}::integer as org_id, repo_id, number, reviewer, round(sum(seconds))::integer as seconds
    from capped group by repo_id, number, reviewer`;
}
