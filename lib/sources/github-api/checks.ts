import {
  type ApiCheckContext,
  type ApiCheckedPullRequest,
  checkPageSchema,
  moreChecksSchema,
} from "./activity-answers";
import type { Budget, GitHubClient } from "./client";
import { GitHubFailure } from "./failure";
import { type Page, pageOf, presentRepository, type RepositoryName, wholeList, wholeNodes } from "./page";
import { CHECK_PAGE, MORE_CHECKS } from "./queries/checks";

/** What checked the last commit of a pull request. */
export interface CheckedPullRequest {
  number: number;
  headSha: string;
  updatedAt: string;
  contexts: ApiCheckContext[];
}

/**
 * A page of pull requests with all the checks of their last commits, latest change first.
 * @param floor instant before which a pull request changed last whose checks are not wanted
 * @throws {GitHubFailure} `forbidden` for a token that may not see them
 */
export async function fetchCheckPage(
  client: GitHubClient,
  repository: RepositoryName,
  { after, first, floor }: { after: string | null; first: number; floor: string },
): Promise<Page<CheckedPullRequest>> {
  const answer = await client.graphql(CHECK_PAGE, { ...repository, after, first }, checkPageSchema);
  const { id, pullRequests } = presentRepository(answer.data.repository, answer, repository);
  const page = pageOf(answer, id, pullRequests);
  const items: CheckedPullRequest[] = [];
  let { budget } = page;
  for (const [index, pull] of page.items.entries()) {
    const isWanted = Date.parse(pull.updatedAt) >= Date.parse(floor);
    const read = isWanted ? await contextsOf(client, pull, index, answer.partial) : { items: [], budget: null };
    items.push({ number: pull.number, headSha: pull.headRefOid, updatedAt: pull.updatedAt, contexts: read.items });
    budget = read.budget ?? budget;
  }
  return { ...page, items, budget };
}

async function contextsOf(
  client: GitHubClient,
  { headRefOid, id, statusCheckRollup }: ApiCheckedPullRequest,
  index: number,
  partial: readonly string[],
): Promise<{ items: ApiCheckContext[]; budget: Budget | null }> {
  if (statusCheckRollup === undefined) {
    const reason = { kind: "forbidden" as const, permission: null };
    throw new GitHubFailure(reason, "This server is too old to tell what checked a pull request");
  }
  if (statusCheckRollup === null) {
    // Nothing checked it, or what did was left out of the answer.
    const place = `repository.pullRequests.nodes.${index}.statusCheckRollup: `;
    wholeNodes([partial.some((error) => error.startsWith(place)) ? null : true], partial);
    return { items: [], budget: null };
  }
  return wholeList({ list: statusCheckRollup.contexts, partial, budget: null }, async (after) => {
    const more = await client.graphql(MORE_CHECKS, { id, after }, moreChecksSchema);
    const { node } = more.data;
    if (node !== null && node.headRefOid !== headRefOid) {
      throw new GitHubFailure({ kind: "transient" }, "A pull request got a new commit while its checks were read");
    }
    return { ...more, list: node?.statusCheckRollup?.contexts };
  });
}
