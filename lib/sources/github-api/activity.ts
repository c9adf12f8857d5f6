import {
  type ApiDeployment,
  type ApiWorkflowRun,
  deploymentPageSchema,
  workflowRunPageSchema,
} from "./activity-answers";
import type { GitHubClient } from "./client";
import { type Page, pageOf, presentRepository, type RepositoryName } from "./page";
import { DEPLOYMENT_PAGE } from "./queries/deployments";

/** A page of deployments, the latest made first. @throws {GitHubFailure} */
export async function fetchDeploymentPage(
  client: GitHubClient,
  repository: RepositoryName,
  { after, first }: { after: string | null; first: number },
): Promise<Page<ApiDeployment>> {
  const answer = await client.graphql(DEPLOYMENT_PAGE, { ...repository, after, first }, deploymentPageSchema);
  const { id, deployments } = presentRepository(answer.data.repository, answer, repository);
  return pageOf(answer, id, deployments);
}

/** An instant as GitHub's ranges take it: whole seconds. */
const wholeSeconds = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;

/**
 * A page of workflow runs, the latest first. The REST API counts pages and answers a thousand runs of one question at
 * most, so a walk asks for those made up to an instant.
 * @param createdTo what was made later is left out
 * @throws {GitHubFailure}
 */
export async function fetchWorkflowRunPage(
  client: GitHubClient,
  { name, owner }: RepositoryName,
  { createdFrom, createdTo, page, size }: { createdFrom: string; createdTo: string; page: number; size: number },
): Promise<Omit<Page<ApiWorkflowRun>, "repositoryId">> {
  const answer = await client.rest(
    "GET /repos/{owner}/{repo}/actions/runs",
    { owner, repo: name, created: `${wholeSeconds(createdFrom)}..${wholeSeconds(createdTo)}`, per_page: size, page },
    workflowRunPageSchema,
  );
  return {
    items: answer.data.workflow_runs,
    next: answer.hasNext ? String(page + 1) : null,
    total: answer.data.total_count,
    budget: answer.budget,
    ms: answer.ms,
  };
}
