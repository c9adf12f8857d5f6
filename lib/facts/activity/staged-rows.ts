import { appendUnlessKnown } from "@/lib/db/append-unless-known";
import { type CopyValue, copyRows } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { AGENT_SESSION_COLUMNS } from "./agent-session-rows";
import { CI_RUN_COLUMNS } from "./ci-run-rows";
import { CLOSED_PULL_REQUEST_COLUMNS } from "./closed-pull-request-rows";
import { CODE_CHURN_COLUMNS } from "./code-churn-rows";
import { COMMIT_COLUMNS } from "./commit-rows";
import { COST_COLUMNS } from "./cost-rows";
import { COVERAGE_COLUMNS } from "./coverage-rows";
import { DEFECT_COLUMNS } from "./defect-rows";
import { DEPLOYMENT_COLUMNS } from "./deployment-rows";
import { FINDING_COLUMNS } from "./finding-rows";
import { FIX_OWNER_COLUMNS } from "./fix-owner-rows";
import { FLOW_COLUMNS } from "./flow-rows";
import { INCIDENT_COLUMNS } from "./incident-rows";
import { ISSUE_LINK_COLUMNS } from "./issue-link-rows";
import { JUDGED_FINDING_COLUMNS } from "./judged-finding-rows";
import { MERGE_ROWS } from "./merge-rows";
import { REVIEW_COLUMNS } from "./review-rows";
import { ACTIVITY_TABLES, type StagedTable } from "./tables";
import { TOLD_ROLLBACK_COLUMNS } from "./told-rollback-rows";

const STAGES: Readonly<Record<StagedTable, { stage: string; columns: readonly string[] }>> = {
  fact_review: { stage: "stage_fact_review", columns: REVIEW_COLUMNS },
  fact_ci_run: { stage: "stage_fact_ci_run", columns: CI_RUN_COLUMNS },
  fact_deployment: { stage: "stage_fact_deployment", columns: DEPLOYMENT_COLUMNS },
  fact_told_rollback: { stage: "stage_fact_told_rollback", columns: TOLD_ROLLBACK_COLUMNS },
  fact_incident: { stage: "stage_fact_incident", columns: INCIDENT_COLUMNS },
  fact_defect: { stage: "stage_fact_defect", columns: DEFECT_COLUMNS },
  fact_cost: { stage: "stage_fact_cost", columns: COST_COLUMNS },
  fact_closed_pull_request: { stage: "stage_fact_closed_pull_request", columns: CLOSED_PULL_REQUEST_COLUMNS },
  fact_pull_request_flow: { stage: "stage_fact_pull_request_flow", columns: FLOW_COLUMNS },
  fact_commit: { stage: "stage_fact_commit", columns: COMMIT_COLUMNS },
  fact_coverage: { stage: "stage_fact_coverage", columns: COVERAGE_COLUMNS },
  fact_finding_report: { stage: "stage_fact_finding_report", columns: FINDING_COLUMNS },
  fact_code_churn: { stage: "stage_fact_code_churn", columns: CODE_CHURN_COLUMNS },
  fact_fix_owner: { stage: "stage_fact_fix_owner", columns: FIX_OWNER_COLUMNS },
  fact_judged_finding: { stage: "stage_fact_judged_finding", columns: JUDGED_FINDING_COLUMNS },
  fact_agent_session: { stage: "stage_fact_agent_session", columns: AGENT_SESSION_COLUMNS },
  fact_issue_link: { stage: "stage_fact_issue_link", columns: ISSUE_LINK_COLUMNS },
};
const STAGE_NAMES = Object.fromEntries(Object.entries(STAGES).map(([table, { stage }]) => [table, stage])) as Record<
  StagedTable,
  string
>;

/** What only ever gains rows: while nothing comes twice, rows can go straight into the table, at half the cost. */
const APPENDED: readonly StagedTable[] = [
  "fact_review",
  "fact_ci_run",
  "fact_deployment",
  "fact_defect",
  "fact_commit",
  "fact_finding_report",
];

type Rows = readonly (readonly CopyValue[])[];

/** How rows of one connection become facts. Its temporary tables are made when they are first needed. */
export class Stages {
  private readonly made = new Set<StagedTable>();
  private readonly appended = new Set<StagedTable>(APPENDED);

  constructor(private readonly client: PoolClient) {}

  /** @returns how many rows were written: those that were new or said something new */
  async write(table: StagedTable, rows: Rows): Promise<number> {
    if (rows.length === 0) return 0;
    if (this.appended.has(table)) {
      const { client } = this;
      const append = () => copyRows(client, table, STAGES[table].columns, rows);
      const written = await appendUnlessKnown(client, append);
      if (written !== null) return written;
      // Where one thing comes twice, more will.
      this.appended.delete(table);
    }
    return this.merge(table, rows);
  }

  /** Copies rows into a stage, merges them into the table, and empties the stage. */
  private async merge(table: StagedTable, rows: Rows): Promise<number> {
    const { client } = this;
    const { stage, columns } = STAGES[table];
    const name = sql.ident(STAGE_NAMES, table);
    if (!this.made.has(table)) {
      await execute(
        sql`create temporary table ${name} (like ${sql.ident(ACTIVITY_TABLES, table)}) on commit drop`,
        client,
      );
      this.made.add(table);
    }
    await copyRows(client, stage, columns, rows);
    const written = await MERGE_ROWS[table](client);
    await execute(sql`truncate ${name}`, client);
    return written;
  }

  /** Removes the temporary tables, so that the same transaction may make them again. */
  async drop(): Promise<void> {
    for (const table of this.made) await execute(sql`drop table ${sql.ident(STAGE_NAMES, table)}`, this.client);
    this.made.clear();
  }
}
