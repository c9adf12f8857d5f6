import { z } from "zod";

/** What GitHub answers, as far as it is read. Fields beyond these are let pass, so that a newer GitHub breaks nothing. */

export const instant = z.iso.datetime({ offset: true });
export const oid = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);

/** null: the account was deleted. An account of a kind that has no number is told by its login alone. */
export const actorSchema = z.object({
  __typename: z.string(),
  login: z.string(),
  databaseId: z.number().nullish(),
  name: z.string().nullish(),
});
export type ApiActor = z.infer<typeof actorSchema>;

const gitActorSchema = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  date: instant.nullable(),
});
export type ApiGitActor = z.infer<typeof gitActorSchema>;
/** With the account that has the address: null for one that nobody has, and for programs. */
const linkedActorSchema = gitActorSchema.extend({ user: z.object({ databaseId: z.number().nullable() }).nullish() });

export const pageInfoSchema = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
export const connection = <Node extends z.ZodType>(node: Node) =>
  z.object({ pageInfo: pageInfoSchema, nodes: z.array(node.nullable()).nullable() });

const happened = { id: z.string(), createdAt: instant, actor: actorSchema.nullable() };
const item = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ __typename: z.literal(type), ...shape });

export const timelineItemSchema = z.discriminatedUnion("__typename", [
  item("PullRequestCommit", {
    commit: z.object({
      oid,
      message: z.string(),
      additions: z.number(),
      deletions: z.number(),
      author: linkedActorSchema.nullable(),
      committer: gitActorSchema.nullable(),
    }),
  }),
  item("PullRequestReview", {
    id: z.string(),
    state: z.enum(["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"]),
    submittedAt: instant.nullable(),
    author: actorSchema.nullable(),
    reviewed: z.object({ oid }).nullable(),
  }),
  item("ReviewDismissedEvent", {
    previousReviewState: z.string(),
    review: z.object({ id: z.string() }).nullable(),
  }),
  item("ReadyForReviewEvent", happened),
  item("ConvertToDraftEvent", happened),
  item("AutoMergeEnabledEvent", happened),
  item("AutoMergeDisabledEvent", happened),
  item("AddedToMergeQueueEvent", happened),
  item("RemovedFromMergeQueueEvent", happened),
  item("HeadRefForcePushedEvent", {
    ...happened,
    beforeCommit: z.object({ oid }).nullable(),
    afterCommit: z.object({ oid }).nullable(),
  }),
  item("ReviewRequestedEvent", {
    ...happened,
    requestedReviewer: z
      .object({ ...actorSchema.partial().shape, __typename: z.string(), slug: z.string().optional() })
      .nullable(),
  }),
  item("AssignedEvent", { ...happened, assignee: actorSchema.nullable() }),
  item("UnassignedEvent", { ...happened, assignee: actorSchema.nullable() }),
  item("RenamedTitleEvent", { createdAt: instant, previousTitle: z.string(), currentTitle: z.string() }),
  item("ClosedEvent", happened),
  item("ReopenedEvent", happened),
]);
export type TimelineItem = z.infer<typeof timelineItemSchema>;

export const fileSchema = z.object({
  path: z.string(),
  additions: z.number(),
  deletions: z.number(),
  changeType: z.enum(["ADDED", "CHANGED", "COPIED", "DELETED", "MODIFIED", "RENAMED"]),
});
export type ApiFile = z.infer<typeof fileSchema>;

export const threadSchema = z.object({
  id: z.string(),
  path: z.string(),
  isResolved: z.boolean(),
  isOutdated: z.boolean(),
  resolvedBy: actorSchema.nullable(),
});
export type ApiThread = z.infer<typeof threadSchema>;

export const timelineSchema = connection(timelineItemSchema);
export const filesSchema = connection(fileSchema);
export const threadsSchema = connection(threadSchema);

export const pullRequestSchema = z.object({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  body: z.string(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  isDraft: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
  closedAt: instant.nullable(),
  mergedAt: instant.nullable(),
  url: z.string(),
  author: actorSchema.nullable(),
  mergedBy: actorSchema.nullable(),
  headRefName: z.string(),
  headRefOid: oid,
  baseRefName: z.string(),
  mergeCommit: z
    .object({
      oid,
      message: z.string(),
      author: gitActorSchema.nullable(),
      parents: z.object({ totalCount: z.number() }),
    })
    .nullable(),
  labels: connection(z.object({ name: z.string() })).nullable(),
  files: filesSchema.nullable(),
  reviewThreads: threadsSchema,
  timelineItems: timelineSchema,
});
export type ApiPullRequest = z.infer<typeof pullRequestSchema>;

export const repository = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ repository: z.object({ id: z.string(), ...shape }).nullable() });

export const pullRequestPageSchema = repository({
  pullRequests: z.object({ totalCount: z.number(), ...connection(pullRequestSchema).shape }),
});

export const pullRequestsByIdSchema = z.object({
  nodes: z.array(z.object({ __typename: z.literal("PullRequest"), ...pullRequestSchema.shape }).nullable()),
});

export const moreTimelineSchema = z.object({ node: z.object({ timelineItems: timelineSchema }).nullable() });
export const moreFilesSchema = z.object({ node: z.object({ files: filesSchema.nullable() }).nullable() });
export const moreThreadsSchema = z.object({ node: z.object({ reviewThreads: threadsSchema }).nullable() });

export const landedCommitSchema = z.object({
  oid,
  message: z.string(),
  author: gitActorSchema.nullable(),
  committer: gitActorSchema.nullable(),
  parents: z.object({ nodes: z.array(z.object({ oid })) }),
});
export type ApiLandedCommit = z.infer<typeof landedCommitSchema>;

export const defaultBranchSchema = repository({
  url: z.string(),
  /** null: nothing was ever pushed. */
  defaultBranchRef: z.object({ name: z.string(), target: z.object({ oid }) }).nullable(),
});

export const historyPageSchema = repository({
  object: z
    .object({ history: z.object({ totalCount: z.number(), ...connection(landedCommitSchema).shape }) })
    .nullable(),
});

const place = z.object({ oid }).nullable();
export const codeownersPlacesSchema = repository({ github: place, root: place, docs: place });

const codeownersVersionSchema = z.object({
  oid,
  committedDate: instant,
  /** null: the commit removed it; without a text it is no text. */
  file: z.object({ object: z.object({ text: z.string().nullish() }).nullable() }).nullable(),
});
export type ApiCodeownersVersion = z.infer<typeof codeownersVersionSchema>;

export const codeownersVersionsSchema = repository({
  defaultBranchRef: z
    .object({
      target: z.object({
        history: z.object({ totalCount: z.number(), ...connection(codeownersVersionSchema).shape }),
      }),
    })
    .nullable(),
});

export const repositoryPageSchema = z.object({
  repositoryOwner: z
    .object({
      __typename: z.enum(["Organization", "User"]),
      id: z.string(),
      login: z.string(),
      repositories: z.object({
        totalCount: z.number(),
        pageInfo: pageInfoSchema,
        nodes: z.array(
          z
            .object({
              id: z.string(),
              databaseId: z.number(),
              name: z.string(),
              nameWithOwner: z.string(),
              url: z.string(),
              isArchived: z.boolean(),
              isFork: z.boolean(),
              isPrivate: z.boolean(),
              pushedAt: instant.nullable(),
              defaultBranchRef: z.object({ name: z.string() }).nullable(),
            })
            .nullable(),
        ),
      }),
    })
    .nullable(),
});

export const repositoryTotalsSchema = z.object({
  nodes: z.array(z.object({ id: z.string(), pullRequests: z.object({ totalCount: z.number() }) }).nullable()),
});

const memberSchema = z.object({ databaseId: z.number().nullable(), login: z.string(), name: z.string().nullish() });
const membersSchema = connection(memberSchema);

export const teamPageSchema = z.object({
  organization: z
    .object({
      teams: z.object({
        pageInfo: pageInfoSchema,
        nodes: z
          .array(z.object({ id: z.string(), slug: z.string(), name: z.string(), members: membersSchema }).nullable())
          .nullable(),
      }),
    })
    .nullable(),
});

export const moreMembersSchema = z.object({ node: z.object({ members: membersSchema }).nullable() });

/** `GET /installation/repositories` */
export const installationRepositoriesSchema = z.object({
  repositories: z.array(
    z.object({
      id: z.number(),
      node_id: z.string(),
      name: z.string(),
      full_name: z.string(),
      html_url: z.string(),
      /** An empty repository has none that exists, and GitHub names one all the same. */
      default_branch: z.string().nullish(),
      archived: z.boolean(),
      fork: z.boolean(),
      private: z.boolean(),
      pushed_at: instant.nullish(),
    }),
  ),
});
