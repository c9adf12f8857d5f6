import { expect, it } from "vitest";
import { warningSigns } from "./warning-signs";

const course = {
  phase: "rollout",
  weeksSinceRollout: 20,
  adoption: 0.8,
  peak: { value: 0.9, week: "2026-05-04" },
} as const;

it("says nothing of a rollout that goes well, that is young, or of too few to tell", () => {
  expect(warningSigns(course)).toEqual([]);
  expect(warningSigns({ ...course, weeksSinceRollout: 11, adoption: 0.2, peak: null })).toEqual([]);
  expect(warningSigns({ ...course, weeksSinceRollout: null, adoption: 0.2, peak: null })).toEqual([]);
  expect(warningSigns({ ...course, adoption: null })).toEqual([]);
});

it("says what speaks of one that fails", () => {
  expect(warningSigns({ ...course, adoption: 0.22, peak: null })).toEqual([
    "22\u00a0% of its people work with agents, 20 weeks after the rollout began: rollouts that failed stayed between 10 and 30\u00a0%.",
  ]);
  expect(warningSigns({ ...course, adoption: 0.6 })).toEqual([
    "Adoption fell from 90\u00a0% in the week of 2026-05-04 to 60\u00a0%.",
  ]);
  expect(warningSigns({ ...course, phase: "full", adoption: 0, peak: null })).toHaveLength(2);
});
