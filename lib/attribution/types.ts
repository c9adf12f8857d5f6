import type { AuthorKind, Category, Confidence, RevertKind } from "@/lib/core/dimensions";
import type { Actor, ChangedFile, PayloadOf, Signature } from "@/lib/events/schema";

/** A commit's identity and text: all that authorship rules look at. */
export interface CommitText {
  sha: string;
  author: Signature;
  committer: Signature;
  message: string;
  isMerge: boolean;
  /** Lines added, null where unknown. */
  additions: number | null;
}

/** Everything the authorship, category and team rules may see of one merged pull request. */
export interface PullRequestInput {
  /** Repository name inside its organisation, for instance `langfuse`. */
  repo: string;
  number: number;
  title: string;
  body: string | null;
  author: Actor | null;
  headRef: string | null;
  baseRef: string;
  labels: string[];
  taskType: string | null;
  mergeKind: "squash" | "merge" | "rebase";
  /** The commits it left on the default branch. */
  landed: CommitText[];
  /** Its own branch commits, oldest first; empty when the source does not hold them. */
  own: CommitText[];
  /** Changed files; null when the source does not know them. */
  files: ChangedFile[] | null;
  /** `unknown`: files are known but their line counts are not. */
  lineCounts: "known" | "unknown";
  /** Who was assigned when it was merged, and whom a program asked for a review; left out where the source does not say. */
  assignees?: Actor[];
  askedByAgent?: Actor[];
  /** Issues that it closes, with who assigned and labelled them; left out where the source does not say. */
  issues?: IssueLink[];
}

/** An issue that a pull request closes: who had it done often stands there. */
export type IssueLink = Pick<PayloadOf<"pull_request.issue_linked">, "issue" | "assigned" | "labelled">;

/** Why the product says so, in words a reader can check. `at` is a commit id, a field name or a path. */
export interface Evidence {
  /** Stable machine name of the rule, for instance `trailer:claude_code`. */
  rule: string;
  /** One sentence for people. */
  text: string;
  /** The text that matched, verbatim, at most 200 characters. */
  quote?: string;
  at?: string;
}

export interface AgentVerdict {
  /** Agent key of the rules data, for instance `claude_code`. */
  agent: string;
  /** Share of the pull request's own non-merge commits that carry this agent's mark, 0..1. */
  share: number;
  confidence: Confidence;
  evidence: Evidence[];
}

export interface AuthorshipVerdict {
  kind: AuthorKind;
  confidence: Confidence;
  agents: AgentVerdict[];
  /** Why this kind, when no agent is named (automation list, human). */
  evidence: Evidence[];
  /** Reviewer programs whose suggestions were accepted; never authorship. */
  suggestions: string[];
  /** Bot-like identities that no rule knows; for an admin to decide, never guessed. */
  unknownBots: { identity: string; name: string; role: "author" | "co-author" }[];
  /** Effective lines of agent commits / effective lines of all own commits, 0..1; null where not known. */
  agentLineShare: number | null;
  ruleVersion: string;
}

export interface CategoryVerdict {
  category: Category;
  /** manual | sensitive_path | label | paths | title | default (metrics.md G7). */
  rule: string;
  evidence: Evidence;
  classifierVersion: string;
}

/** `team` null: Unassigned. `delegation`: the person behind it and how that is known; left out where nobody is named. */
export interface TeamVerdict {
  team: string | null;
  evidence: Evidence;
  delegation?: { name: string; evidence: Evidence };
}

/** One landing on the default branch: a merged pull request or a direct push, in first-parent order. */
export interface LandedChange {
  /** `pr:<number>` or `sha:<commit id>`. */
  key: string;
  number: number | null;
  title: string;
  /** Message of the landed commit (of each for a rebase, joined by a blank line). */
  message: string;
  body: string | null;
  headRef: string | null;
  /** Commit ids this change left on the default branch. */
  landedShas: string[];
  /** Branch commits: ids and messages. */
  own: { sha: string; message: string }[];
  /** Milliseconds since the epoch, committer clock of the landing commit. */
  landedAt: number;
  /** true for a merge commit without a pull request that only brings another branch in. */
  isSyncMerge: boolean;
  files: ChangedFile[] | null;
}

export interface RevertTarget {
  key: string;
  number: number | null;
  sha: string;
  title: string;
  /** Revert landing minus target landing, committer clocks, in seconds; never negative (0 with evidence when clocks run backwards). */
  seconds: number;
  confidence: Confidence;
  evidence: Evidence[];
}

/** What the resolver says of one landed change that reverts, re-lands, or claims to. */
export interface RevertVerdict {
  /** Key of the reverting change. */
  key: string;
  kind: RevertKind;
  targets: RevertTarget[];
  /** Why it is unresolved, partial, and so on; evidence of the change as a whole. */
  evidence: Evidence[];
  resolverVersion: string;
}
