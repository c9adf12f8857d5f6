import { z } from "zod";
import { COST_ITEM_CODE } from "@/lib/core/dimensions";

/**
 * What a program tells of itself at `POST /api/v1/events`, one thing each. `id` is the sender's own name of the thing: the same id of
 * the same kind and repository is the same event, however often it comes.
 */

const INT4_MAX = 2_147_483_647;
const LONGEST_TEXT = 64 * 1024;
const MOST_FILES = 3000;
const MOST_COMMITS = 250;

const instant = z.iso
  .datetime({ offset: true, error: "must be an instant such as 2026-10-31T12:00:00Z" })
  .refine((text) => text >= "2000" && text < "2200", { error: "must be an instant of this century" });
const sha = z
  .string()
  .regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/, { error: "must be a full commit id, in small letters" });
const number = z.int().positive().max(INT4_MAX);
const count = z.int().nonnegative().max(INT4_MAX);
const word = z.string().trim().min(1).max(200);
const text = z.string().max(LONGEST_TEXT);

const repository = z
  .string()
  .max(250)
  .regex(/^[^/\s]+\/[^/\s]+$/, { error: "must be written as organisation/name" });
const organization = z.string().min(1).max(100);

/** A login alone, or what else is known of an account; logins that end in `[bot]` are those of programs. */
const account = z.union(
  [
    word,
    z.strictObject({
      login: word,
      type: z.enum(["user", "bot"]).optional(),
      /** Number of the account where it lives. */
      id: word.optional(),
      name: word.optional(),
      email: z.email().max(200).optional(),
    }),
  ],
  { error: "must be a login, or an account with a login" },
);
export type Account = z.output<typeof account>;

/** @param id what the sender calls it; an `Idempotency-Key` stands in for one that is left out */
const item = <Kind extends string, Fields extends z.ZodRawShape>(kind: Kind, fields: Fields) =>
  z.strictObject({ kind: z.literal(kind), id: word.optional(), at: instant, ...fields });

const ofRepository = { repository };
const ofPullRequest = { repository, number };

const changedFile = z.strictObject({
  path: z.string().min(1).max(4096),
  /** Where it was before. */
  from: z.string().min(1).max(4096).optional(),
  /** Lines; null: binary. */
  additions: count.nullable(),
  deletions: count.nullable(),
});

const ownCommit = z.strictObject({
  sha,
  /** With its trailers, which tell of agents. */
  message: text.min(1),
  author: z.strictObject({ name: word, email: z.string().max(200), at: instant }),
  additions: count.nullable().default(null),
  deletions: count.nullable().default(null),
});

const pullRequest = item("pull_request", {
  ...ofPullRequest,
  state: z.enum(["opened", "ready", "closed", "reopened", "merged"]),
  title: z.string().min(1).max(1000),
  author: account,
  body: text.nullable().default(null),
  /** Of the change, for instance `agent/fix-login`. */
  branch: z.string().min(1).max(500).nullable().default(null),
  /** The branch that it is merged into: the default branch, others are not counted. */
  base: z.string().min(1).max(500).default("main"),
  isDraft: z.boolean().default(false),
  labels: z.array(word).max(100).default([]),
  url: z.url().max(2000).nullable().default(null),
  /** What a merge left on the base branch; `merged` needs it. */
  mergeSha: sha.optional(),
  /** The first parent of that commit, where it is known. */
  parentSha: sha.optional(),
  mergeKind: z.enum(["squash", "merge", "rebase"]).default("squash"),
  mergedBy: account.optional(),
  files: z.array(changedFile).max(MOST_FILES).optional(),
  commits: z.array(ownCommit).max(MOST_COMMITS).default([]),
}).refine(({ mergeSha, state }) => state !== "merged" || mergeSha !== undefined, {
  path: ["mergeSha"],
  error: "is missing: it says what the merge left on the base branch",
});

const review = item("review", {
  ...ofPullRequest,
  reviewer: account,
  state: z.enum(["approved", "changes_requested", "commented"]),
  comments: count.nullable().default(null),
  sha: sha.optional(),
});

const conclusion = z.enum(["success", "failure", "cancelled", "timed_out", "skipped", "neutral"]);
const ofRun = { ...ofRepository, pullRequest: number.nullable().default(null), sha, conclusion };
const seconds = count.nullable().default(null);
const ciRun = item("ci_run", { ...ofRun, check: word, seconds });
const gateResult = item("gate_result", { ...ofRun, gate: word, seconds });

const status = z.enum(["success", "failure"]).default("success");
/** Numbers of those that it brings, or takes back, where the sender knows them. */
const pullRequests = z.array(number).max(1000).default([]);
const deployment = item("deployment", {
  ...ofRepository,
  service: word,
  environment: word,
  sha,
  status,
  pullRequests,
  change: z.enum(["change", "hotfix"]).default("change"),
});
/** `sha` is what runs afterwards; without one nothing was deployed, and `by` says how it was taken back. */
const rollback = item("rollback", {
  ...ofRepository,
  service: word.optional(),
  environment: word.optional(),
  sha: sha.optional(),
  status,
  pullRequests,
  by: z.enum(["flag", "hand"]).optional(),
  reason: z.string().trim().min(1).max(1000).optional(),
}).superRefine((value, context) => {
  const say = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message, input: undefined });
  if (value.sha !== undefined) {
    for (const field of ["service", "environment"] as const)
      if (value[field] === undefined) say(field, "is missing: it says what went back to that commit");
    for (const field of ["by", "reason"] as const)
      if (value[field] !== undefined) say(field, "must be left out where a commit says what was deployed");
    return;
  }
  if (value.pullRequests.length === 0)
    say("pullRequests", "is missing: name what was taken back, or the sha that runs afterwards");
  if (value.status === "failure") say("status", "must be success: what was not taken back is no rollback");
});

const incident = z
  .strictObject({
    kind: z.literal("incident"),
    id: word.optional(),
    at: instant,
    state: z.enum(["opened", "resolved"]),
    /** What it is called wherever it is handled: its opening and its end name the same. */
    incident: word,
    repository: repository.optional(),
    organization: organization.optional(),
    title: z.string().min(1).max(1000).optional(),
    severity: z.enum(["sev1", "sev2", "sev3", "sev4"]).optional(),
    service: word.optional(),
    /** The one that caused it, where somebody found out. */
    pullRequest: number.nullable().default(null),
  })
  .superRefine((value, context) => {
    const lacks = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message, input: undefined });
    if (value.repository === undefined && value.organization === undefined)
      lacks("repository", "is missing: name the repository, or the organization where it is of none");
    if (value.repository !== undefined && value.organization !== undefined)
      lacks("organization", "must be left out where the repository is named, which says it");
    if (value.pullRequest !== null && value.repository === undefined)
      lacks("repository", "is missing: a pull request is one of a repository");
    if (value.state === "resolved") return;
    for (const field of ["title", "severity", "service"] as const)
      if (value[field] === undefined) lacks(field, "is missing: an incident that is opened says it");
  });

const severity = z.enum(["critical", "high", "medium", "low"]);
const ofDefect = {
  ...ofRepository,
  title: z.string().min(1).max(1000),
  severity,
  /** The one that brought it, where somebody found out. */
  pullRequest: number.nullable().default(null),
  foundBeforeMerge: z.boolean().optional(),
};
const defect = item("defect", { ...ofDefect, isSecurity: z.boolean().default(false) });
const securityFinding = item("security_finding", {
  ...ofDefect,
  tool: z.string().trim().min(1).max(100),
  /** What the tool calls it: what becomes of a finding names the same. */
  finding: word,
  state: z.enum(["open", "dismissed", "fixed"]).default("open"),
});

const lines = z
  .strictObject({ covered: count, total: count })
  .refine(({ covered, total }) => covered <= total, { path: ["covered"], error: "must be at most the total" });
const coverage = item("coverage", {
  ...ofPullRequest,
  head: lines,
  base: lines.nullable().default(null),
  patch: lines.nullable().default(null),
});

const tokens = z.int().nonnegative();
const agentRun = item("agent_run", {
  ...ofRepository,
  pullRequest: number.nullable().default(null),
  agent: word,
  model: word.nullable().default(null),
  /** What the agent calls its session. */
  session: word.nullable().default(null),
  branch: z.string().min(1).max(500).nullable().default(null),
  outcome: z.enum(["success", "failure", "cancelled"]),
  /** How often it tried: a round of change and check is one. */
  iterations: count.nullable().default(null),
  seconds,
  tokens: z.strictObject({ input: tokens, output: tokens }).nullable().default(null),
});

const cost = item("cost", {
  organization,
  provider: word,
  agent: word.nullable().default(null),
  team: word.nullable().default(null),
  item: z.enum(Object.keys(COST_ITEM_CODE) as (keyof typeof COST_ITEM_CODE)[]),
  /** In units of the currency, as text, so that no float touches it. */
  amount: z
    .string()
    .regex(/^-?\d{1,12}(?:\.\d{1,4})?$/, { error: 'must be a decimal number as text, such as "12.50"' }),
  currency: z.string().refine((code) => /^[A-Z]{3}$/.test(code) && Intl.supportedValuesOf("currency").includes(code), {
    error: "must be the code of a currency, such as EUR",
  }),
  basis: z.enum(["billed", "metered", "estimated"]).default("metered"),
});

/** One event as a program sends it. */
export const nativeEventSchema = z.discriminatedUnion(
  "kind",
  [
    pullRequest,
    review,
    ciRun,
    gateResult,
    deployment,
    rollback,
    incident,
    defect,
    securityFinding,
    coverage,
    agentRun,
    cost,
  ],
  { error: "must be one of the kinds that docs/events.md lists" },
);
export type NativeEvent = z.output<typeof nativeEventSchema>;
export type NativeKind = NativeEvent["kind"];
export type NativeEventOf<Kind extends NativeKind> = Extract<NativeEvent, { kind: Kind }>;

/** Events of one request at most. */
export const MOST_NATIVE_EVENTS = 5000;

/** What became of each event, in the order that they came in. */
export const verdictsSchema = z.strictObject({
  accepted: z.int(),
  duplicates: z.int(),
  refused: z.int(),
  /** Understood, and nothing that figures need. */
  ignored: z.int(),
  items: z.array(
    z.strictObject({
      /** Which of those that were sent, from 0. */
      index: z.int(),
      id: z.string().nullable(),
      /** 201 new, 200 known already, 202 understood and not needed, 404 of nothing that is known here, 409 said otherwise before, 422 not as it has to be. */
      status: z.union([z.literal(201), z.literal(200), z.literal(202), z.literal(404), z.literal(409), z.literal(422)]),
      errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })),
    }),
  ),
});
export type Verdicts = z.output<typeof verdictsSchema>;
export type Verdict = Verdicts["items"][number];
