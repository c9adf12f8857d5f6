import { type Actor, type FleetEvent, pullRequestSubject } from "@/lib/events/schema";
import type { TimelineItem } from "./answers";
import { mapActor } from "./map-actor";
import { eventBase, type MapContext, toInstant } from "./map-context";

type ItemOf<Type extends TimelineItem["__typename"]> = Extract<TimelineItem, { __typename: Type }>;
type Happened = ItemOf<"ReadyForReviewEvent">;

const REVIEW_STATE = { APPROVED: "approved", CHANGES_REQUESTED: "changes_requested", COMMENTED: "commented" } as const;

function isReviewState(state: string): state is keyof typeof REVIEW_STATE {
  return Object.hasOwn(REVIEW_STATE, state);
}

const NOBODY: Actor = { type: "unknown", id: null, login: null, name: null, email: null };

/** What an item of the timeline is told with. */
interface Telling {
  context: MapContext;
  number: number;
  /** By review: what it said before it was dismissed. */
  dismissed: ReadonlyMap<string, string>;
}

/** What happened to a pull request, one event each. Commits, and how it was opened and ended, are told elsewhere. */
export function mapTimeline(context: MapContext, number: number, items: readonly TimelineItem[]): FleetEvent[] {
  const dismissals = items.flatMap((item) => (item.__typename === "ReviewDismissedEvent" ? [item] : []));
  const dismissed = new Map(
    dismissals.flatMap(({ previousReviewState, review }) =>
      review === null ? [] : [[review.id, previousReviewState]],
    ),
  );
  return items.flatMap((item) => mapItem({ context, number, dismissed }, item) ?? []);
}

function mapReview({ context, dismissed, number }: Telling, review: ItemOf<"PullRequestReview">): FleetEvent | null {
  // A review that was dismissed no longer says what it said.
  const state = review.state === "DISMISSED" ? (dismissed.get(review.id) ?? "COMMENTED") : review.state;
  if (review.submittedAt === null || !isReviewState(state)) return null;
  const reviewer = mapActor(review.author) ?? NOBODY;
  return {
    ...eventBase(context, `review:${review.id}`),
    kind: "review.submitted",
    subject: pullRequestSubject(context.repo, number),
    occurredAt: toInstant(review.submittedAt),
    actor: reviewer,
    payload: {
      number,
      reviewer,
      state: REVIEW_STATE[state],
      comments: null,
      ...(review.reviewed === null ? {} : { sha: review.reviewed.oid }),
    },
  };
}

function mapItem(telling: Telling, item: TimelineItem): FleetEvent | null {
  const { context, number } = telling;
  const about = (what: string, { actor, createdAt, id }: Omit<Happened, "__typename">) => ({
    ...eventBase(context, `${what}:${id}`),
    subject: pullRequestSubject(context.repo, number),
    occurredAt: toInstant(createdAt),
    actor: mapActor(actor),
  });
  switch (item.__typename) {
    case "PullRequestReview":
      return mapReview(telling, item);
    case "ReadyForReviewEvent":
      return { ...about("ready", item), kind: "pull_request.ready", payload: { number } };
    case "ConvertToDraftEvent":
      return { ...about("draft", item), kind: "pull_request.converted_to_draft", payload: { number } };
    case "ReopenedEvent":
      return { ...about("reopened", item), kind: "pull_request.reopened", payload: { number } };
    case "AutoMergeEnabledEvent":
    case "AutoMergeDisabledEvent": {
      const enabled = item.__typename === "AutoMergeEnabledEvent";
      return { ...about("auto_merge", item), kind: "pull_request.auto_merge", payload: { number, enabled } };
    }
    case "AddedToMergeQueueEvent":
    case "RemovedFromMergeQueueEvent": {
      const added = item.__typename === "AddedToMergeQueueEvent";
      return { ...about("queued", item), kind: "pull_request.queued", payload: { number, added } };
    }
    case "HeadRefForcePushedEvent": {
      const [before, after] = [item.beforeCommit?.oid ?? null, item.afterCommit?.oid ?? null];
      return { ...about("force_pushed", item), kind: "pull_request.force_pushed", payload: { number, before, after } };
    }
    case "ReviewRequestedEvent": {
      const payload = { number, ...askedOf(item) };
      return { ...about("review_requested", item), kind: "pull_request.review_requested", payload };
    }
    case "AssignedEvent":
    case "UnassignedEvent": {
      const assigned = item.__typename === "AssignedEvent";
      const payload = { number, assignee: mapActor(item.assignee), assigned };
      return { ...about("assigned", item), kind: "pull_request.assigned", payload };
    }
    case "PullRequestCommit":
    case "ReviewDismissedEvent":
    case "RenamedTitleEvent":
    case "ClosedEvent":
      return null;
  }
}

function askedOf({ requestedReviewer: asked }: ItemOf<"ReviewRequestedEvent">): {
  reviewer: Actor | null;
  team: string | null;
} {
  if (asked?.slug !== undefined) return { reviewer: null, team: asked.slug };
  const { login } = asked ?? {};
  return { reviewer: asked === null || login === undefined ? null : mapActor({ ...asked, login }), team: null };
}

/** Who is assigned after all of it, in the order of their assignment. */
export function assigneesOf(items: readonly TimelineItem[]): Actor[] {
  const assigned = new Map<string, Actor>();
  for (const item of items) {
    if (item.__typename !== "AssignedEvent" && item.__typename !== "UnassignedEvent") continue;
    const actor = mapActor(item.assignee);
    const key = actor?.id ?? actor?.login ?? null;
    if (actor === null || key === null) continue;
    assigned.delete(key);
    if (item.__typename === "AssignedEvent") assigned.set(key, actor);
  }
  return [...assigned.values()];
}

/** People whom a program asked for a review, in the order in which it did. */
export function askedByAgent(items: readonly TimelineItem[]): Actor[] {
  const asked = new Map<string, Actor>();
  for (const item of items) {
    if (item.__typename !== "ReviewRequestedEvent" || item.actor?.__typename !== "Bot") continue;
    const { reviewer } = askedOf(item);
    const key = reviewer?.id ?? reviewer?.login ?? null;
    if (reviewer !== null && reviewer.type === "user" && key !== null && !asked.has(key)) asked.set(key, reviewer);
  }
  return [...asked.values()];
}

/** A pull request's title at an instant; null at its opening. */
export function titleAt(current: string, items: readonly TimelineItem[], at: string | null): string {
  const renames = items.filter((item) => item.__typename === "RenamedTitleEvent");
  if (at === null) return renames[0]?.previousTitle ?? current;
  const before = renames.filter(({ createdAt }) => Date.parse(createdAt) <= Date.parse(at));
  const after = renames[before.length];
  return before.at(-1)?.currentTitle ?? after?.previousTitle ?? current;
}

/** Whether it was opened as a draft: what became of that first tells, and otherwise what it is now. */
export function openedAsDraft(isDraft: boolean, items: readonly TimelineItem[]): boolean {
  const first = items.find(
    ({ __typename }) => __typename === "ReadyForReviewEvent" || __typename === "ConvertToDraftEvent",
  );
  return first === undefined ? isDraft : first.__typename === "ReadyForReviewEvent";
}
