import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";

/** Tables that hold an organisation's data without a foreign key; the settings tables go with the organisation. */
const ORGANIZATION_TABLES = {
  event: "event",
  projection_request: "projection_request",
  activity_request: "activity_request",
  projection_checkpoint: "projection_checkpoint",
  fact_pull_request: "fact_pull_request",
  fact_pull_request_detail: "fact_pull_request_detail",
  fact_rollback: "fact_rollback",
  fact_direct_push: "fact_direct_push",
  fact_unknown_bot: "fact_unknown_bot",
  fact_repository: "fact_repository",
  rollup_repository_day: "rollup_repository_day",
  fact_review: "fact_review",
  fact_ci_run: "fact_ci_run",
  fact_deployment: "fact_deployment",
  fact_incident: "fact_incident",
  fact_defect: "fact_defect",
  fact_cost: "fact_cost",
  rollup_cost_day: "rollup_cost_day",
  fact_closed_pull_request: "fact_closed_pull_request",
  fact_pull_request_flow: "fact_pull_request_flow",
  fact_commit: "fact_commit",
  fact_issue_link: "fact_issue_link",
  fact_coverage: "fact_coverage",
  fact_finding_report: "fact_finding_report",
  fact_code_churn: "fact_code_churn",
  fact_fix_owner: "fact_fix_owner",
  fact_judged_finding: "fact_judged_finding",
  fact_review_effort: "fact_review_effort",
  fact_pull_request_course: "fact_pull_request_course",
  fact_pull_request_deployment: "fact_pull_request_deployment",
  fact_told_rollback: "fact_told_rollback",
  fact_agent_session: "fact_agent_session",
  fact_deployment_back: "fact_deployment_back",
  fact_taken_back: "fact_taken_back",
  deployment_request: "deployment_request",
  deployment_state: "deployment_state",
  activity_state: "activity_state",
  open_pull_request: "open_pull_request",
  // Deletions above ask for it.
  course_request: "course_request",
  effort_request: "effort_request",
  github_repository: "github_repository",
  sync_state: "sync_state",
  refetch: "refetch",
  person: "person",
  person_identity: "person_identity",
  team_member: "team_member",
} as const;

/**
 * Removes every sample organisation with all that belongs to it, in one transaction. Real organisations are never
 * touched.
 * @returns how many sample organisations there were
 */
export async function removeSampleOrganizations(): Promise<number> {
  return withTransaction(
    async (client) => {
      const rows = await query<{ id: number }>(sql`select id from organization where is_sample for update`, client);
      const ids = rows.map((row) => row.id);
      if (ids.length === 0) return 0;
      for (const table of Object.keys(ORGANIZATION_TABLES) as (keyof typeof ORGANIZATION_TABLES)[]) {
        await execute(
          sql`delete from ${sql.ident(ORGANIZATION_TABLES, table)} where org_id = any(${ids}::integer[])`,
          client,
        );
      }
      await execute(sql`delete from organization where id = any(${ids}::integer[])`, client);
      return ids.length;
    },
    { bulk: true },
  );
}
