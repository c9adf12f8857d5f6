import { z } from "zod";

/**
 * The vocabulary of the event log: what sources write, what attribution and facts read. An event's id is made from
 * the thing it is about, so the same fact seen twice is one row. Payloads of one id never change meaning.
 */

const instant = z.iso.datetime({ offset: true });
const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, "a full commit id");
const lineCount = z.int().nonnegative().nullable();
/** Facts store numbers and counts in four bytes; a larger one is a mistake of its source. */
const INT4_MAX = 2_147_483_647;
const pullRequestNumber = z.int().positive().max(INT4_MAX);
const count = z.int().nonnegative().max(INT4_MAX);

/** A person or program as a source names it. Numeric `id` and `email` identify; `name` never does. */
export const actorSchema = z.object({
  type: z.enum(["user", "bot", "unknown"]),
  id: z.string().nullable(),
  login: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
});
export type Actor = z.infer<typeof actorSchema>;

export const signatureSchema = z.object({ name: z.string(), email: z.string(), at: instant });
export type Signature = z.infer<typeof signatureSchema>;

/** One file of a change. `add`/`del` null: binary, or the clone holds no contents. Blob ids null: added or removed. */
export const changedFileSchema = z.object({
  path: z.string(),
  from: z.string().optional(),
  add: lineCount,
  del: lineCount,
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type ChangedFile = z.infer<typeof changedFileSchema>;

/** Where the repository stood when it was read: `completeTo` is the watermark that metrics are computed as of. */
const repositoryObserved = z.object({
  branch: z.string(),
  headSha: sha,
  url: z.string().nullable(),
  completeFrom: instant.nullable(),
  completeTo: instant,
  /** `told`: no history was read, merges were told one by one. */
  history: z.enum(["full", "since", "shallow", "told"]),
  lineCounts: z.enum(["known", "unknown"]),
  pullRequestRefs: z.boolean(),
  /** That fixes were traced; left out by readers that did not do that yet, and where no contents are held. */
  tracesFixes: z.literal(true).optional(),
});

/** A commit on the first-parent line of the default branch: a squash, a merge, a rebased commit or a direct push. */
const commitLanded = z.object({
  sha,
  parents: z.array(sha),
  author: signatureSchema,
  committer: signatureSchema,
  message: z.string(),
  /** null: the clone holds no trees, so not even the paths are known. */
  files: z.array(changedFileSchema).nullable(),
  /** `unknown`: the clone holds no file contents; then `add` and `del` are null for every file, not only binary ones. */
  lineCounts: z.enum(["known", "unknown"]),
});

const pullRequestMerged = z.object({
  number: pullRequestNumber,
  title: z.string(),
  body: z.string().nullable(),
  author: actorSchema.nullable(),
  headRef: z.string().nullable(),
  headSha: sha.nullable(),
  baseRef: z.string(),
  labels: z.array(z.string()),
  taskType: z.string().nullable(),
  mergeKind: z.enum(["squash", "merge", "rebase"]),
  mergedAt: instant,
  /** The commit on the default branch that the merge left behind; for a rebase the last of `landedShas`. */
  mergeSha: sha,
  /** Commits of the first-parent line that belong to this pull request, oldest first. */
  landedShas: z.array(sha).min(1),
  mergedBy: actorSchema.nullable(),
  url: z.string().nullable(),
  /** What a source that knows pull requests by themselves tells besides; a clone leaves these out. */
  files: z.array(changedFileSchema).optional(),
  /** Commits of its branch as it was merged, oldest first: others of its events were pushed away. */
  ownShas: z.array(sha).optional(),
  assignees: z.array(actorSchema).optional(),
  /** People whom a program asked for a review: an agent asks whoever had it work. */
  askedByAgent: z.array(actorSchema).optional(),
  /** When it changed last: of several events about one pull request the latest speaks. */
  updatedAt: instant.optional(),
});

/** One of a pull request's own commits, as it stood on its branch. */
const pullRequestCommit = z.object({
  number: pullRequestNumber,
  sha,
  position: z.int().nonnegative(),
  author: signatureSchema,
  committer: signatureSchema,
  message: z.string(),
  isMerge: z.boolean(),
  additions: lineCount,
  deletions: lineCount,
  /** Number of the account whose address its author has, where the source knows it. */
  accountId: z.string().optional(),
});

const pullRequestOpened = z.object({
  number: pullRequestNumber,
  title: z.string(),
  author: actorSchema.nullable(),
  headRef: z.string().nullable(),
  isDraft: z.boolean(),
});
const pullRequestReady = z.object({ number: pullRequestNumber });
const pullRequestReopened = z.object({ number: pullRequestNumber });
const pullRequestConvertedToDraft = z.object({ number: pullRequestNumber });
/** Someone asked GitHub to merge it once all checks pass, or took that back. */
const pullRequestAutoMerge = z.object({ number: pullRequestNumber, enabled: z.boolean() });
const pullRequestQueued = z.object({ number: pullRequestNumber, added: z.boolean() });
const pullRequestForcePushed = z.object({ number: pullRequestNumber, before: sha.nullable(), after: sha.nullable() });
/** `reviewer` null: a team, or an account that was deleted. */
const pullRequestReviewRequested = z.object({
  number: pullRequestNumber,
  reviewer: actorSchema.nullable(),
  team: z.string().nullable(),
});
const pullRequestAssigned = z.object({
  number: pullRequestNumber,
  assignee: actorSchema.nullable(),
  assigned: z.boolean(),
});
/**
 * An issue that it closes, as it stood at its last change: who is assigned by whom, and who put which labels on it. An agent's
 * work often begins there.
 */
const pullRequestIssueLinked = z.object({
  number: pullRequestNumber,
  issue: pullRequestNumber,
  assigned: z.array(z.object({ assignee: actorSchema, by: actorSchema.nullable() })),
  labelled: z.array(z.object({ label: z.string(), by: actorSchema.nullable() })),
  updatedAt: instant,
});
const pullRequestClosed = z.object({ number: pullRequestNumber, title: z.string(), author: actorSchema.nullable() });

const reviewSubmitted = z.object({
  number: pullRequestNumber,
  reviewer: actorSchema,
  state: z.enum(["approved", "changes_requested", "commented"]),
  /** null: the source does not say. */
  comments: count.nullable(),
  /** The commit that was looked at: an approval of an earlier one is stale. */
  sha: sha.optional(),
});

/** A comment on a line of a change. `author` null: the account was deleted. */
const reviewCommented = z.object({
  number: pullRequestNumber,
  comment: z.string(),
  author: actorSchema.nullable(),
  path: z.string(),
  /** The comment that it answers. */
  repliesTo: z.string().nullable(),
});

/** How a thread of comments stood when its pull request was read: when it was resolved is not told. */
const reviewThreadObserved = z.object({
  number: pullRequestNumber,
  thread: z.string(),
  path: z.string(),
  isResolved: z.boolean(),
  isOutdated: z.boolean(),
  resolvedBy: actorSchema.nullable(),
});

const ciRunFinished = z.object({
  number: pullRequestNumber.nullable(),
  headSha: sha,
  check: z.string(),
  conclusion: z.enum(["success", "failure", "cancelled", "timed_out", "skipped", "neutral"]),
  /** null: the source tells when it ended and not when it began. */
  seconds: count.nullable(),
});

const deploymentFinished = z.object({
  service: z.string(),
  environment: z.string(),
  sha,
  status: z.enum(["success", "failure"]),
  deploymentKind: z.enum(["change", "hotfix", "rollback"]),
  numbers: z.array(pullRequestNumber),
});

/** That pull requests were taken back without a deployment and without a revert: by a flag, or by hand. */
const rollbackReported = z.object({
  numbers: z.array(pullRequestNumber).min(1),
  how: z.enum(["flag", "hand"]),
  reason: z.string().nullable(),
});

/** `sha` null: its tag is gone. */
const releasePublished = z.object({
  tag: z.string(),
  name: z.string().nullable(),
  sha: sha.nullable(),
  isPrerelease: z.boolean(),
});

const incidentOpened = z.object({
  incident: z.string(),
  title: z.string(),
  severity: z.enum(["sev1", "sev2", "sev3", "sev4"]),
  service: z.string(),
  causedByNumber: pullRequestNumber.nullable(),
});
const incidentResolved = z.object({ incident: z.string() });

const defectOpened = z.object({
  defect: z.string(),
  title: z.string(),
  severity: z.enum(["critical", "high", "medium", "low"]),
  security: z.boolean(),
  causedByNumber: pullRequestNumber.nullable(),
  /** Whether it was found before the pull request that brings it was merged; absent: the source does not tell. */
  beforeMerge: z.boolean().optional(),
});

/** Lines of code, and how many of them tests ran. */
const lineCoverage = z.object({ covered: count, total: count });
/** What CI measured of a pull request: its head, what it is merged into, and the lines that it changes. */
const coverageReported = z.object({
  number: pullRequestNumber,
  head: lineCoverage,
  base: lineCoverage.nullable(),
  patch: lineCoverage.nullable(),
});

/** What a scanner of code found in a pull request, at its head of that time: nothing found is 0. */
const findingsReported = z.object({ number: pullRequestNumber, tool: z.string().min(1).max(100), findings: count });

/** Lines of a file that a pull request added, and those of them that others deleted or changed within so many days. */
const churnedFile = z.object({ path: z.string(), lines: count, gone14d: count, gone21d: count });
/** What became of the lines that a pull request added, told when 21 days are over: files that it added lines to. */
const codeChurnMeasured = z.object({ number: pullRequestNumber, files: z.array(churnedFile) });

const tracedFile = z.object({
  path: z.string(),
  /** Lines of code that the fix takes out or changes. */
  lines: count,
  /** How many of them which pull requests brought; the rest is of none. */
  owners: z.array(z.object({ number: pullRequestNumber, mergedAt: instant, lines: count })),
});
/** Whose lines a fix takes out or changes: where a defect may have come from (metrics.md 2.7, L4). */
const fixTraced = z.object({ number: pullRequestNumber, files: z.array(tracedFile) });

/** That somebody looked at a finding of a scanner, and whether it was none. */
const findingJudged = z.object({ finding: z.string(), tool: z.string().min(1).max(100), isFalse: z.boolean() });

/**
 * Money: `amountMinor` is an integer in the currency's minor unit, as a decimal string so that no float touches it; at
 * most 15 digits, so that sums of them stay exact.
 */
const costIncurred = z.object({
  provider: z.string(),
  agent: z.string().nullable(),
  team: z.string().nullable(),
  item: z.enum(["api", "seats", "ci", "infrastructure", "training"]),
  amountMinor: z.string().regex(/^-?\d{1,15}$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** How it is known; left out, it was billed. */
  basis: z.enum(["billed", "metered", "estimated"]).optional(),
});

/** What an agent did, as it or what runs it tells. `agent` is its key among the rules, or its own name. */
const agentRunFinished = z.object({
  number: pullRequestNumber.nullable(),
  agent: z.string().min(1),
  model: z.string().nullable(),
  session: z.string().nullable(),
  branch: z.string().nullable(),
  outcome: z.enum(["success", "failure", "cancelled"]),
  iterations: count.nullable(),
  seconds: count.nullable(),
  tokens: z.object({ input: z.int().nonnegative(), output: z.int().nonnegative() }).nullable(),
});

/** The CODEOWNERS file as it stood from this commit on; `rules` null when the file was removed. */
const codeownersChanged = z.object({ sha, path: z.string(), rules: z.string().nullable() });

const base = {
  id: z.string().min(1).max(400),
  orgId: z.int().positive(),
  source: z.string().min(1),
  repo: z.string().min(1).nullable(),
  occurredAt: instant,
  subject: z.string().min(1),
  actor: actorSchema.nullable(),
};

const event = <K extends string, P extends z.ZodType>(kind: K, payload: P) =>
  z.object({ ...base, kind: z.literal(kind), payload });

export const fleetEventSchema = z.discriminatedUnion("kind", [
  event("repository.observed", repositoryObserved),
  event("commit.landed", commitLanded),
  event("codeowners.changed", codeownersChanged),
  event("pull_request.opened", pullRequestOpened),
  event("pull_request.ready", pullRequestReady),
  event("pull_request.commit", pullRequestCommit),
  event("pull_request.merged", pullRequestMerged),
  event("pull_request.closed", pullRequestClosed),
  event("pull_request.reopened", pullRequestReopened),
  event("pull_request.converted_to_draft", pullRequestConvertedToDraft),
  event("pull_request.auto_merge", pullRequestAutoMerge),
  event("pull_request.queued", pullRequestQueued),
  event("pull_request.force_pushed", pullRequestForcePushed),
  event("pull_request.review_requested", pullRequestReviewRequested),
  event("pull_request.assigned", pullRequestAssigned),
  event("pull_request.issue_linked", pullRequestIssueLinked),
  event("review.submitted", reviewSubmitted),
  event("review.commented", reviewCommented),
  event("review_thread.observed", reviewThreadObserved),
  event("ci_run.finished", ciRunFinished),
  event("deployment.finished", deploymentFinished),
  event("rollback.reported", rollbackReported),
  event("release.published", releasePublished),
  event("incident.opened", incidentOpened),
  event("incident.resolved", incidentResolved),
  event("defect.opened", defectOpened),
  event("coverage.reported", coverageReported),
  event("findings.reported", findingsReported),
  event("code_churn.measured", codeChurnMeasured),
  event("finding.judged", findingJudged),
  event("fix.traced", fixTraced),
  event("agent_run.finished", agentRunFinished),
  event("cost.incurred", costIncurred),
]);
export type FleetEvent = z.infer<typeof fleetEventSchema>;
export type FleetEventKind = FleetEvent["kind"];
export type FleetEventOf<K extends FleetEventKind> = Extract<FleetEvent, { kind: K }>;
export type PayloadOf<K extends FleetEventKind> = FleetEventOf<K>["payload"];

/** Subjects: what an event is about, the key that folds events of one thing together, whichever source saw it. */
export const pullRequestSubject = (repo: string, number: number): string => `pull_request:${repo}#${number}`;
export const commitSubject = (repo: string, sha: string): string => `commit:${repo}@${sha}`;
export const repositorySubject = (repo: string): string => `repository:${repo}`;
