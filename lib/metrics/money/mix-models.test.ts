import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "@/lib/core/decimal";
import { INPUT_KEYS, type InputKey, NEUTRAL_INPUTS, termsOf } from "@/lib/roi/engine/inputs";
import { runModel } from "@/lib/roi/engine/run-model";
import { unitEconomics } from "@/lib/roi/engine/unit-economics";
import { mixModels } from "./mix-models";
import { type GroupModel, type ModelInput, runMix, valuesOf } from "./types";

const modelOf = (values: Partial<Record<InputKey, string>>): GroupModel => ({
  currency: "USD",
  inputs: Object.fromEntries(
    INPUT_KEYS.map((key) => [key, { value: values[key] ?? NEUTRAL_INPUTS[key], source: { kind: "none" } }]),
  ) as Record<InputKey, ModelInput>,
  missing: [],
  said: [],
  reason: null,
  spending: null,
});
const mix = (parts: readonly GroupModel[]) => mixModels(parts, modelOf({}), true);

const decimal = (most: number, places: number) =>
  fc.integer({ min: 0, max: most * 10 ** places }).map((units) => new Decimal(units).div(10 ** places).toFixed());
const TEAM: fc.Arbitrary<Partial<Record<InputKey, string>>> = fc.record({
  pullRequestsPerMonth: decimal(900, 2),
  rampMonths: fc.constant("3"),
  hoursSaved: decimal(3, 3),
  realisation: decimal(1, 2),
  developerRate: decimal(150, 2),
  reviewerRate: decimal(150, 2),
  governanceRate: decimal(150, 2),
  oversightHours: decimal(1, 4),
  humanReviewHours: decimal(1, 4),
  reworkRate: decimal(1, 4),
  baselineReworkRate: decimal(1, 4),
  hoursPerRework: decimal(3, 2),
  rollbackRate: decimal(1, 4),
  baselineRollbackRate: decimal(1, 4),
  hoursPerRollback: decimal(6, 2),
  incidentShare: decimal(1, 3),
  incidentCost: decimal(9000, 2),
  apiCost: decimal(4, 4),
  ciCost: decimal(2, 4),
  fixedMonthly: decimal(5000, 2),
  seats: decimal(60, 0),
  seatPrice: decimal(60, 2),
  governanceHours: decimal(40, 1),
  oneOff: decimal(60_000, 2),
  dipDevelopers: decimal(20, 0),
  dipSalary: decimal(150_000, 0),
  dipShare: decimal(1, 2),
  dipMonths: fc.constant("2"),
  softMonthly: decimal(900, 2),
});

const sum = (amounts: readonly Decimal[]) => amounts.reduce((all, one) => all.plus(one), new Decimal(0));

describe("one model of several teams", () => {
  it("brings and costs what they do together, line by line, and its months are the sum of theirs to the cent", () => {
    fc.assert(
      fc.property(fc.array(TEAM, { minLength: 2, maxLength: 5 }), (teams) => {
        const parts = teams.map(modelOf);
        const { model } = mix(parts);
        if (model.inputs === null) throw new Error(model.reason ?? "");
        const [terms, own] = [
          termsOf(valuesOf(model.inputs)),
          parts.map(({ inputs }) => termsOf(valuesOf(inputs as never))),
        ];
        const [whole, each] = [unitEconomics(terms), own.map(unitEconomics)];
        const volume = (index: number) => (own[index] as (typeof own)[0]).pullRequestsPerMonth;
        const close = (ours: Decimal, theirs: Decimal) =>
          expect(ours.minus(theirs).abs().toNumber()).toBeLessThan(1e-4);
        for (const line of ["time", "review", "rework", "rollback"] as const) {
          close(
            terms.pullRequestsPerMonth.times(whole.benefits[line]),
            sum(each.map(({ benefits }, index) => volume(index).times(benefits[line]))),
          );
        }
        for (const line of ["api", "ci", "review", "rework", "rollback"] as const) {
          close(
            terms.pullRequestsPerMonth.times(whole.costs[line]),
            sum(each.map(({ costs }, index) => volume(index).times(costs[line]))),
          );
        }
        close(whole.fixedMonthly, sum(each.map(({ fixedMonthly }) => fixedMonthly)));
        const dip = (of: typeof terms) => of.dipDevelopers.times(of.dipSalary).times(of.dipShare);
        close(dip(terms).div(12), sum(own.map(dip)).div(12));
        const together = runMix(model, parts, "USD");
        const results = parts.map(({ inputs }) => runModel(valuesOf(inputs as never), "USD"));
        for (const [month, flow] of together.flows.entries()) {
          for (const line of ["benefit", "variableCost", "fixedCost", "investment", "net"] as const) {
            expect(flow[line].toFixed()).toBe(
              sum(results.map(({ flows }) => flows[month]?.[line] ?? new Decimal(0))).toFixed(),
            );
          }
        }
        // The mix as one model of its own comes to the same but for the rounding of lines.
        const alone = runModel(valuesOf(model.inputs), "USD");
        const cents = together.flows.length * 4 * teams.length;
        expect(together.totalNet.minus(alone.totalNet).abs().toNumber()).toBeLessThanOrEqual(cents);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps the ranges of those that have one where another has none", () => {
    const said = (value: string, low: string | null, high: string | null): ModelInput => ({
      value,
      source: { kind: "usual", low, high },
    });
    const [ranged, plain] = [modelOf({ pullRequestsPerMonth: "30" }), modelOf({ pullRequestsPerMonth: "10" })];
    const withHours = (model: GroupModel, hoursSaved: ModelInput): GroupModel => ({
      ...model,
      inputs: { ...(model.inputs as NonNullable<GroupModel["inputs"]>), hoursSaved },
    });
    const { model } = mix([withHours(ranged, said("1", "0.4", "2")), withHours(plain, said("2", null, null))]);
    // By pull requests: three of four and one of four.
    expect(model.inputs?.hoursSaved).toMatchObject({ value: "1.25", isMix: true, source: { low: "0.8", high: "2" } });
  });

  it("is none where months have no sum, and says so", () => {
    const { model } = mix([modelOf({ pullRequestsPerMonth: "5" }), modelOf({ horizonMonths: "24" })]);
    expect(model).toMatchObject({
      inputs: null,
      reason: "teams differ in the months that are planned for or the discount rate",
    });
  });

  it("is none where one of them has none, with its reason", () => {
    const lacking = { ...modelOf({}), inputs: null, missing: ["hoursSaved" as const], reason: "nobody has entered it" };
    expect(mix([modelOf({ pullRequestsPerMonth: "5" }), lacking]).model).toMatchObject({
      inputs: null,
      missing: ["hoursSaved"],
      reason: "nobody has entered it",
    });
  });
});
