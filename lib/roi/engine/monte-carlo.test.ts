import { describe, expect, it } from "vitest";
import { betaQuantile } from "@/lib/metrics/statistics/incomplete-beta";
import { quantileOf } from "./distributions";
import { NEUTRAL_INPUTS } from "./inputs";
import { monteCarlo } from "./monte-carlo";

const base = {
  ...NEUTRAL_INPUTS,
  pullRequestsPerMonth: "300",
  hoursSaved: "1.5",
  realisation: "0.5",
  developerRate: "100",
  rollbackRate: "0.06",
  hoursPerRollback: "4",
  fixedMonthly: "4100",
};
const uncertainty = {
  rollbackRate: { kind: "beta", a: 18.5, b: 282.5 },
  realisation: { kind: "triangular", low: 0.3, mode: 0.5, high: 0.8 },
} as const;

describe("Monte Carlo", () => {
  it("gives the same figures for the same seed, whatever order the inputs were written in, and others for another", () => {
    const { realisation, rollbackRate } = uncertainty;
    const first = monteCarlo(base, uncertainty, { seed: 7, trials: 2000 });
    expect(monteCarlo(base, { realisation, rollbackRate }, { seed: 7, trials: 2000 })).toEqual(first);
    expect(monteCarlo(base, uncertainty, { seed: 8, trials: 2000 }).net.p50).not.toBe(first.net.p50);
  });

  it("counts every trial in its histogram, and orders its percentiles", () => {
    const { net, presentValue } = monteCarlo(base, uncertainty, { seed: 3 });
    for (const spread of [net, presentValue]) {
      expect(spread.histogram).toHaveLength(40);
      expect(spread.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
      expect(spread.p10).toBeLessThan(spread.p50);
      expect(spread.p50).toBeLessThan(spread.p90);
    }
  });

  it("without anything uncertain is one value", () => {
    const { net } = monteCarlo(base, {}, { seed: 3, trials: 10 });
    expect(net.p10).toBe(net.p90);
    expect(net.histogram).toEqual([{ from: net.p50, to: net.p50, count: 10 }]);
  });

  it.each([
    [0.5, 40.5],
    [18.5, 282.5],
    [16.5, 84.5],
    [0.5, 0.5],
    [120.5, 3.5],
    [2_000.5, 48_000.5],
  ])("draws Beta(%d, %d) as exactly as its quantiles", (a, b) => {
    const quantile = quantileOf({ kind: "beta", a, b });
    for (let u = 0.0007; u < 1; u += 0.00313) {
      const exact = betaQuantile(u, a, b);
      expect(Math.abs(quantile(u) - exact)).toBeLessThan(1e-6 * exact);
    }
  });

  it("draws an estimate around its value, as far to either side", () => {
    const quantile = quantileOf({ kind: "student", value: 10, error: 2, df: 5 });
    expect(quantile(0.5)).toBe(10);
    expect(quantile(0.975)).toBeCloseTo(10 + 2 * 2.570581836, 6);
    expect(quantile(0.025)).toBeCloseTo(10 - 2 * 2.570581836, 6);
  });
});
