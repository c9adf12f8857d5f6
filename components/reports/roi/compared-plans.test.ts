import { describe, expect, it } from "vitest";
import { NEUTRAL_INPUTS } from "@/lib/roi/engine/inputs";
import { runModel } from "@/lib/roi/engine/run-model";
import { chosenPlans, differingInputs, measuredPlan, PUBLISHED_PLANS, plansOf } from "./compared-plans";

const measured = measuredPlan(NEUTRAL_INPUTS, "EUR");
const kept = (id: number, name: string, version: number, horizonMonths = "12", isRemoved = false) => ({
  isRemoved,
  id,
  name,
  version,
  org: "acme",
  team: null,
  currency: "EUR",
  inputs: { ...NEUTRAL_INPUTS, horizonMonths },
  why: "because",
  by: "Ada",
  at: "2026-03-01T00:00:00Z",
});

describe("plans that are compared", () => {
  it("are what is measured, what was kept and what is published", () => {
    const all = plansOf(measured, [kept(3, "Less review", 2), kept(2, "Less review", 1), kept(1, "More tests", 1)]);
    expect(all.map(({ id, name }) => `${id} ${name}`)).toEqual([
      "measured As measured",
      "3 Less review, version 2",
      "2 Less review, version 1",
      "1 More tests",
      "A Published A",
      "B Published B",
      "C Published C",
      "case Case article",
      "case-once Case article, spent once",
      "dora DORA’s calculator",
    ]);
    expect(chosenPlans(all, null).map(({ id }) => id)).toEqual(["measured", "3"]);
    expect(chosenPlans(all, ["B", "9", "1", "B"]).map(({ id }) => id)).toEqual(["B", "1"]);
    expect(chosenPlans(all, ["A", "B", "C", "1", "2"])).toHaveLength(4);
  });

  it("are shown by an address that names them when they are offered no more, and by no other", () => {
    const all = plansOf(measured, [kept(3, "Gone", 1, "12", true)]);
    expect(chosenPlans(all, null).map(({ id }) => id)).toEqual(["measured", "A"]);
    expect(chosenPlans(all, ["3"]).map(({ name, note }) => [name, note])).toEqual([["Gone", "removed; because; Ada"]]);
  });

  it("differ in what is not the same number", () => {
    const others = [kept(1, "a", 1), kept(2, "b", 1, "24")].map((one) => plansOf(measured, [one])[1] ?? measured);
    expect(differingInputs([measured, ...others])).toEqual(["horizonMonths"]);
    const written = { ...measured, inputs: { ...NEUTRAL_INPUTS, discountRate: "0.1" } };
    expect(differingInputs([measured, written])).toEqual([]);
  });

  it("hold the published ones, worked out by the same engine (golden roi_scenario)", () => {
    const answers = PUBLISHED_PLANS.map(({ currency, inputs }) => {
      const { breakEven, steadyNet } = runModel(inputs, currency);
      return [steadyNet.toFixed(), breakEven?.volume.toFixed()];
    });
    expect(answers).toEqual([
      ["150000", "50"],
      ["9050000", "33"],
      ["46500000", "107"],
      ["5000000", "11"],
      ["6200000", "1"],
      ["87425000", "8"],
    ]);
  });
});
