import { expect, it } from "vitest";
import { type RolloutCourse, warningSigns } from "./warning-signs";

const said = (course: RolloutCourse) => warningSigns(course).map((sign) => sign.replaceAll("\u00a0", " "));

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
  expect(said({ ...course, adoption: 0.22, peak: null })).toEqual([
    "22 % of its people work with agents, 20 weeks after the rollout began: rollouts that failed stayed between 10 and 30 %.",
  ]);
  expect(said({ ...course, adoption: 0.6 })).toEqual(["Adoption fell from 90 % in the week of 4 May 2026 to 60 %."]);
  expect(warningSigns({ ...course, phase: "full", adoption: 0, peak: null })).toHaveLength(2);
});
