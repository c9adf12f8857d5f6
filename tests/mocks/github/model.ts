/** What the test GitHub holds: plain data, in GitHub's own words as far as there are any. */

export interface Account {
  type: "User" | "Bot" | "Mannequin" | "Organization";
  login: string;
  databaseId: number;
  name: string | null;
}

export interface GitActor {
  name: string;
  email: string;
  date: string;
  /** The account that has the address. */
  user?: { databaseId: number } | null;
}

export interface Commit {
  oid: string;
  message: string;
  author: GitActor;
  committer: GitActor;
  parents: string[];
}

export interface ChangedFile {
  path: string;
  additions: number;
  deletions: number;
  changeType: "ADDED" | "MODIFIED" | "DELETED" | "RENAMED";
}

/** A timeline item as the schema has it: `__typename` and its fields. */
export type TimelineEntry = { __typename: string; id: string; createdAt: string } & Record<string, unknown>;

export interface ReviewThread {
  id: string;
  path: string;
  isResolved: boolean;
  isOutdated: boolean;
  resolvedBy: Account | null;
}

/** A check or a status of a commit as the schema has it: `__typename` and its fields. */
export type CheckContext = { __typename: "CheckRun" | "StatusContext"; id: string } & Record<string, unknown>;

export interface PullRequest {
  id: string;
  databaseId: number;
  number: number;
  title: string;
  body: string;
  state: "OPEN" | "CLOSED" | "MERGED";
  isDraft: boolean;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  mergedAt: string | null;
  author: Account | null;
  mergedBy: Account | null;
  headRefName: string;
  headRefOid: string;
  baseRefName: string;
  mergeCommit: string | null;
  labels: string[];
  files: ChangedFile[];
  timeline: TimelineEntry[];
  threads: ReviewThread[];
  /** Of its last commit. */
  checks: CheckContext[];
}

/** As the REST API gives it. */
export interface ReviewComment {
  id: number;
  pull_request_url: string;
  user: { id: number; login: string; type: string } | null;
  path: string;
  original_commit_id: string;
  in_reply_to_id?: number;
  created_at: string;
  updated_at: string;
}

export interface Release {
  id: string;
  tagName: string;
  name: string | null;
  isDraft: boolean;
  isPrerelease: boolean;
  createdAt: string;
  publishedAt: string | null;
  tagCommit: string | null;
  author: Account | null;
}

export interface Deployment {
  id: string;
  commitOid: string;
  environment: string;
  task: string;
  description: string | null;
  createdAt: string;
  creator: Account | null;
  statuses: { id: string; state: string; createdAt: string }[];
}

export interface WorkflowRun {
  id: number;
  run_attempt: number;
  name: string;
  head_sha: string;
  status: "completed" | "in_progress";
  conclusion: string | null;
  run_started_at: string;
  created_at: string;
  updated_at: string;
  actor: { id: number; login: string; type: string } | null;
  pull_requests: { number: number }[];
}

export interface Issue {
  id: string;
  number: number;
  title: string;
  body: string;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  stateReason: string | null;
  labels: string[];
  author: Account | null;
  timeline: TimelineEntry[];
  /** Numbers of the pull requests that close it. */
  closedBy: number[];
}

/** Alerts as the REST API gives them, by the name of their list. */
export type Alerts = Record<
  "code-scanning" | "dependabot" | "secret-scanning",
  { number: number; created_at: string }[]
>;

export interface Repository {
  id: string;
  databaseId: number;
  owner: string;
  name: string;
  /** Names it had before; GitHub still finds it by them. */
  formerNames: string[];
  isArchived: boolean;
  isFork: boolean;
  isPrivate: boolean;
  /** Deleted, or no longer shown to the credential. */
  gone: boolean;
  defaultBranch: string;
  /** null: nothing was ever pushed. */
  head: string | null;
  commits: Map<string, Commit>;
  /** CODEOWNERS as it was after the commits that changed it, oldest first; null: removed. */
  codeowners: { oid: string; text: string | null }[];
  pullRequests: PullRequest[];
  deployments: Deployment[];
  workflowRuns: WorkflowRun[];
  issues: Issue[];
  releases: Release[];
  reviewComments: ReviewComment[];
  /** null: the features are off. */
  alerts: Alerts | null;
}

export interface Team {
  id: string;
  slug: string;
  name: string;
  members: Account[];
}

export interface Dataset {
  organization: Account & { id: string };
  teams: Team[];
  repositories: Repository[];
}
