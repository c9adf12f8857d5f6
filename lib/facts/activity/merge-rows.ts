import { appendUnlessKnown } from "@/lib/db/append-unless-known";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import type { StagedTable } from "./tables";

/**
 * How the rows of each stage become facts, whatever is there already: what comes twice, or in another order, gives the
 * same rows. Each returns the number of rows that were written.
 */
export const MERGE_ROWS: Readonly<Record<StagedTable, (client: PoolClient) => Promise<number>>> = {
  fact_review: (client) =>
    execute(
      sql`insert into fact_review select * from stage_fact_review
        order by org_id, repo_id, number, id on conflict do nothing`,
      client,
    ),
  fact_ci_run: (client) =>
    execute(
      sql`insert into fact_ci_run select * from stage_fact_ci_run
        order by org_id, repo_id, finished_at, id on conflict do nothing`,
      client,
    ),
  fact_deployment: (client) =>
    execute(
      sql`insert into fact_deployment select * from stage_fact_deployment
        order by org_id, finished_at, id on conflict do nothing`,
      client,
    ),
  fact_told_rollback: (client) =>
    execute(
      sql`insert into fact_told_rollback select * from stage_fact_told_rollback
        order by org_id, repo_id, id on conflict do nothing`,
      client,
    ),
  fact_agent_session: (client) =>
    execute(
      sql`insert into fact_agent_session select distinct * from stage_fact_agent_session
        order by org_id, repo_id, number, session, how on conflict do nothing`,
      client,
    ),
  fact_defect: (client) =>
    execute(
      sql`insert into fact_defect select * from stage_fact_defect
        order by org_id, opened_at, id on conflict do nothing`,
      client,
    ),
  fact_incident: mergeIncidents,
  fact_cost: mergeCosts,
  fact_pull_request_flow: mergeFlow,
  // Sources tell the same of a commit, but for the lines, which not all of them know.
  fact_commit: (client) =>
    execute(
      sql`insert into fact_commit as f
        select org_id, repo_id, number, id, min(authored_at), min(committed_at), max(lines), bool_or(by_agent), bool_or(is_merge)
        from stage_fact_commit group by org_id, repo_id, number, id order by org_id, repo_id, number, id
        on conflict (org_id, repo_id, number, id) do update set authored_at = least(f.authored_at, excluded.authored_at),
          committed_at = least(f.committed_at, excluded.committed_at), lines = greatest(f.lines, excluded.lines),
          by_agent = f.by_agent or excluded.by_agent, is_merge = f.is_merge or excluded.is_merge
        where (least(f.authored_at, excluded.authored_at), least(f.committed_at, excluded.committed_at),
            greatest(f.lines, excluded.lines), f.by_agent or excluded.by_agent, f.is_merge or excluded.is_merge)
          is distinct from (f.authored_at, f.committed_at, f.lines, f.by_agent, f.is_merge)`,
      client,
    ),
  // As it was measured last; of two at one instant the larger numbers, so that their order is nothing.
  fact_coverage: (client) =>
    execute(
      sql`insert into fact_coverage as f
        select distinct on (org_id, repo_id, number) * from stage_fact_coverage s
        order by org_id, repo_id, number, (s.reported_at, s.head_covered, s.head_total, coalesce(s.base_covered, -1),
          coalesce(s.base_total, -1), coalesce(s.patch_covered, -1), coalesce(s.patch_total, -1)) desc
        on conflict (org_id, repo_id, number) do update set reported_at = excluded.reported_at,
          head_covered = excluded.head_covered, head_total = excluded.head_total, base_covered = excluded.base_covered,
          base_total = excluded.base_total, patch_covered = excluded.patch_covered, patch_total = excluded.patch_total
        where (excluded.reported_at, excluded.head_covered, excluded.head_total, coalesce(excluded.base_covered, -1),
            coalesce(excluded.base_total, -1), coalesce(excluded.patch_covered, -1), coalesce(excluded.patch_total, -1))
          > (f.reported_at, f.head_covered, f.head_total, coalesce(f.base_covered, -1), coalesce(f.base_total, -1),
            coalesce(f.patch_covered, -1), coalesce(f.patch_total, -1))`,
      client,
    ),
  fact_finding_report: (client) =>
    execute(
      sql`insert into fact_finding_report select * from stage_fact_finding_report
        order by org_id, repo_id, number, id on conflict do nothing`,
      client,
    ),
  // It is told once, when its time is over; of two readings of different clones the one that followed more.
  // Somebody may change their mind: the last word counts, of two at once that it is none.
  fact_judged_finding: (client) =>
    execute(
      sql`insert into fact_judged_finding as f
        select distinct on (org_id, finding) * from stage_fact_judged_finding
        order by org_id, finding, judged_at desc, is_false desc
        on conflict (org_id, finding) do update set judged_at = excluded.judged_at, tool = excluded.tool,
          is_false = excluded.is_false
        where (excluded.judged_at, excluded.is_false) > (f.judged_at, f.is_false)`,
      client,
    ),
  // What a fix takes out never says anything else.
  fact_fix_owner: (client) =>
    execute(
      sql`insert into fact_fix_owner select * from stage_fact_fix_owner
        order by org_id, repo_id, number, owner on conflict do nothing`,
      client,
    ),
  fact_code_churn: (client) =>
    execute(
      sql`insert into fact_code_churn as f
        select distinct on (org_id, repo_id, number) * from stage_fact_code_churn s
        order by org_id, repo_id, number, (s.lines, s.gone_21d, s.gone_14d) desc
        on conflict (org_id, repo_id, number) do update set lines = excluded.lines, gone_14d = excluded.gone_14d,
          gone_21d = excluded.gone_21d
        where (excluded.lines, excluded.gone_21d, excluded.gone_14d) > (f.lines, f.gone_21d, f.gone_14d)`,
      client,
    ),
  // As the issue stood at its last change; of two readings of one instant the one that says more.
  fact_issue_link: (client) =>
    execute(
      sql`insert into fact_issue_link as f
        select distinct on (org_id, repo_id, number, issue) org_id, repo_id, number, issue, updated_at, is_defect, is_feature
        from stage_fact_issue_link
        order by org_id, repo_id, number, issue, updated_at desc, is_defect desc, is_feature desc
        on conflict (org_id, repo_id, number, issue) do update set updated_at = excluded.updated_at,
          is_defect = excluded.is_defect, is_feature = excluded.is_feature
        where (excluded.updated_at, excluded.is_defect, excluded.is_feature) > (f.updated_at, f.is_defect, f.is_feature)`,
      client,
    ),
  fact_closed_pull_request: (client) =>
    execute(
      sql`insert into fact_closed_pull_request as f select * from stage_fact_closed_pull_request
        on conflict (org_id, repo_id, number) do update set closed_at = excluded.closed_at,
          agent_mask = excluded.agent_mask, team_id = excluded.team_id, author_kind = excluded.author_kind,
          category = excluded.category, confidence = excluded.confidence, title = excluded.title,
          verdicts = excluded.verdicts
        where (f.closed_at, f.agent_mask, f.team_id, f.author_kind, f.category, f.confidence, f.title, f.verdicts)
          is distinct from (excluded.closed_at, excluded.agent_mask, excluded.team_id, excluded.author_kind,
            excluded.category, excluded.confidence, excluded.title, excluded.verdicts)`,
      client,
    ),
};

const laterSwitch = sql`(f.auto_merge_at is null
  or (excluded.auto_merge_at, excluded.auto_merge, excluded.auto_merge_by)
    > (f.auto_merge_at, f.auto_merge, f.auto_merge_by))`;

/**
 * The first opening, and the last of everything else; of switches at one instant the one that is on. Of who did something,
 * where sources differ, the one who is known best.
 */
function mergeFlow(client: PoolClient): Promise<number> {
  return execute(
    sql`insert into fact_pull_request_flow as f (org_id, repo_id, number, opened_at, draft, ready_at, auto_merge_at,
        auto_merge, auto_merge_by, queued_at, author, queued_by, merged_by, closed_by, rework_label, is_feature)
      select org_id, repo_id, number, min(opened_at),
        (array_agg(draft order by opened_at, draft) filter (where opened_at is not null))[1],
        max(ready_at), max(auto_merge_at),
        (array_agg(auto_merge order by auto_merge_at desc, auto_merge desc, auto_merge_by desc)
          filter (where auto_merge_at is not null))[1],
        (array_agg(auto_merge_by order by auto_merge_at desc, auto_merge desc, auto_merge_by desc)
          filter (where auto_merge_at is not null))[1],
        max(queued_at), max(author), max(queued_by), max(merged_by), max(closed_by), bool_and(rework_label), bool_or(is_feature)
      from stage_fact_pull_request_flow group by org_id, repo_id, number order by org_id, repo_id, number
      on conflict (org_id, repo_id, number) do update set
        opened_at = least(f.opened_at, excluded.opened_at),
        draft = case when f.opened_at is null or (excluded.opened_at, excluded.draft) < (f.opened_at, f.draft)
          then excluded.draft else f.draft end,
        ready_at = greatest(f.ready_at, excluded.ready_at),
        auto_merge_at = greatest(f.auto_merge_at, excluded.auto_merge_at),
        auto_merge = case when ${laterSwitch} then excluded.auto_merge else f.auto_merge end,
        auto_merge_by = case when ${laterSwitch} then excluded.auto_merge_by else f.auto_merge_by end,
        queued_at = greatest(f.queued_at, excluded.queued_at),
        author = greatest(f.author, excluded.author),
        queued_by = greatest(f.queued_by, excluded.queued_by),
        merged_by = greatest(f.merged_by, excluded.merged_by),
        closed_by = greatest(f.closed_by, excluded.closed_by),
        rework_label = coalesce(f.rework_label and excluded.rework_label, f.rework_label, excluded.rework_label),
        is_feature = coalesce(f.is_feature, excluded.is_feature)
      where (excluded.opened_at is not null
          and (f.opened_at is null or (excluded.opened_at, excluded.draft) < (f.opened_at, f.draft)))
        or greatest(f.ready_at, excluded.ready_at) is distinct from f.ready_at
        or (excluded.auto_merge_at is not null and ${laterSwitch})
        or (greatest(f.queued_at, excluded.queued_at), greatest(f.author, excluded.author),
            greatest(f.queued_by, excluded.queued_by), greatest(f.merged_by, excluded.merged_by),
            greatest(f.closed_by, excluded.closed_by),
            coalesce(f.rework_label and excluded.rework_label, f.rework_label, excluded.rework_label),
            coalesce(f.is_feature, excluded.is_feature))
          is distinct from (f.queued_at, f.author, f.queued_by, f.merged_by, f.closed_by, f.rework_label, f.is_feature)`,
    client,
  );
}

/** The first opening speaks for an incident, the last resolution ends it; of equal openings the smallest row speaks. */
async function mergeIncidents(client: PoolClient): Promise<number> {
  const opened = await execute(
    sql`insert into fact_incident as f (org_id, id, opened_at, repo_id, caused_by_number, severity, incident, service)
      select distinct on (org_id, id) org_id, id, opened_at, repo_id, caused_by_number, severity, incident, service
      from stage_fact_incident where opened_at is not null
      order by org_id, id, opened_at, severity, service, coalesce(caused_by_number, 0), coalesce(repo_id, 0)
      on conflict (org_id, id) do update set opened_at = excluded.opened_at, repo_id = excluded.repo_id,
        caused_by_number = excluded.caused_by_number, severity = excluded.severity, service = excluded.service
      where f.opened_at is null
        or (excluded.opened_at, excluded.severity, excluded.service,
            coalesce(excluded.caused_by_number, 0), coalesce(excluded.repo_id, 0))
          < (f.opened_at, f.severity, f.service, coalesce(f.caused_by_number, 0), coalesce(f.repo_id, 0))`,
    client,
  );
  const resolved = await execute(
    sql`insert into fact_incident as f (org_id, id, resolved_at, incident)
      select org_id, id, max(resolved_at), min(incident) from stage_fact_incident where resolved_at is not null
      group by org_id, id order by org_id, id
      on conflict (org_id, id) do update set resolved_at = excluded.resolved_at
      where f.resolved_at is null or excluded.resolved_at > f.resolved_at`,
    client,
  );
  return opened + resolved;
}

/** Adds up costs by the day of the organisation's calendar. Groups come in order, so that no two writers wait in a ring. */
const addToDays = (costs: Sql): Sql => sql`insert into rollup_cost_day as r
    (org_id, day, team_id, agent_code, item, provider, currency, basis, entries, amount_minor)
  select c.org_id, (c.incurred_at at time zone o.time_zone)::date, coalesce(c.team_id, 0), coalesce(c.agent_code, -1),
    c.item, c.provider, c.currency, c.basis, count(*), sum(c.amount_minor)
  from ${costs} c join organization o on o.id = c.org_id
  group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8
  on conflict (org_id, day, team_id, agent_code, item, provider, currency, basis)
    do update set entries = r.entries + excluded.entries, amount_minor = r.amount_minor + excluded.amount_minor`;

/** Adds the costs that are new, and those alone, to their days. Nearly always all are, which takes two thirds of the time. */
async function mergeCosts(client: PoolClient): Promise<number> {
  const added = await appendUnlessKnown(client, async () => {
    const count = await execute(sql`insert into fact_cost select * from stage_fact_cost`, client);
    await execute(addToDays(sql`stage_fact_cost`), client);
    return count;
  });
  if (added !== null) return added;
  const [row] = await query<{ added: number }>(
    sql`with added as (
      insert into fact_cost select * from stage_fact_cost on conflict do nothing
      returning org_id, incurred_at, team_id, agent_code, item, provider, currency, basis, amount_minor
    ), rolled as (${addToDays(sql`added`)})
    select count(*) as added from added`,
    client,
  );
  return row?.added ?? 0;
}
