import { COVERAGE_OFFSET } from "@/lib/core/coverage";
import { ACTOR_KIND_CODE, AUTHOR_KIND_CODE, REVIEW_STATE_CODE } from "@/lib/core/dimensions";
import { NOT_TRIAGED_CODE } from "@/lib/core/failure-causes";
import { FEED_BIT } from "@/lib/core/feeds";
import { type Sql, sql } from "@/lib/db/sql";
import { gatesOf, policyRows, violationsOf } from "./check-policy";
import { incidentOf, takenBackBy } from "./follow-deployments";
import { inferredDefectsOf } from "./infer-defects";

export interface CoursePlace {
  orgId: number;
  repoId: number;
  /** null: every pull request of the repository. */
  numbers: readonly number[] | null;
}

/** Reworked is what changed by so many lines and so much of the final change, at least (metrics.md 2.4). */
const REWORK_LINES = 10;
const REWORK_SHARE = 0.2;
const LARGEST = 2_147_483_647;

const { user, bot } = ACTOR_KIND_CODE;
const { approved, changes_requested: changes } = REVIEW_STATE_CODE;
const AGENTS = [AUTHOR_KIND_CODE.agent, AUTHOR_KIND_CODE.assisted];

/** Whole seconds since 1970, so that differences of them add up. */
const seconds = (instant: Sql): Sql => sql`floor(extract(epoch from ${instant}))`;

/** As a whole number that the column can hold; `least` alone would make a number of null. */
const whole = (value: Sql): Sql => sql`case when ${value} > ${LARGEST} then ${LARGEST} else ${value} end::integer`;

const isMeaningful = (lines: Sql): Sql =>
  sql`(${lines} >= ${REWORK_LINES} and ${lines} >= ${REWORK_SHARE}::float8 * b.final_lines)`;

/**
 * A statement that gives the courses of pull requests, merged and closed ones, from the facts as they are now: one row for
 * each of which anything is known (metrics.md 2.2 to 2.5). Times stand in the order start, ready, first review, approval,
 * merge: one that is out of order is moved to its neighbour, so that the stages add up to the whole.
 */
export function coursesOf({ numbers, orgId, repoId }: CoursePlace): Sql {
  const within = (number: Sql): Sql =>
    numbers === null ? sql`true` : sql`${number} = any(${[...numbers]}::integer[])`;
  const told = (bit: number): Sql =>
    sql`exists (select from repository t where t.org_id = ${orgId} and t.feeds & ${bit}::smallint <> 0)`;
  const isWatched = sql`(b.is_merged and exists (select from repository t where t.id = ${repoId}
    and t.feeds & ${FEED_BIT.deployments}::smallint <> 0))`;
  const isTraced = sql`exists (select from repository t where t.id = ${repoId}
    and t.feeds & ${FEED_BIT.tracedFixes}::smallint <> 0)`;
  return sql`
    with ${policyRows()}, base as (
      select f.number, f.merged_at as ended_at, true as is_merged, f.author_kind = any(${AGENTS}::smallint[]) as by_agent,
        d.additions + d.deletions as final_lines, f.rollback_seconds is not null as rolled_back, f.category,
        exists (select from pull_request_correction x where x.org_id = f.org_id and x.repo_id = f.repo_id
          and x.number = f.number and x.not_rolled_back) as is_denied,
        case when d.category->>'rule' = 'sensitive_path' then true
          when d.changed_files is not null and d.category->>'rule' <> 'manual' then false end as is_sensitive
      from fact_pull_request f
        join fact_pull_request_detail d on d.org_id = f.org_id and d.repo_id = f.repo_id and d.number = f.number
      where f.org_id = ${orgId} and f.repo_id = ${repoId} and ${within(sql`f.number`)}
      union all
      select c.number, c.closed_at, false, c.author_kind = any(${AGENTS}::smallint[]), null, false, null, false, null
      from fact_closed_pull_request c
      where c.org_id = ${orgId} and c.repo_id = ${repoId} and ${within(sql`c.number`)} and not exists (
        select from fact_pull_request f
        where f.org_id = c.org_id and f.repo_id = c.repo_id and f.number = c.number)
    ), known as (
      select b.*, w.opened_at, w.draft, w.ready_at, w.auto_merge, w.auto_merge_by, w.queued_at, w.queued_by, w.merged_by,
        w.closed_by, w.rework_label, w.is_feature, w.author, r.reviews, r.first_at, r.approved_at, r.requested_at, r.beyond_approval
      from base b
        left join fact_pull_request_flow w on w.org_id = ${orgId} and w.repo_id = ${repoId} and w.number = b.number
        left join lateral (
          select count(*) as reviews, min(v.submitted_at) as first_at,
            max(v.submitted_at) filter (where v.state = ${approved}::smallint) as approved_at,
            min(v.submitted_at) filter (where v.state = ${changes}::smallint) as requested_at,
            count(*) filter (where v.state <> ${approved}::smallint) as beyond_approval
          from fact_review v
          where v.org_id = ${orgId} and v.repo_id = ${repoId} and v.number = b.number
            and v.reviewer_kind = ${user}::smallint and v.reviewer is distinct from w.author
            and v.submitted_at <= b.ended_at
        ) r on w.opened_at is not null
    ), written as (
      select b.*, c.first_commit_at, c.last_commit_at, c.commits, c.commit_times, c.human_commits, c.human_lines, c.human_unknown, c.later_lines, c.later_unknown,
        case when b.requested_at is null then 0 else (
          select count(distinct (
            select max(v.submitted_at) from fact_review v
            where v.org_id = ${orgId} and v.repo_id = ${repoId} and v.number = b.number
              and v.reviewer_kind = ${user}::smallint and v.state = ${changes}::smallint
              and v.submitted_at < k.committed_at and v.submitted_at <= b.ended_at))
          from fact_commit k
          where k.org_id = ${orgId} and k.repo_id = ${repoId} and k.number = b.number and not k.is_merge
            and k.committed_at > b.requested_at and k.committed_at <= b.ended_at
        ) end as rounds
      from known b left join lateral (
        select min(k.authored_at) as first_commit_at, max(k.committed_at) as last_commit_at, count(*) as commits,
          mod(sum(hashint8(extract(epoch from k.authored_at)::bigint)::bigint), ${LARGEST}::bigint) as commit_times,
          count(*) filter (where not k.by_agent) as human_commits,
          sum(k.lines) filter (where not k.by_agent) as human_lines,
          count(*) filter (where not k.by_agent and k.lines is null) as human_unknown,
          sum(k.lines) filter (where k.authored_at > b.requested_at) as later_lines,
          count(*) filter (where k.authored_at > b.requested_at and k.lines is null) as later_unknown
        from fact_commit k
        where k.org_id = ${orgId} and k.repo_id = ${repoId} and k.number = b.number and not k.is_merge
      ) c on true
    ), timed as (
      select b.*, ${seconds(sql`b.ended_at`)} as ended,
        least(${seconds(sql`least(b.first_commit_at, b.opened_at)`)}, ${seconds(sql`b.ended_at`)}) as started,
        case when b.opened_at is not null and (b.draft is not true or b.ready_at is not null)
          then ${seconds(sql`least(greatest(b.ready_at, b.opened_at), b.ended_at)`)} end as ready,
        ${seconds(sql`b.first_at`)} as reviewed, ${seconds(sql`b.approved_at`)} as approved
      from written b
    ), staged as (
      select b.*, least(greatest(coalesce(b.reviewed, b.ready), b.ready), b.ended) as review_from,
        case when b.reviewed is null then b.ready
          when b.approved is null then b.ended
          else least(greatest(b.approved, b.reviewed, b.ready), b.ended) end as review_to
      from timed b
    ), followed as (
      select b.*, ${seconds(sql`p.deployed_at`)} - b.ended as deployed_after, u.undone_at,
        d.defects_30d, d.defects_90d, d.security_90d, d.caught, n.inferred_30d, n.inferred_90d, i.debugged_30d, s.findings,
        y.auto_merge as auto_merge_allowed, y.is_low, y.gates, y.has_unmapped, y.needs_security,
        y.review_seconds as review_within, g.failed as gates_failed, g.passed as gates_passed, a.approvals,
        ${seconds(sql`e.taken_back_at`)} - b.ended as redeployed_after, e.is_unclear::integer as redeploy_unclear,
        ${seconds(sql`u.reverted_at`)} - b.ended as reverted_after,
        ${seconds(sql`o.began_at`)} - b.ended as incident_after, ${seconds(sql`o.fixed_at`)} - b.ended as fixed_after
      from staged b
        left join fact_pull_request_deployment p
          on p.org_id = ${orgId} and p.repo_id = ${repoId} and p.number = b.number and b.is_merged
        left join lateral (
          select min(v.reverted_at) filter (where (v.counts or v.kind = 'partial') and v.reverted_at >= b.ended_at) as undone_at,
            min(greatest(v.reverted_at, b.ended_at)) filter (where v.kind = 'revert' and not b.is_denied) as reverted_at
          from fact_rollback v
          where v.org_id = ${orgId} and v.repo_id = ${repoId} and v.target_number = b.number
            and (v.counts or v.kind in ('partial', 'revert'))
        ) u on b.is_merged
        left join lateral (
          select count(*) filter (where not x.before_merge and x.opened_at <= b.ended_at + interval '30 days') as defects_30d,
            count(*) filter (where not x.before_merge) as defects_90d,
            count(*) filter (where not x.before_merge and x.security) as security_90d,
            count(*) filter (where x.before_merge) as caught
          from fact_defect x
          where x.org_id = ${orgId} and x.repo_id = ${repoId} and x.caused_by_number = b.number
            and (x.before_merge or (x.opened_at >= b.ended_at and x.opened_at <= b.ended_at + interval '90 days'))
        ) d on b.is_merged and ${told(FEED_BIT.defects)}
        left join lateral ${inferredDefectsOf({ orgId, repoId })} n on b.is_merged and ${told(FEED_BIT.defects)} and ${isTraced}
        left join lateral (
          select exists (select from fact_incident x
            where x.org_id = ${orgId} and x.repo_id = ${repoId} and x.caused_by_number = b.number
              and x.opened_at >= b.ended_at and x.opened_at <= b.ended_at + interval '30 days')::integer as debugged_30d
        ) i on b.is_merged and p.deployed_at is not null and ${told(FEED_BIT.incidents)}
        left join lateral (
          select sum(t.findings) as findings from (
            select distinct on (x.tool) x.findings from fact_finding_report x
            where x.org_id = ${orgId} and x.repo_id = ${repoId} and x.number = b.number and x.reported_at <= b.ended_at
            order by x.tool, ${seconds(sql`x.reported_at`)} < b.ready,
              abs(${seconds(sql`x.reported_at`)} - coalesce(b.ready, 0)), x.reported_at, x.findings desc
          ) t
        ) s on b.is_merged
        left join lateral ${takenBackBy({ orgId, repoId })} e on b.is_merged and not b.is_denied
        left join lateral ${incidentOf({ orgId, repoId })} o on b.is_merged and ${told(FEED_BIT.incidents)}
        left join policy y on y.category = b.category and b.by_agent and b.is_merged and b.opened_at is not null
        left join lateral ${gatesOf({ orgId, repoId })} g on y.category is not null
        left join lateral (
          select count(distinct v.reviewer) as approvals from fact_review v
          where v.org_id = ${orgId} and v.repo_id = ${repoId} and v.number = b.number
            and v.reviewer_kind = ${user}::smallint and v.state = ${approved}::smallint
            and v.reviewer is distinct from b.author and v.submitted_at <= b.ended_at
            and (b.last_commit_at is null or v.submitted_at >= b.last_commit_at)
        ) a on y.category is not null
    ), measured as (
      select b.number,
        case when b.is_merged and b.ready is not null then b.ended - least(b.started, b.ready) end as cycle_seconds,
        case when b.is_merged then b.ready - least(b.started, b.ready) end as coding_seconds,
        case when b.is_merged and b.reviewed is not null and b.ready is not null then b.review_from - b.ready end as pickup_seconds,
        case when b.is_merged and b.reviewed is not null and b.ready is not null then b.review_to - b.review_from end as review_seconds,
        case when b.is_merged and b.ready is not null then b.ended - b.review_to end as merge_seconds,
        case when b.deployed_after < 0 then 0 else b.deployed_after end as deploy_seconds,
        case when ${isWatched} then 0 end as deploy_watched,
        b.reviews as human_reviews,
        case when b.reviews > 0 then b.rounds end as review_rounds,
        case
          when coalesce(b.reviews, 0) = 0 then null
          when b.rework_label is not null then b.rework_label::integer
          when not b.is_merged then 0
          when ${isMeaningful(sql`b.later_lines`)} or (b.by_agent and ${isMeaningful(sql`b.human_lines`)}) then 1
          when b.later_unknown > 0 or (b.by_agent and b.human_unknown > 0) then null
          when b.final_lines is null and (b.later_lines >= ${REWORK_LINES}
            or (b.by_agent and b.human_lines >= ${REWORK_LINES})) then null
          else 0 end as reworked,
        case when not b.is_merged or (b.merged_by is null and b.auto_merge is null) then null
          when b.auto_merge and b.auto_merge_by = ${bot}::smallint then 1
          when b.queued_at is not null then (b.queued_by = ${bot}::smallint)::integer
          else coalesce(b.merged_by = ${bot}::smallint and not coalesce(b.auto_merge, false), false)::integer
        end as auto_merged,
        case when b.opened_at is null then null
          else (b.beyond_approval > 0 or (b.by_agent and b.human_commits > 0)
            or (not b.is_merged and b.closed_by is distinct from ${bot}::smallint))::integer end as intervened,
        ${seconds(sql`b.undone_at`)} - b.ended as undone_seconds,
        b.defects_30d, b.defects_90d, b.security_90d, b.debugged_30d, b.inferred_30d, b.inferred_90d,
        case when b.reviews is not null then (
          select coalesce(sum(s.seconds), 0) from fact_review_effort s
          where s.org_id = ${orgId} and s.repo_id = ${repoId} and s.number = b.number
        ) end as effort_seconds,
        b.rolled_back, b.is_merged, b.by_agent, b.findings,
        b.redeployed_after, b.redeploy_unclear, b.reverted_after, b.incident_after, b.fixed_after,
        case when b.deployed_after is not null then b.commit_times end as commit_times,
        case when ${told(FEED_BIT.caughtDefects)} then b.caught end as caught,
        case when ${told(FEED_BIT.caughtDefects)} then b.caught + b.defects_90d end as caught_or_found,
        b.is_sensitive, b.approvals, b.auto_merge_allowed, b.is_low, b.gates, b.has_unmapped, b.needs_security, b.review_within,
        b.gates_failed, b.gates_passed, h.lines as churn_lines, h.gone_14d as churned_14d, h.gone_21d as churned_21d,
        case when ${isWatched} and exists (select from fact_issue_link l
          where l.org_id = ${orgId} and l.repo_id = ${repoId} and l.number = b.number and l.is_defect) then 0 end as fix_watched,
        case when b.is_merged then nullif(${featuresOf({ orgId, repoId })}, 0) end as features,
        case when b.is_merged then nullif(b.commits, 0) end as commits,
        case when v.base_total > 0 and v.head_total > 0 then ${COVERAGE_OFFSET}
          + round(10000::numeric * v.head_covered / v.head_total - 10000::numeric * v.base_covered / v.base_total)
        end::integer as coverage_delta,
        case when v.patch_total > 0 then v.patch_covered end as patch_covered,
        nullif(v.patch_total, 0) as patch_coverable
      from followed b left join fact_coverage v
        on v.org_id = ${orgId} and v.repo_id = ${repoId} and v.number = b.number and b.is_merged
        left join fact_code_churn h on h.org_id = ${orgId} and h.repo_id = ${repoId} and h.number = b.number and b.is_merged
    ), judged as (
      select m.*, case when m.rolled_back or m.reworked = 1 or (m.is_merged and exists (select from fact_defect x
          where x.org_id = ${orgId} and x.repo_id = ${repoId} and x.caused_by_number = m.number))
        then coalesce((select t.cause from pull_request_triage t
          where t.org_id = ${orgId} and t.repo_id = ${repoId} and t.number = m.number), ${NOT_TRIAGED_CODE})::integer
        end as failure_cause
      from measured m
    )
    select ${orgId}::integer as org_id, ${repoId}::integer as repo_id, m.number,
      ${whole(sql`m.cycle_seconds`)} as cycle_seconds,
      ${whole(sql`m.coding_seconds`)} as coding_seconds,
      ${whole(sql`m.pickup_seconds`)} as pickup_seconds,
      ${whole(sql`m.review_seconds`)} as review_seconds,
      ${whole(sql`m.merge_seconds`)} as merge_seconds,
      ${whole(sql`m.deploy_seconds`)} as deploy_seconds, m.deploy_watched,
      m.human_reviews::integer, m.review_rounds::integer, m.reworked, m.auto_merged, m.intervened,
      ${whole(sql`m.undone_seconds`)} as undone_seconds,
      m.defects_30d::integer, m.defects_90d::integer, m.security_90d::integer,
      ${whole(sql`m.effort_seconds`)} as effort_seconds, m.debugged_30d, m.failure_cause, m.fix_watched,
      m.features::integer, m.commits::integer, m.coverage_delta, m.patch_covered, m.patch_coverable,
      m.churn_lines, m.churned_14d, m.churned_21d, ${whole(sql`m.findings`)} as findings, m.caught::integer,
      m.caught_or_found::integer, (${violationsOf()})::integer as violations, m.commit_times::integer,
      ${whole(sql`m.redeployed_after`)} as redeployed_seconds, m.redeploy_unclear,
      ${whole(sql`m.incident_after`)} as incident_seconds, ${whole(sql`m.fixed_after`)} as hotfix_seconds,
      (m.defects_30d + m.inferred_30d)::integer as all_defects_30d, (m.defects_90d + m.inferred_90d)::integer as all_defects_90d,
      ${whole(sql`m.reverted_after`)} as reverted_seconds,
      ${whole(sql`case when m.redeploy_unclear = 1 and not m.rolled_back then m.redeployed_after end`)} as unclear_seconds
    from judged m
    where num_nonnulls(m.cycle_seconds, m.coding_seconds, m.merge_seconds, m.deploy_seconds, m.deploy_watched,
      m.human_reviews, m.reworked, m.auto_merged, m.intervened, m.undone_seconds, m.defects_90d, m.failure_cause,
      m.fix_watched, m.features, m.commits, m.coverage_delta, m.patch_coverable, m.churn_lines, m.findings,
      m.incident_after, m.redeployed_after, m.reverted_after) > 0`;
}

/**
 * Issues that ask for a feature and that this was the last to close of all that was merged; where it closes none, 1 for one
 * that says of itself that it is a feature (metrics.md 2.1).
 */
function featuresOf({ orgId, repoId }: Pick<CoursePlace, "orgId" | "repoId">): Sql {
  return sql`case
    when exists (select from fact_issue_link l
      where l.org_id = ${orgId} and l.repo_id = ${repoId} and l.number = b.number and l.is_feature)
    then (select count(*) from fact_issue_link l
      where l.org_id = ${orgId} and l.repo_id = ${repoId} and l.number = b.number and l.is_feature and not exists (
        select from fact_issue_link o join fact_pull_request p
          on p.org_id = o.org_id and p.repo_id = o.repo_id and p.number = o.number
        where o.org_id = l.org_id and o.repo_id = l.repo_id and o.issue = l.issue
          and (p.merged_at, p.number) > (b.ended_at, b.number)))
    when b.is_feature then 1 else 0 end`;
}
