import { installationRepositoriesSchema, repositoryPageSchema, repositoryTotalsSchema } from "./answers";
import type { Budget, GitHubClient } from "./client";
import { GitHubFailure } from "./failure";
import { wholeNodes } from "./page";
import { pageOfList } from "./persistently";
import { REPOSITORY_PAGE, REPOSITORY_TOTALS } from "./queries/directory";

/** A repository as GitHub lists it. */
export interface ListedRepository {
  nodeId: string;
  databaseId: number;
  /** Inside its owner. */
  name: string;
  fullName: string;
  url: string;
  defaultBranch: string | null;
  archived: boolean;
  fork: boolean;
  private: boolean;
  /** ISO instant; null for one that nobody pushed to. */
  pushedAt: string | null;
}

export interface Account {
  type: "organization" | "user";
  nodeId: string;
  login: string;
}

export interface Directory {
  account: Account;
  repositories: ListedRepository[];
  budget: Budget | null;
}

const PAGE = 100;

async function fetchRepositoryPage(client: GitHubClient, login: string, after: string | null) {
  const answer = await client.graphql(REPOSITORY_PAGE, { login, after, first: PAGE }, repositoryPageSchema);
  const owner = answer.data.repositoryOwner;
  if (owner === null) throw new GitHubFailure({ kind: "not_found" }, `GitHub shows no account ${login}`);
  return { answer, owner, nodes: wholeNodes(owner.repositories.nodes, answer.partial) };
}

/**
 * Every repository of an account that the credential sees.
 * @throws {GitHubFailure} `not_found` when there is no such account
 */
export async function fetchDirectory(client: GitHubClient, login: string): Promise<Directory> {
  const repositories: ListedRepository[] = [];
  for (let after: string | null = null; ; ) {
    const { answer, nodes, owner } = await pageOfList(() => fetchRepositoryPage(client, login, after));
    for (const node of nodes) {
      repositories.push({
        nodeId: node.id,
        databaseId: node.databaseId,
        name: node.name,
        fullName: node.nameWithOwner,
        url: node.url,
        defaultBranch: node.defaultBranchRef?.name ?? null,
        archived: node.isArchived,
        fork: node.isFork,
        private: node.isPrivate,
        pushedAt: node.pushedAt,
      });
    }
    const { endCursor, hasNextPage } = owner.repositories.pageInfo;
    if (!hasNextPage) {
      const type = owner.__typename === "User" ? "user" : "organization";
      return { account: { type, nodeId: owner.id, login: owner.login }, repositories, budget: answer.budget };
    }
    after = endCursor;
  }
}

/**
 * Every repository that an installation of an App was given. GraphQL would list public ones that it was not.
 * @param client of the installation
 * @throws {GitHubFailure}
 */
export async function fetchInstallationRepositories(
  client: GitHubClient,
): Promise<Pick<Directory, "repositories" | "budget">> {
  const repositories: ListedRepository[] = [];
  for (let page = 1; ; page += 1) {
    const { budget, data, hasNext } = await pageOfList(() =>
      client.rest("GET /installation/repositories", { per_page: PAGE, page }, installationRepositoriesSchema),
    );
    for (const one of data.repositories) {
      repositories.push({
        nodeId: one.node_id,
        databaseId: one.id,
        name: one.name,
        fullName: one.full_name,
        url: one.html_url,
        defaultBranch: one.default_branch ?? null,
        archived: one.archived,
        fork: one.fork,
        private: one.private,
        pushedAt: one.pushed_at ?? null,
      });
    }
    if (!hasNext) return { repositories, budget };
  }
}

/**
 * How many pull requests GitHub counts in each repository, by its node id. Those that are not shown are left out.
 * @throws {GitHubFailure}
 */
export async function fetchPullRequestTotals(
  client: GitHubClient,
  nodeIds: readonly string[],
): Promise<{ totals: Map<string, number>; budget: Budget | null }> {
  const totals = new Map<string, number>();
  let budget: Budget | null = null;
  for (let start = 0; start < nodeIds.length; start += PAGE) {
    const ids = nodeIds.slice(start, start + PAGE);
    const answer = await pageOfList(() => client.graphql(REPOSITORY_TOTALS, { ids }, repositoryTotalsSchema));
    for (const node of answer.data.nodes) if (node !== null) totals.set(node.id, node.pullRequests.totalCount);
    budget = answer.budget;
  }
  return { totals, budget };
}
