/** The tables of activity facts, as the names that SQL takes. */
export const ACTIVITY_TABLES = {
  fact_review: "fact_review",
  fact_ci_run: "fact_ci_run",
  fact_deployment: "fact_deployment",
  fact_told_rollback: "fact_told_rollback",
  fact_incident: "fact_incident",
  fact_defect: "fact_defect",
  fact_cost: "fact_cost",
  fact_closed_pull_request: "fact_closed_pull_request",
  fact_pull_request_flow: "fact_pull_request_flow",
  fact_commit: "fact_commit",
  fact_issue_link: "fact_issue_link",
  fact_coverage: "fact_coverage",
  fact_finding_report: "fact_finding_report",
  fact_code_churn: "fact_code_churn",
  fact_fix_owner: "fact_fix_owner",
  fact_judged_finding: "fact_judged_finding",
  fact_agent_session: "fact_agent_session",
  rollup_cost_day: "rollup_cost_day",
} as const;

export type ActivityTable = keyof typeof ACTIVITY_TABLES;

export const ACTIVITY_TABLE_NAMES = Object.keys(ACTIVITY_TABLES) as ActivityTable[];

/** Tables that rows are copied into; the rollup follows from the costs that were new. */
export type StagedTable = Exclude<ActivityTable, "rollup_cost_day">;
