import type { AuthorKind, Category, Confidence, Exclusion, RevertKind } from "@/lib/core/dimensions";
import type { FailureCause } from "@/lib/core/failure-causes";
import type { Check } from "@/lib/core/policy";
import type { ReplicaFreshness } from "@/lib/metrics/types";

/** What lists and pages of pull requests, rollbacks, deployments and the health of the data show. */

export interface EvidenceItem {
  rule: string;
  text: string;
  quote?: string;
  at?: string;
}

export interface AgentItem {
  agent: string;
  name: string;
  share: number;
  confidence: Confidence;
  evidence: EvidenceItem[];
}

/** How a pull request ended. */
export type PullRequestOutcome = "merged" | "closed";

export interface PullRequestItem {
  /** `<repository id>-<number>`, stable across rebuilds. */
  id: string;
  org: string;
  /** `org/name`. */
  repo: string;
  number: number;
  title: string;
  url: string | null;
  /** Whether it was merged, or closed without it. */
  outcome: PullRequestOutcome;
  /** When it was merged, or closed. */
  mergedAt: string;
  authorKind: AuthorKind;
  agents: AgentItem[];
  category: Category;
  team: string | null;
  exclusion: Exclusion;
  effectiveLines: number | null;
  rolledBackAt: string | null;
  hoursToRollback: number | null;
  isSample: boolean;
}

/** That a pull request had to be taken back or mended, and why, if somebody has said it. */
export interface PullRequestFailure {
  reasons: ("rolled_back" | "reworked" | "defect")[];
  cause: FailureCause | null;
  decidedAt: string | null;
}

/** Whether a pull request was merged as the policy asks, and the checks that it fails. */
export interface PullRequestPolicy {
  state: "compliant" | "violation" | "not_evaluable";
  failed: Check[];
}

/** What somebody says of a pull request in the place of the rules; null is left to them. */
export interface PullRequestCorrection {
  authorKind: AuthorKind | null;
  agents: string[] | null;
  category: Category | null;
  notRolledBack: boolean;
  /** When it was rolled back, where nothing that was merged tells of it. */
  rolledBackAt: string | null;
  why: string;
  by: string;
  at: string;
}

export interface PullRequestDetail extends PullRequestItem {
  outcome: "merged";
  authorName: string | null;
  headRef: string | null;
  mergeSha: string;
  mergeKind: "squash" | "merge" | "rebase";
  additions: number | null;
  deletions: number | null;
  changedFiles: number | null;
  /** Effective lines without tests and documentation. */
  prodLines: number | null;
  /** Why line counts are missing, when they are. */
  linesReason: string | null;
  authorship: { confidence: Confidence; evidence: EvidenceItem[]; suggestions: string[]; ruleVersion: string };
  categoryVerdict: { rule: string; evidence: EvidenceItem; classifierVersion: string };
  teamVerdict: { evidence: EvidenceItem };
  /** Whom it was made for and how that is known; null where nobody is named. The name only where persons are shown. */
  delegation: { name: string | null; evidence: EvidenceItem } | null;
  exclusionEvidence: EvidenceItem | null;
  /** What somebody says in the place of the rules; null: nobody does. */
  correction: PullRequestCorrection | null;
  /** null: it has not failed. */
  failure: PullRequestFailure | null;
  /** null of one that no agent had a hand in. */
  policy: PullRequestPolicy | null;
  /** Every verdict that undoes this pull request (revert, partial, re-land chain), oldest first. */
  rollbacks: RollbackItem[];
  /** Verdicts in which this pull request is the revert or the re-land. */
  reverts: RollbackItem[];
}

/** A pull request that was closed without a merge. Nothing landed, so that neither lines nor a team by code are known. */
export interface ClosedPullRequestDetail
  extends PullRequestItem,
    Pick<PullRequestDetail, "authorName" | "authorship" | "categoryVerdict" | "failure"> {
  outcome: "closed";
}

export interface RollbackItem {
  id: string;
  /** null: unresolved, the change says it reverts something that could not be found. */
  pullRequest: { id: string | null; repo: string; number: number | null; title: string; mergedAt: string } | null;
  repo: string;
  org: string;
  revert: { id: string | null; number: number | null; sha: string; title: string; at: string };
  kind: RevertKind;
  /** Whether it is the first full revert of its target: the one that the rates count. */
  counts: boolean;
  hours: number | null;
  confidence: Confidence;
  evidence: EvidenceItem[];
  relandedBy: { id: string | null; number: number | null; sha: string; at: string } | null;
  authorKind: AuthorKind | null;
  agents: { agent: string; name: string }[];
  category: Category | null;
  team: string | null;
  isSample: boolean;
}

/** A production deployment or an incident, and what is known of how it went. */
export interface OperationItem {
  id: string;
  org: string;
  /** `org/name`. */
  repo: string;
  isSample: boolean;
  kind: "change" | "hotfix" | "rollback" | "incident";
  /** The commit that was deployed, or what the incident is called. */
  name: string;
  /** null of an incident. */
  service: string | null;
  /** When the deployment ended, or the incident began. */
  at: string;
  /** Whether it came up; null of an incident. */
  succeeded: boolean | null;
  /** null: nothing is known to have gone wrong. */
  failure: {
    startedAt: string;
    restoredAt: string | null;
    /** Incidents that name a pull request of it. */
    incidents: string[];
    /** When its service went back to an older version. */
    rolledBackAt: string | null;
  } | null;
  /** When an incident was over; null: it is not, or this is a deployment. */
  resolvedAt: string | null;
  /** What it was the first to bring, or what an incident names as its cause: the first twenty. */
  pullRequests: { id: string; number: number }[];
  pullRequestCount: number;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  /** Rows that the filters select, over all pages. */
  total: number;
}

/** One repository's row on the Data health page. */
export interface RepositoryHealth {
  org: string;
  repo: string;
  isSample: boolean;
  url: string | null;
  branch: string;
  completeFrom: string | null;
  completeTo: string;
  /** `told`: nothing reads it, programs tell of its merges. */
  history: "full" | "since" | "shallow" | "told";
  lineCounts: "known" | "unknown";
  pullRequestRefs: boolean;
  landed: number;
  merged: number;
  squash: number;
  mergeCommit: number;
  rebase: number;
  direct: number;
  /** Attribution coverage: pull requests with a strong mark, a weak mark, none. */
  strong: number;
  weak: number;
  unmarked: number;
  unknownLines: number;
  unresolved: number;
  futureDated: number;
  missingCommits: number;
  /** Events of this repository that no projection has seen yet. */
  pending: boolean;
  /** Merged per week, oldest first, for the last 26 weeks up to completeTo. */
  weekly: { week: string; merged: number; agent: number }[];
  /** What the source cannot give, in words: "no reviews, CI or deployments: a clone does not hold them". */
  missing: string[];
  /** Merged pull requests that belong to no team. */
  unassigned: number;
  /** How it is followed at GitHub, `reading` until all that is wanted was read once; null: it is not. */
  github: { state: "followed" | "reading" | "paused" | "broken" | "gone"; readTo: string | null } | null;
  /** Of the latest merged pull requests, at most 25, how many tell of each step of their way. */
  way: Record<"pullRequests" | "opened" | "reviewed" | "approved" | "deployed", number>;
  /** When the latest of what is known of it ended. */
  lastRun: string | null;
  lastDeployment: string | null;
}

export interface UnknownBotItem {
  org: string;
  repo: string;
  identity: string;
  name: string;
  role: "author" | "co-author";
  pullRequests: number;
  firstSeen: string;
  lastSeen: string;
  example: { id: string; number: number };
}

export interface DataHealth {
  replica: ReplicaFreshness | null;
  repositories: RepositoryHealth[];
  unknownBots: UnknownBotItem[];
  unresolved: RollbackItem[];
}

/** One entry of a pull request's timeline, from the event log. */
export interface TimelineItem {
  at: string;
  kind: string;
  source: string;
  /** One sentence. */
  text: string;
}
