import { z } from "zod";
import { AUTHOR_KINDS, CATEGORIES, CONFIDENCES, EXCLUSIONS, REVERT_KINDS } from "@/lib/core/dimensions";
import { FAILURE_CAUSES } from "@/lib/core/failure-causes";
import { CHECKS } from "@/lib/core/policy";
import { agentName, count, instant, replica } from "@/lib/metrics/answer-parts";
import type {
  ClosedPullRequestDetail,
  DataHealth,
  OperationItem,
  Page,
  PullRequestDetail,
  PullRequestItem,
  RollbackItem,
  TimelineItem,
} from "./types";

/** The answers of lists and pages as schemas: the OpenAPI document is made from them, and route tests check answers by them. */
const evidence = z.strictObject({
  rule: z.string(),
  text: z.string(),
  quote: z.string().optional(),
  at: z.string().optional(),
});

const authorKind = z.enum(AUTHOR_KINDS);

const category = z.enum(CATEGORIES);

const confidence = z.enum(CONFIDENCES);

const pullRequestItem = z.strictObject({
  id: z.string(),
  org: z.string(),
  repo: z.string(),
  number: count,
  title: z.string(),
  url: z.string().nullable(),
  outcome: z.enum(["merged", "closed"]),
  mergedAt: instant,
  authorKind,
  agents: z.array(agentName.extend({ share: z.number(), confidence, evidence: z.array(evidence) })),
  category,
  team: z.string().nullable(),
  exclusion: z.enum(EXCLUSIONS),
  effectiveLines: count.nullable(),
  rolledBackAt: instant.nullable(),
  hoursToRollback: z.number().nullable(),
  isSample: z.boolean(),
}) satisfies z.ZodType<PullRequestItem>;

const rollbackItem = z.strictObject({
  id: z.string(),
  pullRequest: z
    .strictObject({
      id: z.string().nullable(),
      repo: z.string(),
      number: count.nullable(),
      title: z.string(),
      mergedAt: instant,
    })
    .nullable(),
  repo: z.string(),
  org: z.string(),
  revert: z.strictObject({
    id: z.string().nullable(),
    number: count.nullable(),
    sha: z.string(),
    title: z.string(),
    at: instant,
  }),
  kind: z.enum(REVERT_KINDS),
  counts: z.boolean(),
  hours: z.number().nullable(),
  confidence,
  evidence: z.array(evidence),
  relandedBy: z
    .strictObject({ id: z.string().nullable(), number: count.nullable(), sha: z.string(), at: instant })
    .nullable(),
  authorKind: authorKind.nullable(),
  agents: z.array(agentName),
  category: category.nullable(),
  team: z.string().nullable(),
  isSample: z.boolean(),
}) satisfies z.ZodType<RollbackItem>;

const page = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable(), total: count });

export const pullRequestPageSchema = page(pullRequestItem) satisfies z.ZodType<Page<PullRequestItem>>;

const operationItem = z.strictObject({
  id: z.string(),
  org: z.string(),
  repo: z.string(),
  isSample: z.boolean(),
  kind: z.enum(["change", "hotfix", "rollback", "incident"]),
  name: z.string(),
  service: z.string().nullable(),
  at: instant,
  succeeded: z.boolean().nullable(),
  failure: z
    .strictObject({
      startedAt: instant,
      restoredAt: instant.nullable(),
      incidents: z.array(z.string()),
      rolledBackAt: instant.nullable(),
    })
    .nullable(),
  resolvedAt: instant.nullable(),
  pullRequests: z.array(z.strictObject({ id: z.string(), number: count })),
  pullRequestCount: count,
});

export const operationPageSchema = page(operationItem) satisfies z.ZodType<Page<OperationItem>>;

export const rollbackPageSchema = page(rollbackItem) satisfies z.ZodType<Page<RollbackItem>>;

export const pullRequestDetailSchema = pullRequestItem.extend({
  outcome: z.literal("merged"),
  authorName: z.string().nullable(),
  headRef: z.string().nullable(),
  mergeSha: z.string(),
  mergeKind: z.enum(["squash", "merge", "rebase"]),
  additions: count.nullable(),
  deletions: count.nullable(),
  changedFiles: count.nullable(),
  prodLines: count.nullable(),
  linesReason: z.string().nullable(),
  authorship: z.strictObject({
    confidence,
    evidence: z.array(evidence),
    suggestions: z.array(z.string()),
    ruleVersion: z.string(),
  }),
  categoryVerdict: z.strictObject({ rule: z.string(), evidence, classifierVersion: z.string() }),
  teamVerdict: z.strictObject({ evidence }),
  delegation: z.strictObject({ name: z.string().nullable(), evidence }).nullable(),
  exclusionEvidence: evidence.nullable(),
  correction: z
    .strictObject({
      authorKind: z.enum(AUTHOR_KINDS).nullable(),
      agents: z.array(z.string()).nullable(),
      category: z.enum(CATEGORIES).nullable(),
      notRolledBack: z.boolean(),
      rolledBackAt: instant.nullable(),
      why: z.string(),
      by: z.string(),
      at: instant,
    })
    .nullable(),
  policy: z
    .strictObject({ state: z.enum(["compliant", "violation", "not_evaluable"]), failed: z.array(z.enum(CHECKS)) })
    .nullable(),
  failure: z
    .strictObject({
      reasons: z.array(z.enum(["rolled_back", "reworked", "defect"])),
      cause: z.enum(FAILURE_CAUSES).nullable(),
      decidedAt: instant.nullable(),
    })
    .nullable(),
  rollbacks: z.array(rollbackItem),
  reverts: z.array(rollbackItem),
}) satisfies z.ZodType<PullRequestDetail>;

const closedPullRequestDetail = pullRequestItem.extend({
  outcome: z.literal("closed"),
  ...pullRequestDetailSchema.pick({ authorName: true, authorship: true, categoryVerdict: true, failure: true }).shape,
}) satisfies z.ZodType<ClosedPullRequestDetail>;

/** A pull request, however it ended. */
export const anyPullRequestSchema = z.discriminatedUnion("outcome", [pullRequestDetailSchema, closedPullRequestDetail]);

export const dataHealthResponseSchema = z.strictObject({
  replica,
  repositories: z.array(
    z.strictObject({
      org: z.string(),
      repo: z.string(),
      isSample: z.boolean(),
      url: z.string().nullable(),
      branch: z.string(),
      completeFrom: instant.nullable(),
      completeTo: instant,
      history: z.enum(["full", "since", "shallow", "told"]),
      lineCounts: z.enum(["known", "unknown"]),
      pullRequestRefs: z.boolean(),
      landed: count,
      merged: count,
      squash: count,
      mergeCommit: count,
      rebase: count,
      direct: count,
      strong: count,
      weak: count,
      unmarked: count,
      unknownLines: count,
      unresolved: count,
      futureDated: count,
      missingCommits: count,
      pending: z.boolean(),
      weekly: z.array(z.strictObject({ week: z.iso.date(), merged: count, agent: count })),
      missing: z.array(z.string()),
      unassigned: count,
      github: z
        .strictObject({
          state: z.enum(["followed", "reading", "paused", "broken", "gone"]),
          readTo: instant.nullable(),
        })
        .nullable(),
      way: z.strictObject({
        pullRequests: count,
        opened: count,
        reviewed: count,
        approved: count,
        deployed: count,
      }),
      lastRun: instant.nullable(),
      lastDeployment: instant.nullable(),
    }),
  ),
  unknownBots: z.array(
    z.strictObject({
      org: z.string(),
      repo: z.string(),
      identity: z.string(),
      name: z.string(),
      role: z.enum(["author", "co-author"]),
      pullRequests: count,
      firstSeen: instant,
      lastSeen: instant,
      example: z.strictObject({ id: z.string(), number: count }),
    }),
  ),
  unresolved: z.array(rollbackItem),
}) satisfies z.ZodType<DataHealth>;

export const timelineSchema = z.strictObject({
  items: z.array(z.strictObject({ at: instant, kind: z.string(), source: z.string(), text: z.string() })),
  way: z.strictObject({
    openedAt: instant.nullable(),
    readyAt: instant.nullable(),
    firstReviewAt: instant.nullable(),
    approvedAt: instant.nullable(),
    mergedAt: instant.nullable(),
    deployedAt: instant.nullable(),
  }),
  nextCursor: z.null(),
}) satisfies z.ZodType<{ items: TimelineItem[] }>;
