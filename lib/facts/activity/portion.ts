import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEvent } from "@/lib/events/schema";
import { agentSessionRows } from "./agent-session-rows";
import { ciRunRow } from "./ci-run-rows";
import { isPullRequestEvent, type PullRequestEvent } from "./closed-pull-request-rows";
import type { TouchedPullRequests } from "./closed-pull-requests";
import { codeChurnRow } from "./code-churn-rows";
import { commitRow } from "./commit-rows";
import { costRow } from "./cost-rows";
import { coverageRow } from "./coverage-rows";
import { defectRow } from "./defect-rows";
import { deploymentRow } from "./deployment-rows";
import type { ActivityDirectory } from "./directory";
import { findingRow } from "./finding-rows";
import { fixOwnerRows } from "./fix-owner-rows";
import { flowRow, isFlowEvent } from "./flow-rows";
import { incidentOpenedRow, incidentResolvedRow } from "./incident-rows";
import { issueLinkRow } from "./issue-link-rows";
import { judgedFindingRow } from "./judged-finding-rows";
import { reviewRow } from "./review-rows";
import type { StagedTable } from "./tables";
import { toldRollbackRow } from "./told-rollback-rows";

type Row = readonly CopyValue[];

/** A stretch of events as rows, ready to be written. */
export class Portion {
  readonly rows: Record<Exclude<StagedTable, "fact_closed_pull_request">, Row[]> = {
    fact_review: [],
    fact_ci_run: [],
    fact_deployment: [],
    fact_told_rollback: [],
    fact_incident: [],
    fact_defect: [],
    fact_cost: [],
    fact_pull_request_flow: [],
    fact_commit: [],
    fact_issue_link: [],
    fact_coverage: [],
    fact_finding_report: [],
    fact_code_churn: [],
    fact_fix_owner: [],
    fact_judged_finding: [],
    fact_agent_session: [],
  };
  readonly organizations = new Set<number>();
  readonly pullRequests = new Map<number, TouchedPullRequests>();
  size = 0;

  constructor(private readonly directory: ActivityDirectory) {}

  add(event: FleetEvent): void {
    const { directory, rows } = this;
    const { orgId, repo } = event;
    this.organizations.add(orgId);
    this.size += 1;
    const repoId = repo === null ? null : directory.repositoryId(orgId, repo);
    if (repoId !== null) this.addFlow(event, repoId);
    if (isPullRequestEvent(event)) {
      this.touch(event);
      return;
    }
    switch (event.kind) {
      // Without a repository neither belongs to a pull request.
      case "review.submitted":
        if (repoId !== null) rows.fact_review.push(reviewRow(event, repoId, directory.rulesOf(orgId)));
        return;
      case "ci_run.finished":
        if (repoId !== null) rows.fact_ci_run.push(ciRunRow(event, repoId));
        return;
      case "deployment.finished":
        rows.fact_deployment.push(deploymentRow(event, repoId, directory.rulesOf(orgId)));
        return;
      case "rollback.reported":
        if (repoId !== null) rows.fact_told_rollback.push(toldRollbackRow(event, repoId));
        return;
      case "incident.opened":
        rows.fact_incident.push(incidentOpenedRow(event, repoId));
        return;
      case "incident.resolved":
        rows.fact_incident.push(incidentResolvedRow(event));
        return;
      case "defect.opened":
        rows.fact_defect.push(defectRow(event, repoId));
        return;
      case "coverage.reported":
        if (repoId !== null) rows.fact_coverage.push(coverageRow(event, repoId));
        return;
      case "findings.reported":
        if (repoId !== null) rows.fact_finding_report.push(findingRow(event, repoId));
        return;
      case "code_churn.measured":
        if (repoId !== null) rows.fact_code_churn.push(codeChurnRow(event, repoId, directory.rulesOf(orgId)));
        return;
      case "finding.judged":
        rows.fact_judged_finding.push(judgedFindingRow(event));
        return;
      case "fix.traced":
        if (repoId !== null) rows.fact_fix_owner.push(...fixOwnerRows(event, repoId, directory.rulesOf(orgId)));
        return;
      case "cost.incurred": {
        const { team } = event.payload;
        rows.fact_cost.push(costRow(event, team === null ? null : directory.teamId(orgId, team)));
        return;
      }
    }
  }

  private addFlow(event: FleetEvent, repoId: number): void {
    const { rows } = this;
    if (event.kind === "agent_run.finished" || event.kind === "pull_request.commit")
      rows.fact_agent_session.push(...agentSessionRows(event, repoId));
    if (event.kind === "pull_request.commit")
      rows.fact_commit.push(commitRow(event, repoId, this.directory.rulesOf(event.orgId)));
    if (event.kind === "pull_request.issue_linked") rows.fact_issue_link.push(issueLinkRow(event, repoId));
    const flow = isFlowEvent(event) ? flowRow(event, repoId, this.directory.rulesOf(event.orgId)) : null;
    if (flow !== null) rows.fact_pull_request_flow.push(flow);
  }

  private touch(event: PullRequestEvent): void {
    let touched = this.pullRequests.get(event.orgId);
    if (touched === undefined) {
      touched = new Map();
      this.pullRequests.set(event.orgId, touched);
    }
    const events = touched.get(event.subject);
    if (events === undefined) touched.set(event.subject, [event]);
    else events.push(event);
  }
}
