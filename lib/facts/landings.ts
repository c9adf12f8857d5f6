import type { CommitText, LandedChange, PullRequestInput } from "@/lib/attribution/types";
import type { ChangedFile, PayloadOf } from "@/lib/events/schema";
import type { IssueLink, Merged, OwnCommit } from "./pull-request-events";

type Commit = PayloadOf<"commit.landed">;

/** One landing: what the revert resolver sees and, for a pull request, what the attribution rules see. */
export interface Landing {
  change: LandedChange;
  merged: Merged | null;
  input: PullRequestInput | null;
  /** Sums over all files; null where the source does not know. */
  additions: number | null;
  deletions: number | null;
}

const subjectOf = (message: string): string => message.split("\n", 1)[0]?.trim() ?? "";

const landedText = (commit: Commit): CommitText => ({
  sha: commit.sha,
  author: commit.author,
  committer: commit.committer,
  message: commit.message,
  isMerge: commit.parents.length > 1,
  additions: null,
});

const ownText = (commit: OwnCommit): CommitText => ({
  sha: commit.sha,
  author: commit.author,
  committer: commit.committer,
  message: commit.message,
  isMerge: commit.isMerge,
  additions: commit.additions,
});

const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

/** Files of several commits as one change: first state before, last state after, lines added up. */
function combineFiles(commits: Commit[]): ChangedFile[] | null {
  const [only] = commits;
  if (commits.length === 1 && only !== undefined) return only.files;
  const byPath = new Map<string, ChangedFile>();
  for (const { files } of commits) {
    if (files === null) return null;
    for (const file of files) {
      const earlier = byPath.get(file.from ?? file.path);
      if (earlier === undefined) {
        byPath.set(file.path, file);
        continue;
      }
      byPath.delete(file.from ?? file.path);
      byPath.set(file.path, {
        ...file,
        before: earlier.before,
        add: plus(earlier.add, file.add),
        del: plus(earlier.del, file.del),
      });
    }
  }
  return [...byPath.values()];
}

function sumLines(files: ChangedFile[] | null, known: boolean, key: "add" | "del"): number | null {
  if (files === null || !known) return null;
  // A binary file has no lines; it adds nothing to a sum of lines.
  return files.reduce((sum, file) => sum + (file[key] ?? 0), 0);
}

/** A commit that reached the default branch without a pull request. */
export function directLanding(commit: Commit): Landing {
  const title = subjectOf(commit.message);
  const known = commit.lineCounts === "known";
  return {
    change: {
      key: `sha:${commit.sha}`,
      number: null,
      title,
      message: commit.message,
      body: null,
      headRef: null,
      landedShas: [commit.sha],
      own: [],
      landedAt: Date.parse(commit.committer.at),
      isSyncMerge: commit.parents.length > 1,
      files: commit.files,
    },
    merged: null,
    input: null,
    additions: sumLines(commit.files, known, "add"),
    deletions: sumLines(commit.files, known, "del"),
  };
}

/** A merged pull request with the commits it left on the line, oldest first (at least one). */
export function pullRequestLanding(
  repo: string,
  merged: Merged,
  commits: Commit[],
  { issues, own }: { own: OwnCommit[]; issues: IssueLink[] | undefined },
): Landing {
  const landedFiles = combineFiles(commits);
  const files = landedFiles ?? merged.files ?? null;
  const known =
    commits.every((commit) => commit.lineCounts === "known") || (landedFiles === null && merged.files !== undefined);
  const message = commits.map((commit) => commit.message).join("\n\n");
  return {
    change: {
      key: `pr:${merged.number}`,
      number: merged.number,
      title: merged.title,
      message,
      // A clone has no description; what it gives as one is the landed message again, which must not count twice.
      body: merged.body !== null && message.includes(merged.body) ? null : merged.body,
      headRef: merged.headRef,
      landedShas: commits.map((commit) => commit.sha),
      own: own.map(({ sha, message }) => ({ sha, message })),
      landedAt: Date.parse(merged.mergedAt),
      isSyncMerge: false,
      files,
    },
    merged,
    input: {
      repo,
      number: merged.number,
      title: merged.title,
      body: merged.body,
      author: merged.author,
      headRef: merged.headRef,
      baseRef: merged.baseRef,
      labels: merged.labels,
      taskType: merged.taskType,
      mergeKind: merged.mergeKind,
      landed: commits.map(landedText),
      own: own.map(ownText),
      files,
      lineCounts: known ? "known" : "unknown",
      ...(merged.assignees === undefined ? {} : { assignees: merged.assignees }),
      ...(merged.askedByAgent === undefined ? {} : { askedByAgent: merged.askedByAgent }),
      ...(issues === undefined ? {} : { issues }),
    },
    additions: sumLines(files, known, "add"),
    deletions: sumLines(files, known, "del"),
  };
}
