import { describe, expect, it } from "vitest";
import { Decimal } from "@/lib/core/decimal";
import { createRandom } from "@/lib/core/random";
import { internalRate, payback } from "./discounting";
import { floatModel, floatTermsOf } from "./float-model";
import { type ModelInputs, NEUTRAL_INPUTS } from "./inputs";
import { runModel } from "./run-model";
import { wouldHaveToBe } from "./solve";

const next = createRandom(20261122);
/** A decimal text between 0 and the limit. */
const upTo = (limit: number, places = 3) => ((next() / 2 ** 32) * limit).toFixed(places);

function anyTeam(): ModelInputs {
  return {
    ...NEUTRAL_INPUTS,
    pullRequestsPerMonth: upTo(900, 0),
    rampMonths: String(1 + (next() % 9)),
    hoursSaved: upTo(3),
    realisation: upTo(1),
    developerRate: upTo(150),
    reviewerRate: upTo(150),
    governanceRate: upTo(150),
    oversightHours: upTo(0.6),
    humanReviewHours: upTo(0.4),
    reworkRate: upTo(0.4),
    baselineReworkRate: upTo(0.4),
    hoursPerRework: upTo(3),
    rollbackRate: upTo(0.2),
    baselineRollbackRate: upTo(0.2),
    hoursPerRollback: upTo(6),
    incidentShare: upTo(0.3),
    incidentCost: upTo(9000, 2),
    apiCost: upTo(4, 4),
    ciCost: upTo(2, 4),
    fixedMonthly: upTo(5000, 2),
    seats: upTo(60, 0),
    seatPrice: upTo(60, 2),
    governanceHours: upTo(40),
    oneOff: upTo(60_000, 2),
    dipDevelopers: upTo(20, 0),
    dipSalary: upTo(200_000, 2),
    dipShare: upTo(0.2),
    dipMonths: String(next() % 5),
    discountRate: upTo(0.2),
    horizonMonths: String(1 + (next() % 48)),
  };
}

const teams = Array.from({ length: 60 }, anyTeam);

describe("the model", () => {
  it("comes to the same in doubles and in decimals, but for the rounding of its lines", () => {
    for (const inputs of teams) {
      const exact = runModel(inputs, "USD");
      const { presentValue } = floatModel()(floatTermsOf(inputs));
      const lines = 4 * (Number(inputs.horizonMonths) + 1);
      expect(Math.abs(exact.netPresentValue.toNumber() / 100 - presentValue)).toBeLessThan(lines * 0.005 + 0.01);
    }
  });

  it("breaks even at its volume, and not at one pull request less", () => {
    let seen = 0;
    for (const inputs of teams) {
      const { breakEven } = runModel(inputs, "USD");
      if (breakEven === null) continue;
      seen += 1;
      const netAt = (volume: Decimal) =>
        floatModel()({ ...floatTermsOf(inputs), pullRequestsPerMonth: volume.toNumber() }).net;
      expect(netAt(breakEven.volume)).toBeGreaterThanOrEqual(-1e-6);
      if (breakEven.volume.gt(0)) expect(netAt(breakEven.volume.minus(1))).toBeLessThan(1e-6);
    }
    expect(seen).toBeGreaterThan(10);
  });

  it("says what an input would have to be for a month to come to nothing", () => {
    let seen = 0;
    for (const inputs of teams) {
      for (const input of ["realisation", "hoursSaved", "oversightHours", "apiCost", "rollbackRate"] as const) {
        const needed = wouldHaveToBe(inputs, input, new Decimal(0));
        if (needed === null) continue;
        seen += 1;
        const net = floatModel()({ ...floatTermsOf(inputs), [input]: needed.toNumber() }).net;
        expect(Math.abs(net)).toBeLessThan(1e-6);
      }
    }
    expect(seen).toBeGreaterThan(50);
  });

  it("has no answer where an input changes nothing", () => {
    expect(wouldHaveToBe(NEUTRAL_INPUTS, "incidentShare", new Decimal(10))).toBeNull();
  });

  it("tells that every pull request loses money, and has neither a break-even nor a rate of return then", () => {
    const result = runModel(
      { ...NEUTRAL_INPUTS, pullRequestsPerMonth: "100", apiCost: "2", fixedMonthly: "50" },
      "USD",
    );
    expect(result.breakEven).toBeNull();
    expect(result.internalRate).toBeNull();
    expect(result.payback).toBeNull();
    expect(result.breakEvenRealisation).toBeNull();
    expect(result.breakEvenReviewHours).toBeNull();
  });

  it("posts yen without and dinars with three decimals", () => {
    const inputs = { ...NEUTRAL_INPUTS, fixedMonthly: "10.5", horizonMonths: "1" };
    expect(runModel(inputs, "JPY").totalNet.toFixed()).toBe("-11");
    expect(runModel(inputs, "KWD").totalNet.toFixed()).toBe("-10500");
  });
});

describe("payback", () => {
  const months = (...flows: number[]) => payback(flows.map((flow) => new Decimal(flow)));

  it("is the last time that the sum rises above zero", () => {
    expect(months(-10, 10, -4, 8)).toEqual({ month: 3, fractional: 2.5 });
    expect(months(-10, 15, -2)).toEqual({ month: 1, fractional: 2 / 3 });
    expect(months(-10, 15, -20)).toBeNull();
    expect(months(0, 5)).toEqual({ month: 0, fractional: 0 });
  });
});

describe("the internal rate of return", () => {
  it("is none where flows change their sign twice, never, or where it lies outside of what is looked at", () => {
    expect(internalRate([-100, 0, 110])).toBeCloseTo(Math.sqrt(1.1) - 1, 12);
    expect(internalRate([0, 0])).toBeNull();
    expect(internalRate([-1, 100])).toBeNull();
  });
});
