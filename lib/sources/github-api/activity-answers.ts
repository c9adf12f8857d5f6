import { z } from "zod";
import { actorSchema, connection, instant, oid, repository } from "./answers";

/** What GitHub answers of what happens around pull requests, as far as it is read. */

export const deploymentSchema = z.object({
  id: z.string(),
  commitOid: oid,
  environment: z.string().nullable(),
  originalEnvironment: z.string().nullable(),
  task: z.string().nullable(),
  description: z.string().nullable(),
  createdAt: instant,
  creator: actorSchema.nullable(),
  statuses: z
    .object({ nodes: z.array(z.object({ id: z.string(), state: z.string(), createdAt: instant })) })
    .nullable(),
});
export type ApiDeployment = z.infer<typeof deploymentSchema>;

export const deploymentPageSchema = repository({
  deployments: z.object({ totalCount: z.number(), ...connection(deploymentSchema).shape }),
});

export const workflowRunSchema = z.object({
  id: z.number(),
  run_attempt: z.number().nullish(),
  name: z.string().nullish(),
  head_sha: oid,
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  run_started_at: instant.nullish(),
  created_at: instant,
  updated_at: instant,
  actor: z.object({ id: z.number(), login: z.string(), type: z.string() }).nullish(),
  pull_requests: z.array(z.object({ number: z.number() })).nullish(),
});
export type ApiWorkflowRun = z.infer<typeof workflowRunSchema>;

export const workflowRunPageSchema = z.object({ total_count: z.number(), workflow_runs: z.array(workflowRunSchema) });

const issueItem = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ __typename: z.literal(type), createdAt: instant, actor: actorSchema.nullable(), ...shape });

export const issueSchema = z.object({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  body: z.string(),
  createdAt: instant,
  updatedAt: instant,
  closedAt: instant.nullable(),
  stateReason: z.string().nullish(),
  author: actorSchema.nullable(),
  labels: z.object({ nodes: z.array(z.object({ name: z.string() }).nullable()).nullable() }).nullable(),
  timelineItems: z.object({
    nodes: z
      .array(
        z
          .discriminatedUnion("__typename", [
            issueItem("AssignedEvent", { assignee: actorSchema.nullable() }),
            issueItem("UnassignedEvent", { assignee: actorSchema.nullable() }),
            issueItem("LabeledEvent", { label: z.object({ name: z.string() }) }),
          ])
          .nullable(),
      )
      .nullable(),
  }),
  /** Left out by a server that is too old. */
  closedByPullRequestsReferences: z
    .object({
      nodes: z.array(z.object({ number: z.number(), repository: z.object({ id: z.string() }) }).nullable()).nullable(),
    })
    .nullish(),
});
export type ApiIssue = z.infer<typeof issueSchema>;

export const issuePageSchema = repository({
  issues: z.object({ totalCount: z.number(), ...connection(issueSchema).shape }),
});

const alert = { number: z.number(), created_at: instant };

/** `GET /repos/{owner}/{repo}/code-scanning/alerts` */
export const codeScanningAlertsSchema = z.array(
  z.object({
    ...alert,
    dismissed_at: z.string().nullish(),
    dismissed_reason: z.string().nullish(),
    fixed_at: z.string().nullish(),
    rule: z.object({
      description: z.string().nullish(),
      name: z.string().nullish(),
      security_severity_level: z.string().nullish(),
    }),
  }),
);

/** `GET /repos/{owner}/{repo}/dependabot/alerts` */
export const dependabotAlertsSchema = z.array(
  z.object({
    ...alert,
    dismissed_at: z.string().nullish(),
    dismissed_reason: z.string().nullish(),
    fixed_at: z.string().nullish(),
    security_advisory: z.object({ summary: z.string(), severity: z.string() }),
  }),
);

/** `GET /repos/{owner}/{repo}/secret-scanning/alerts` */
export const secretScanningAlertsSchema = z.array(
  z.object({
    ...alert,
    resolution: z.string().nullish(),
    resolved_at: z.string().nullish(),
    secret_type_display_name: z.string().nullish(),
  }),
);

export const releaseSchema = z.object({
  id: z.string(),
  tagName: z.string(),
  name: z.string().nullable(),
  isDraft: z.boolean(),
  isPrerelease: z.boolean(),
  createdAt: instant,
  publishedAt: instant.nullable(),
  /** null: the tag is gone. */
  tagCommit: z.object({ oid }).nullable(),
  author: actorSchema.nullable(),
});
export type ApiRelease = z.infer<typeof releaseSchema>;

export const releasePageSchema = repository({
  releases: z.object({ totalCount: z.number(), ...connection(releaseSchema).shape }),
});

export const checkContextSchema = z.discriminatedUnion("__typename", [
  z.object({
    __typename: z.literal("CheckRun"),
    id: z.string(),
    name: z.string(),
    conclusion: z.string().nullable(),
    startedAt: instant.nullable(),
    completedAt: instant.nullable(),
    checkSuite: z.object({
      app: z.object({ name: z.string(), slug: z.string() }).nullable(),
      workflowRun: z.object({ id: z.string() }).nullable(),
    }),
  }),
  z.object({
    __typename: z.literal("StatusContext"),
    id: z.string(),
    context: z.string(),
    state: z.string(),
    createdAt: instant,
    creator: actorSchema.nullable(),
  }),
]);
export type ApiCheckContext = z.infer<typeof checkContextSchema>;

export const contextsSchema = connection(checkContextSchema);
export const checkedPullRequestSchema = z.object({
  id: z.string(),
  number: z.number(),
  updatedAt: instant,
  headRefOid: oid,
  /** null: nothing ever checked its last commit; left out by a server that is too old. */
  statusCheckRollup: z.object({ contexts: contextsSchema }).nullish(),
});
export type ApiCheckedPullRequest = z.infer<typeof checkedPullRequestSchema>;

export const checkPageSchema = repository({
  pullRequests: z.object({ totalCount: z.number(), ...connection(checkedPullRequestSchema).shape }),
});
export const moreChecksSchema = z.object({
  node: z.object({ headRefOid: oid, statusCheckRollup: z.object({ contexts: contextsSchema }).nullable() }).nullable(),
});

/** `GET /repos/{owner}/{repo}/pulls/comments` */
export const reviewCommentsSchema = z.array(
  z.object({
    id: z.number(),
    pull_request_url: z.string(),
    /** null: the account was deleted. */
    user: z.object({ id: z.number(), login: z.string(), type: z.string() }).nullable(),
    path: z.string(),
    original_commit_id: oid.nullish(),
    in_reply_to_id: z.number().nullish(),
    reactions: z.object({ "+1": z.number(), "-1": z.number() }).optional(),
    created_at: instant,
    updated_at: instant,
  }),
);
export type ApiReviewComment = z.infer<typeof reviewCommentsSchema>[number];
