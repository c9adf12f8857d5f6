import { describe, expect, it } from "vitest";
import type { GroupModel, ModelInput } from "@/lib/metrics/money/types";
import { INPUT_KEYS, type InputKey, NEUTRAL_INPUTS } from "@/lib/roi/engine/inputs";
import { monteCarlo } from "@/lib/roi/engine/monte-carlo";
import { runModel } from "@/lib/roi/engine/run-model";
import { prepareEconomics } from "./prepare-economics";
import { roiOpening } from "./roi-opening";

const NONE: ModelInput["source"] = { kind: "none" };
const said = (basis: "assumed" | "imported"): ModelInput["source"] => ({
  kind: "said",
  basis,
  of: "organisation",
  why: "said",
  by: "Ada",
  at: "2026-01-01T00:00:00.000Z",
  validFrom: "2026-01-01",
  low: null,
  high: null,
  part: null,
});

function modelOf(
  values: Partial<Record<InputKey, string>>,
  sources: Partial<Record<InputKey, ModelInput["source"]>> = {},
) {
  const all = { ...NEUTRAL_INPUTS, ...values };
  const inputs = Object.fromEntries(
    INPUT_KEYS.map((key) => [key, { value: all[key], source: sources[key] ?? NONE }]),
  ) as Record<InputKey, ModelInput>;
  const model: GroupModel = { currency: "USD", inputs, missing: [], said: [], reason: null, spending: null };
  const result = runModel(all, "USD");
  return { model, inputs, result, chance: monteCarlo(all, {}, { seed: 1, trials: 10 }) };
}

const text = ({ model, result, chance, inputs }: ReturnType<typeof modelOf>) => {
  const opening = roiOpening(model, result, chance, prepareEconomics(inputs, result).assumed);
  return opening.headline.map((part) => (typeof part === "string" ? part : part.figure)).join("");
};

const PAYS = {
  pullRequestsPerMonth: "200",
  hoursSaved: "0.2",
  developerRate: "100",
  reviewerRate: "100",
  oversightHours: "0.1",
  fixedMonthly: "500",
};

describe("the opening of ROI", () => {
  it("says what a month brings and from which volume it pays", () => {
    expect(text(modelOf(PAYS))).toBe(
      "Agents bring $1,500 a month more than they cost. They pay from 50\u00a0pull requests a month on, and merge 200.",
    );
  });

  it("says what a month loses, and that no volume pays where each pull request loses money", () => {
    expect(text(modelOf({ ...PAYS, hoursSaved: "0.05" }))).toBe(
      "Agents cost $1,500 a month more than they bring. Every pull request loses $5, so that no volume pays.",
    );
    expect(text(modelOf({ ...PAYS, fixedMonthly: "0" }))).toContain("They pay from the first pull request on.");
  });

  it("says what is still to be entered", () => {
    const { model } = modelOf({});
    const opening = roiOpening(
      { ...model, inputs: null, missing: ["developerRate", "hoursSaved"], reason: "x" },
      null,
      null,
      0,
    );
    expect(opening.lede).toEqual(["Still to enter: hourly cost of developers, hours saved per pull request."]);
    expect(roiOpening({ ...model, inputs: null, reason: "nothing was merged" }, null, null, 0).lede).toEqual([
      "Why: nothing was merged.",
    ]);
  });
});

describe("what the result rests on", () => {
  it("is by what each line is worked out from", () => {
    const sources = { hoursSaved: said("assumed"), developerRate: said("imported"), reviewerRate: said("imported") };
    const { inputs, result } = modelOf(PAYS, sources);
    // A month: 4,000 of hours that are assumed, 2,000 of review at a planned rate, 500 fixed.
    expect(prepareEconomics(inputs, result).assumed).toBeCloseTo(4000 / 6500, 12);
    expect(prepareEconomics(inputs, result).benefits).toEqual([
      { label: "Hours saved that count", amount: 20, length: 1, isAssumed: true },
    ]);
    expect(prepareEconomics(inputs, result).costs).toEqual([
      { label: "Review and delegation", amount: 10, length: 0.5, isAssumed: false },
    ]);
  });

  it("takes what is the same as another input as that one", () => {
    const { inputs, result } = modelOf(PAYS, {
      developerRate: said("assumed"),
      reviewerRate: { kind: "same", as: "developerRate" },
    });
    expect(prepareEconomics(inputs, result).costs[0]?.isAssumed).toBe(true);
  });
});
