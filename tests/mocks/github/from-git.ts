import { execFileSync } from "node:child_process";
import type { Account, Commit, Dataset, PullRequest, TimelineEntry } from "./model";

/** What GitHub knows of a pull request beside git: the rest follows from its commits. */
export interface KnownPullRequest {
  number: number;
  title: string;
  body?: string;
  author: Account;
  headRef: string;
  /** The commit that its merge left behind. */
  mergeCommit: string;
  /** Own commits, oldest first. */
  own: string[];
  files: PullRequest["files"];
}

const FIELD = "\u001f";
const RECORD = "\u001e";

function commitsOf(gitDir: string): Map<string, Commit> {
  const format = ["%H", "%P", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B"].join("%x1f");
  const log = execFileSync("git", ["--git-dir", gitDir, "log", "--all", `--format=${format}%x1e`], {
    encoding: "utf8",
  });
  const records = log.split(RECORD).map((record) => record.replace(/^\n/, ""));
  return new Map(
    records.flatMap((record) => {
      if (record === "") return [];
      const [oid = "", parents = "", an = "", ae = "", at = "", cn = "", ce = "", ct = "", message = ""] =
        record.split(FIELD);
      const commit: Commit = {
        oid,
        // GitHub shows a message without the newline that git ends it with.
        message: message.replace(/\n+$/, ""),
        author: { name: an, email: ae, date: at },
        committer: { name: cn, email: ce, date: ct },
        parents: parents === "" ? [] : parents.split(" "),
      };
      return [[oid, commit] as const];
    }),
  );
}

/** The test GitHub's view of a repository that git has too. */
export function datasetFromGit(
  login: string,
  { gitDir, head, name }: { gitDir: string; name: string; head: string },
  pullRequests: readonly KnownPullRequest[],
): Dataset {
  const commits = commitsOf(gitDir);
  const repository = {
    id: `R_${login}_${name}`,
    databaseId: 1,
    owner: login,
    name,
    formerNames: [],
    isArchived: false,
    isFork: false,
    isPrivate: true,
    gone: false,
    defaultBranch: "main",
    head,
    commits,
    codeowners: [],
    pullRequests: pullRequests.map((known) => toPullRequest(known, commits)),
    deployments: [],
    workflowRuns: [],
    issues: [],
    releases: [],
    reviewComments: [],
    alerts: null,
  };
  const organization = { type: "Organization" as const, login, databaseId: 77, name: login, id: `O_${login}` };
  return { organization, teams: [], repositories: [repository] };
}

function toPullRequest(known: KnownPullRequest, commits: ReadonlyMap<string, Commit>): PullRequest {
  const { author, body = "", files, headRef, mergeCommit, number, own, title } = known;
  const merged = commits.get(mergeCommit)?.committer.date ?? "";
  const timeline = own.map((oid): TimelineEntry => {
    const commit = commits.get(oid) as Commit;
    const id = `PC_${oid}`;
    return {
      __typename: "PullRequestCommit",
      id,
      createdAt: commit.committer.date,
      commit: { ...commit, additions: 1, deletions: 0 },
    };
  });
  return {
    id: `PR_${number}`,
    databaseId: number,
    number,
    title,
    body,
    state: "MERGED",
    isDraft: false,
    createdAt: merged,
    updatedAt: merged,
    closedAt: merged,
    mergedAt: merged,
    author,
    mergedBy: author,
    headRefName: headRef,
    headRefOid: own.at(-1) ?? mergeCommit,
    baseRefName: "main",
    mergeCommit,
    labels: [],
    files,
    timeline,
    threads: [],
    checks: [],
  };
}
