import { createHash } from "node:crypto";
import {
  type ChangedFile,
  type FleetEvent,
  type FleetEventOf,
  type PayloadOf,
  pullRequestSubject,
} from "@/lib/events/schema";
import type { ApiFile, ApiPullRequest, ApiThread, TimelineItem } from "./answers";
import { mapActor, mapSignature } from "./map-actor";
import { eventBase, type MapContext, stateId, toInstant } from "./map-context";
import { askedByAgent, assigneesOf, mapTimeline, openedAsDraft, titleAt } from "./map-timeline";

type OwnCommit = Extract<TimelineItem, { __typename: "PullRequestCommit" }>["commit"];

/** A pull request of which everything has been read: its timeline, files and labels without a further page. */
export interface WholePullRequest extends Omit<ApiPullRequest, "labels" | "files" | "reviewThreads" | "timelineItems"> {
  labels: string[];
  files: ApiFile[] | null;
  threads: ApiThread[];
  timeline: TimelineItem[];
}

/** What git itself writes into the message of a merge; GitHub does not tell how many parents a branch's commits have. */
const MERGE_SUBJECT = /^Merge (?:branch|branches|remote-tracking branch|tag|commit|pull request) /;
const DIGEST_LENGTH = 20;

function mapFile({ additions, changeType, deletions, path }: ApiFile): ChangedFile {
  // The ids of contents are not told: a made-up one must not look like another's.
  const unknown = { before: null, after: null };
  return changeType === "RENAMED" && additions === 0 && deletions === 0
    ? { path, add: 0, del: 0, ...unknown }
    : { path, add: additions, del: deletions, ...unknown };
}

const ownCommits = (timeline: readonly TimelineItem[]): OwnCommit[] =>
  timeline.flatMap((item) => (item.__typename === "PullRequestCommit" ? [item.commit] : []));

const headline = (message: string): string => message.split("\n", 1)[0]?.trim() ?? "";

/**
 * How it was merged: a merge commit has two parents; a rebase leaves the last own commit as it was, with its author's
 * clock; anything else is a squash.
 */
function mergeKindOf(
  { mergeCommit }: { mergeCommit: NonNullable<ApiPullRequest["mergeCommit"]> },
  own: readonly OwnCommit[],
): PayloadOf<"pull_request.merged">["mergeKind"] {
  if (mergeCommit.parents.totalCount > 1) return "merge";
  const last = own.at(-1);
  const sameText = last !== undefined && headline(last.message) === headline(mergeCommit.message);
  const sameClock = last?.author?.date != null && last.author.date === mergeCommit.author?.date;
  return sameText && sameClock && last.author?.email === mergeCommit.author?.email ? "rebase" : "squash";
}

function mapOwnCommit(
  context: MapContext,
  { id, number, createdAt }: WholePullRequest,
  commit: OwnCommit,
  position: number,
): FleetEvent {
  const author = mapSignature(commit.author, commit.committer?.date ?? createdAt);
  const committer = mapSignature(commit.committer, author.at);
  return {
    ...eventBase(context, `pull_request_commit:${id}:${commit.oid}`),
    kind: "pull_request.commit",
    subject: pullRequestSubject(context.repo, number),
    occurredAt: committer.at,
    actor: null,
    payload: {
      number,
      sha: commit.oid,
      position,
      author,
      committer,
      message: commit.message,
      isMerge: MERGE_SUBJECT.test(commit.message),
      additions: commit.additions,
      deletions: commit.deletions,
      ...(commit.author?.user?.databaseId == null ? {} : { accountId: String(commit.author.user.databaseId) }),
    },
  };
}

function mapMerged(
  context: MapContext,
  pull: WholePullRequest,
  own: readonly OwnCommit[],
): FleetEventOf<"pull_request.merged">[] {
  const { mergeCommit, mergedAt } = pull;
  if (mergedAt === null || mergeCommit === null) return [];
  const payload: PayloadOf<"pull_request.merged"> = {
    number: pull.number,
    title: pull.title,
    body: pull.body === "" ? null : pull.body,
    author: mapActor(pull.author),
    headRef: pull.headRefName,
    headSha: pull.headRefOid,
    baseRef: pull.baseRefName,
    labels: [...pull.labels].sort(),
    taskType: null,
    mergeKind: mergeKindOf({ mergeCommit }, own),
    mergedAt: toInstant(mergedAt),
    mergeSha: mergeCommit.oid,
    // Of a rebase this is the last one; how many it left follows from its own commits.
    landedShas: [mergeCommit.oid],
    mergedBy: mapActor(pull.mergedBy),
    url: pull.url,
    ...(pull.files === null ? {} : { files: pull.files.map(mapFile) }),
    ownShas: own.map(({ oid }) => oid),
    assignees: assigneesOf(pull.timeline),
    askedByAgent: askedByAgent(pull.timeline),
    updatedAt: toInstant(pull.updatedAt),
  };
  // A merged pull request can be edited still, so its event is one state of it: what it says, and since when.
  const { updatedAt, ...content } = payload;
  const digest = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, DIGEST_LENGTH);
  return [
    {
      ...eventBase(context, stateId("pull_request_merged", pull.id, digest, pull.updatedAt)),
      kind: "pull_request.merged",
      subject: pullRequestSubject(context.repo, pull.number),
      occurredAt: payload.mergedAt,
      actor: payload.mergedBy,
      payload,
    },
  ];
}

/** One state of a thread, since when at the latest: GitHub dates neither its beginning nor its end. */
function mapThread(context: MapContext, { number, updatedAt }: WholePullRequest, thread: ApiThread): FleetEvent {
  const { id, isOutdated, isResolved, path } = thread;
  const state = `${isResolved ? "resolved" : "open"}${isOutdated ? "-outdated" : ""}`;
  return {
    ...eventBase(context, stateId("review_thread", id, state, updatedAt)),
    kind: "review_thread.observed",
    subject: pullRequestSubject(context.repo, number),
    occurredAt: toInstant(updatedAt),
    actor: null,
    payload: { number, thread: id, path, isResolved, isOutdated, resolvedBy: mapActor(thread.resolvedBy) },
  };
}

/** Everything that is known of a pull request as events; the same state of it always gives the same ones. */
export function mapPullRequest(context: MapContext, pull: WholePullRequest): FleetEvent[] {
  const { number, timeline } = pull;
  const own = ownCommits(timeline);
  const author = mapActor(pull.author);
  const subject = pullRequestSubject(context.repo, number);
  const opened: FleetEvent = {
    ...eventBase(context, `opened:${pull.id}`),
    kind: "pull_request.opened",
    subject,
    occurredAt: toInstant(pull.createdAt),
    actor: author,
    payload: {
      number,
      title: titleAt(pull.title, timeline, null),
      author,
      headRef: pull.headRefName,
      isDraft: openedAsDraft(pull.isDraft, timeline),
    },
  };
  const closings = pull.mergedAt !== null ? [] : timeline.filter((item) => item.__typename === "ClosedEvent");
  const closed = closings.map(
    ({ actor, createdAt, id }): FleetEvent => ({
      ...eventBase(context, `closed:${id}`),
      kind: "pull_request.closed",
      subject,
      occurredAt: toInstant(createdAt),
      actor: mapActor(actor),
      payload: { number, title: titleAt(pull.title, timeline, createdAt), author },
    }),
  );
  return [
    opened,
    ...own.map((commit, position) => mapOwnCommit(context, pull, commit, position)),
    ...mapTimeline(context, number, timeline),
    ...pull.threads.map((thread) => mapThread(context, pull, thread)),
    ...closed,
    ...mapMerged(context, pull, own),
  ];
}
