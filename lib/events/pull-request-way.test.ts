import { describe, expect, it } from "vitest";
import { latestStates, wayOf } from "./pull-request-way";
import type { Actor, FleetEvent } from "./schema";

const person = (id: string): Actor => ({ type: "user", id, login: `p${id}`, name: null, email: null });
const BOT: Actor = { type: "bot", id: "9", login: "review[bot]", name: null, email: null };
const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, "0")}:00:00.000Z`;
const event = (kind: FleetEvent["kind"], hour: number, payload: object = {}) =>
  ({
    id: `${kind}:${hour}`,
    source: "github",
    kind,
    occurredAt: at(hour),
    payload: { number: 1, ...payload },
  }) as FleetEvent;
const review = (hour: number, reviewer: Actor, state = "commented") =>
  event("review.submitted", hour, { reviewer, state });

describe("the way of a pull request", () => {
  it("counts people other than the author, approvals before the merge, and the last time it was ready", () => {
    const events = [
      event("pull_request.merged", 12, { author: person("1") }),
      review(11, person("3"), "approved"),
      review(13, person("3"), "approved"),
      review(10, person("3"), "approved"),
      review(9, person("2")),
      review(8, person("1")),
      review(7, BOT),
      event("pull_request.ready", 6),
      event("pull_request.ready", 4),
      event("pull_request.opened", 3, { author: person("1"), isDraft: true }),
    ];
    expect(wayOf(events, new Date(at(15)))).toEqual({
      openedAt: at(3),
      readyAt: at(6),
      firstReviewAt: at(9),
      approvedAt: at(11),
      mergedAt: at(12),
      deployedAt: at(15),
    });
  });

  it("is ready from its opening where it was no draft, and unknown where no source tells", () => {
    expect(wayOf([event("pull_request.opened", 3, { author: null, isDraft: false })], null).readyAt).toBe(at(3));
    expect(wayOf([event("pull_request.opened", 3, { author: null, isDraft: true })], null).readyAt).toBeNull();
    expect(wayOf([event("pull_request.merged", 12, { author: null })], null)).toEqual({
      openedAt: null,
      readyAt: null,
      firstReviewAt: null,
      approvedAt: null,
      mergedAt: at(12),
      deployedAt: null,
    });
  });
});

it("keeps the latest state of what was merged, of each source", () => {
  const merged = (id: string, source: string, updatedAt?: string) =>
    ({ ...event("pull_request.merged", 12, { updatedAt }), id, source }) as FleetEvent;
  const events = [
    merged("b", "github", at(14)),
    merged("a", "github", at(13)),
    merged("c", "git"),
    event("pull_request.ready", 6),
  ];
  expect(latestStates(events).map(({ id }) => id)).toEqual(["b", "c", "pull_request.ready:6"]);
});

describe("what was seen of a thread of review comments", () => {
  const seen = (hour: number, isResolved: boolean, thread = "T1") => ({
    ...event("review_thread.observed", hour, { thread, isResolved, isOutdated: false }),
    id: `${thread}:${hour}:${isResolved}`,
  });
  const idsOf = (events: FleetEvent[]) => latestStates(events).map(({ id }) => id);

  it("is told as it was seen last, each thread by itself", () => {
    const events = [seen(5, true), seen(4, false), seen(6, false), seen(3, true, "T2")] as FleetEvent[];
    expect(idsOf(events)).toEqual(["T1:6:false", "T2:3:true"]);
  });

  it("is resolved where both were seen at one change", () => {
    expect(idsOf([seen(5, true), seen(5, false)] as FleetEvent[])).toEqual(["T1:5:true"]);
    expect(idsOf([seen(5, false), seen(5, true)] as FleetEvent[])).toEqual(["T1:5:true"]);
  });
});
