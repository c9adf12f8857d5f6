import { connect, inOrder, latestFirst, type PageArguments } from "./connection";
import type { Account, Commit, Dataset, Deployment, PullRequest, Repository, Team } from "./model";

/** The model as the schema has it: fields with arguments are functions, everything else is as it stands. */

export const showAccount = (account: Account | null) =>
  account && { __typename: account.type, id: `A_${account.databaseId}`, ...account };

const showGitActor = ({ date, email, name }: Commit["author"]) => ({ name, email, date });

function showCommit(repository: Repository, { author, committer, message, oid, parents }: Commit) {
  return {
    __typename: "Commit",
    id: `C_${oid}`,
    oid,
    message,
    messageHeadline: message.split("\n", 1)[0],
    author: showGitActor(author),
    committer: showGitActor(committer),
    additions: 1,
    deletions: 0,
    parents: (page: PageArguments) =>
      connect(
        inOrder(parents),
        page,
        (parent) => showCommitOf(repository, parent) ?? { __typename: "Commit", oid: parent },
      ),
    committedDate: committer.date,
    history: ({ path, ...page }: PageArguments & { path?: string }) => {
      const touched = new Set(repository.codeowners.map((version) => version.oid));
      const ancestors = ancestorsOf(repository, oid).filter((commit) => path === undefined || touched.has(commit.oid));
      return connect(inOrder(ancestors), page, (commit) => showCommit(repository, commit));
    },
    file: () => {
      const text = repository.codeowners.find((version) => version.oid === oid)?.text ?? null;
      return text === null ? null : { name: "CODEOWNERS", object: { __typename: "Blob", oid, text } };
    },
  };
}

export function showCommitOf(repository: Repository, oid: string | null) {
  const commit = oid === null ? undefined : repository.commits.get(oid);
  return commit === undefined ? null : showCommit(repository, commit);
}

/** Every commit that one reaches, latest first, as `git log` lists them. */
function ancestorsOf({ commits }: Repository, oid: string): Commit[] {
  const seen = new Set<string>();
  const waiting = [oid];
  const found: Commit[] = [];
  while (waiting.length > 0) {
    waiting.sort(
      (a, b) => Date.parse(commits.get(a)?.committer.date ?? "") - Date.parse(commits.get(b)?.committer.date ?? ""),
    );
    const next = waiting.pop();
    const commit = next === undefined ? undefined : commits.get(next);
    if (commit === undefined || seen.has(commit.oid)) continue;
    seen.add(commit.oid);
    found.push(commit);
    waiting.push(...commit.parents.filter((parent) => !seen.has(parent)));
  }
  return found;
}

const BY_TYPE: Readonly<Record<string, string>> = {
  PULL_REQUEST_COMMIT: "PullRequestCommit",
  PULL_REQUEST_REVIEW: "PullRequestReview",
};

/** `READY_FOR_REVIEW_EVENT` is `ReadyForReviewEvent`. */
const typeOfItem = (name: string): string =>
  BY_TYPE[name] ??
  name
    .toLowerCase()
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

export function showPullRequest(repository: Repository, pull: PullRequest) {
  return {
    ...pull,
    __typename: "PullRequest",
    url: `https://github.test/${repository.owner}/${repository.name}/pull/${pull.number}`,
    author: showAccount(pull.author),
    mergedBy: showAccount(pull.mergedBy),
    mergeCommit: showCommitOf(repository, pull.mergeCommit),
    labels: (page: PageArguments) => connect(inOrder(pull.labels), page, (name) => ({ __typename: "Label", name })),
    files: (page: PageArguments) =>
      connect(inOrder(pull.files), page, (file) => ({ viewerViewedState: "UNVIEWED", ...file })),
    reviewThreads: (page: PageArguments) =>
      connect(inOrder(pull.threads), page, ({ resolvedBy, ...thread }) => ({
        ...thread,
        __typename: "PullRequestReviewThread",
        resolvedBy: showAccount(resolvedBy),
      })),
    statusCheckRollup:
      pull.checks.length === 0
        ? null
        : { contexts: (page: PageArguments) => connect(inOrder(pull.checks), page, (check) => check) },
    timelineItems: ({ itemTypes, ...page }: PageArguments & { itemTypes?: string[] }) => {
      const types = itemTypes && new Set(itemTypes.map(typeOfItem));
      const items = pull.timeline.filter(({ __typename }) => types === undefined || types.has(__typename));
      return connect(inOrder(items), page, (item) => item);
    },
  };
}

function showDeployment(deployment: Deployment) {
  return {
    ...deployment,
    __typename: "Deployment",
    originalEnvironment: deployment.environment,
    creator: showAccount(deployment.creator),
    statuses: (page: PageArguments) => connect(inOrder(deployment.statuses), page, (status) => status),
  };
}

export function showRepository(repository: Repository, hidden = 0) {
  const { commits: _, ...fields } = repository;
  const head = () => showCommitOf(repository, repository.head);
  return {
    ...fields,
    __typename: "Repository",
    nameWithOwner: `${repository.owner}/${repository.name}`,
    url: `https://github.test/${repository.owner}/${repository.name}`,
    pushedAt: repository.head === null ? null : repository.commits.get(repository.head)?.committer.date,
    defaultBranchRef: () => (repository.head === null ? null : { name: repository.defaultBranch, target: head() }),
    object: ({ expression, oid }: { oid?: string; expression?: string }) => {
      if (expression === undefined) return showCommitOf(repository, oid ?? null);
      const text = repository.codeowners.at(-1)?.text ?? null;
      return expression !== "HEAD:CODEOWNERS" || text === null
        ? null
        : { __typename: "Blob", oid: "0".repeat(40), text };
    },
    pullRequests: (page: PageArguments & { orderBy?: { field: string; direction: string } }) => {
      // Without a page only their number is asked for.
      if (page.first != null && (page.orderBy?.field !== "UPDATED_AT" || page.orderBy.direction !== "DESC")) {
        throw new Error("the test GitHub lists pull requests by UPDATED_AT, descending, alone");
      }
      const ordered = repository.pullRequests
        .map((item) => ({ item, key: latestFirst(item.updatedAt, item.id) }))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      const listed = connect(ordered, page, (pull) => showPullRequest(repository, pull));
      return { ...listed, totalCount: listed.totalCount + hidden };
    },
    issues: ({ filterBy, ...page }: PageArguments & { filterBy?: { since?: string | null } }) => {
      const since = Date.parse(filterBy?.since ?? "1970-01-01");
      const ordered = repository.issues
        .filter(({ updatedAt }) => Date.parse(updatedAt) >= since)
        .map((item) => ({ item, key: latestFirst(item.updatedAt, item.id) }))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      return connect(ordered, page, ({ author, closedBy, labels, timeline, ...issue }) => ({
        ...issue,
        __typename: "Issue",
        author: showAccount(author),
        labels: (of: PageArguments) => connect(inOrder(labels), of, (name) => ({ __typename: "Label", name })),
        timelineItems: (of: PageArguments) => connect(inOrder(timeline), of, (item) => item),
        closedByPullRequestsReferences: (of: PageArguments) =>
          connect(inOrder(closedBy), of, (number) => ({
            __typename: "PullRequest",
            number,
            repository: { id: repository.id },
          })),
      }));
    },
    releases: (page: PageArguments) => {
      const ordered = repository.releases
        .map((item) => ({ item, key: latestFirst(item.createdAt, item.id) }))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      return connect(ordered, page, ({ author, tagCommit, ...release }) => ({
        ...release,
        __typename: "Release",
        author: showAccount(author),
        tagCommit: showCommitOf(repository, tagCommit),
      }));
    },
    deployments: (page: PageArguments) => {
      const ordered = repository.deployments
        .map((item) => ({ item, key: latestFirst(item.createdAt, item.id) }))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      return connect(ordered, page, showDeployment);
    },
  };
}

const showTeam = ({ members, ...team }: Team) => ({
  ...team,
  __typename: "Team",
  members: (page: PageArguments) => connect(inOrder(members), page, showAccount),
});

/** Fields of the schema's `Query`. */
export function showRoot(dataset: Dataset, rateLimit: () => unknown, hidden = 0) {
  const visible = () => dataset.repositories.filter(({ gone }) => !gone);
  const node = ({ id }: { id: string }) => {
    for (const repository of visible()) {
      if (repository.id === id) return showRepository(repository, hidden);
      const pull = repository.pullRequests.find((one) => one.id === id);
      if (pull !== undefined) return showPullRequest(repository, pull);
    }
    const team = dataset.teams.find((one) => one.id === id);
    return team === undefined ? null : showTeam(team);
  };
  const { organization } = dataset;
  return {
    rateLimit,
    node,
    nodes: ({ ids }: { ids: string[] }) => ids.map((id) => node({ id })),
    repository: ({ name, owner }: { owner: string; name: string }) => {
      const found = visible().find(
        (one) =>
          one.owner.toLowerCase() === owner.toLowerCase() &&
          [one.name, ...one.formerNames].some((known) => known.toLowerCase() === name.toLowerCase()),
      );
      return found === undefined ? null : showRepository(found, hidden);
    },
    organization: ({ login }: { login: string }) =>
      login.toLowerCase() !== organization.login.toLowerCase()
        ? null
        : { ...organization, teams: (page: PageArguments) => connect(inOrder(dataset.teams), page, showTeam) },
    repositoryOwner: ({ login }: { login: string }) =>
      login.toLowerCase() !== organization.login.toLowerCase()
        ? null
        : {
            __typename: "Organization",
            id: organization.id,
            login: organization.login,
            repositories: (page: PageArguments) =>
              connect(
                visible()
                  .map((item) => ({ item, key: item.name }))
                  .sort((a, b) => (a.key < b.key ? -1 : 1)),
                page,
                (one) => showRepository(one, hidden),
              ),
          },
  };
}
