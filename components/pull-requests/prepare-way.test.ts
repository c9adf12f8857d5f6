import { expect, it } from "vitest";
import { prepareWay } from "./prepare-way";

const NOTHING = {
  openedAt: null,
  readyAt: null,
  firstReviewAt: null,
  approvedAt: null,
  mergedAt: null,
  deployedAt: null,
};

it("tells how long each step took from the one before it that is known", () => {
  const steps = prepareWay({
    ...NOTHING,
    openedAt: "2026-03-02T08:00:00.000Z",
    readyAt: "2026-03-02T08:00:00.000Z",
    approvedAt: "2026-03-02T07:30:00.000Z",
    mergedAt: "2026-03-02T10:00:00.000Z",
  });
  expect(steps.map(({ after, label }) => [label, after])).toEqual([
    ["Opened", null],
    ["Ready for review", "at once"],
    ["First review by a person", null],
    ["Approved", null],
    ["Merged", expect.stringMatching(/^2\sh\s30\sm later$/)],
    ["In production", null],
  ]);
});

it("knows nothing of what no source tells", () => {
  expect(prepareWay(NOTHING).every(({ after, at }) => after === null && at === null)).toBe(true);
});
