import type { Actor, FleetEvent, FleetEventOf } from "./schema";

/** When a pull request came to each step of its way. ISO instants; null: no source tells, or it never did. */
export interface PullRequestWay {
  openedAt: string | null;
  /** When it was said last, before the merge, to be ready for review; its opening where it never was a draft. */
  readyAt: string | null;
  /** The first review by a person other than its author. */
  firstReviewAt: string | null;
  /** The last approval by a person before the merge. */
  approvedAt: string | null;
  mergedAt: string | null;
  /** The first production deployment that brought it. */
  deployedAt: string | null;
}

/**
 * Of several states of one merged pull request, and of a thread of review comments, only the latest speaks. Of a thread
 * that was seen in two states at one change of its pull request, it is the one in which it was resolved.
 */
export function latestStates(events: readonly FleetEvent[]): FleetEvent[] {
  const threads = new Map<string, FleetEventOf<"review_thread.observed">>();
  const latest = new Map<string, FleetEventOf<"pull_request.merged">>();
  for (const event of events) {
    if (event.kind === "review_thread.observed") {
      const known = threads.get(event.payload.thread);
      if (known === undefined || stateOf(event) > stateOf(known)) threads.set(event.payload.thread, event);
    }
    if (event.kind !== "pull_request.merged") continue;
    const known = latest.get(event.source);
    if (known === undefined || (event.payload.updatedAt ?? "") >= (known.payload.updatedAt ?? "")) {
      latest.set(event.source, event);
    }
  }
  return events.filter((event) => {
    if (event.kind === "review_thread.observed") return threads.get(event.payload.thread) === event;
    return event.kind !== "pull_request.merged" || latest.get(event.source) === event;
  });
}

const stateOf = ({ occurredAt, payload }: FleetEventOf<"review_thread.observed">): string =>
  `${new Date(occurredAt).toISOString()} ${payload.isResolved ? 1 : 0}${payload.isOutdated ? 1 : 0}`;

const isSame = (a: Actor | null, b: Actor | null): boolean =>
  a !== null &&
  b !== null &&
  (a.id !== null && b.id !== null ? a.id === b.id : a.login !== null && a.login === b.login);

/** The way of one pull request, from everything that is known of it. */
export function wayOf(events: readonly FleetEvent[], deployedAt: Date | null): PullRequestWay {
  const of = <Kind extends FleetEvent["kind"]>(kind: Kind) =>
    events
      .filter((event): event is FleetEventOf<Kind> => event.kind === kind)
      .sort((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt));
  const at = (event: FleetEvent | undefined) => (event === undefined ? null : new Date(event.occurredAt).toISOString());
  const [opened] = of("pull_request.opened");
  const merged = of("pull_request.merged").at(0);
  const until = merged === undefined ? Number.POSITIVE_INFINITY : Date.parse(merged.occurredAt);
  const ready = of("pull_request.ready").findLast(({ occurredAt }) => Date.parse(occurredAt) <= until);
  const author = opened?.payload.author ?? merged?.payload.author ?? null;
  const reviews = of("review.submitted").filter(
    ({ payload: { reviewer } }) => reviewer.type === "user" && !isSame(reviewer, author),
  );
  const approval = reviews.findLast(
    ({ occurredAt, payload }) => payload.state === "approved" && Date.parse(occurredAt) <= until,
  );
  return {
    openedAt: at(opened),
    readyAt: at(ready ?? (opened?.payload.isDraft === false ? opened : undefined)),
    firstReviewAt: at(reviews[0]),
    approvedAt: at(approval),
    mergedAt: at(merged),
    deployedAt: deployedAt?.toISOString() ?? null,
  };
}
