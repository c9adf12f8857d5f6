import { describe, expect, it } from "vitest";
import { repositoryHealth } from "@/tests/factories/repository-health";
import { prepareStepCoverage, sourceSentence } from "./prepare-step-coverage";

const followed = { state: "followed" as const, readTo: "2026-10-31T08:41:00Z" };

describe("the way of pull requests", () => {
  it("is summed over repositories, each step by what is known of it", () => {
    const steps = prepareStepCoverage([
      repositoryHealth(),
      repositoryHealth({
        way: { pullRequests: 25, opened: 0, reviewed: 0, approved: 0, deployed: 5 },
        lastRun: null,
      }),
    ]);
    expect(steps.map(({ id, share, text }) => [id, share, text])).toEqual([
      ["opened", 0.5, "25 of 50\u00a0pull requests"],
      ["reviewed", 0.5, "25 of 50\u00a0pull requests"],
      ["approved", 0.5, "25 of 50\u00a0pull requests"],
      ["checked", 0.5, "in 1 of 2\u00a0repositories"],
      ["deployed", 0.6, "30 of 50\u00a0pull requests"],
    ]);
  });

  it("is not known rather than nought where there is no pull request", () => {
    const none = { pullRequests: 0, opened: 0, reviewed: 0, approved: 0, deployed: 0 };
    expect(prepareStepCoverage([repositoryHealth({ way: none })])[0]?.share).toBeNull();
    expect(prepareStepCoverage([]).every(({ share }) => share === null)).toBe(true);
  });
});

it("says where it comes from", () => {
  expect(sourceSentence([repositoryHealth({ isSample: true })])).toContain("made up");
  expect(
    sourceSentence([
      repositoryHealth({ github: followed }),
      repositoryHealth({ github: { ...followed, state: "broken" } }),
      repositoryHealth({ history: "told" }),
      repositoryHealth(),
    ]),
  ).toBe(
    "Of 4\u00a0repositories, 1 followed at GitHub, 1 no longer let in, 1 told by programs and 1 known from a clone, which holds none of this.",
  );
});
