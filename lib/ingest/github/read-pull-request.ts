import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import type { Budget, GitHubClient } from "@/lib/sources/github-api/client";
import { mapPullRequest } from "@/lib/sources/github-api/map-pull-request";
import { fetchPullRequest } from "@/lib/sources/github-api/pull-requests";
import { withoutKnownStates } from "./new-states";
import { finishRefetch, type Refetch } from "./refetches";

/**
 * Reads one pull request with all its pages, and keeps it. One that GitHub no longer shows stays as the log knows it.
 * @throws {GitHubFailure} when GitHub did not answer; nothing is kept then
 */
export async function readPullRequest(client: GitHubClient, refetch: Refetch): Promise<Budget | null> {
  const { budget, pull } = await fetchPullRequest(client, refetch.nodeId);
  const events = pull === null ? [] : mapPullRequest(refetch, pull);
  await withTransaction(async (transaction) => {
    await appendEvents(transaction, [await withoutKnownStates(transaction, refetch.orgId, events)]);
    await finishRefetch(transaction, refetch);
  });
  return budget;
}
