import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clopperPearson } from "./clopper-pearson";
import { garwoodInterval } from "./garwood";
import { regularizedBeta } from "./incomplete-beta";
import { regularizedGammaP } from "./incomplete-gamma";
import { newcombeDifference } from "./newcombe";
import { wilsonInterval, Z95 } from "./wilson";

const trials = fc
  .integer({ min: 1, max: 20_000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

describe("Wilson", () => {
  it("is the set of rates that a score test does not reject", () => {
    fc.assert(
      fc.property(trials, ([k, n]) => {
        const { hi, lo, p } = wilsonInterval(k, n) ?? { p: -1, lo: -1, hi: -1 };
        const score = (rate: number) => (p - rate) ** 2 - (Z95 ** 2 * rate * (1 - rate)) / n;
        expect(lo <= p && p <= hi && lo >= 0 && hi <= 1).toBe(true);
        if (k > 0) expect(score(lo)).toBeCloseTo(0, 12);
        if (k < n) expect(score(hi)).toBeCloseTo(0, 12);
      }),
    );
  });

  it("mirrors: failures are successes the other way round", () => {
    fc.assert(
      fc.property(trials, ([k, n]) => {
        const [one, other] = [wilsonInterval(k, n), wilsonInterval(n - k, n)];
        expect(one?.lo).toBeCloseTo(1 - (other?.hi ?? 0), 12);
      }),
    );
  });

  it("says nothing without trials", () => expect(wilsonInterval(0, 0)).toBeNull());
});

describe("Newcombe", () => {
  it("turns round with its samples and holds the difference", () => {
    fc.assert(
      fc.property(trials, trials, ([k1, n1], [k2, n2]) => {
        const one = newcombeDifference(k1, n1, k2, n2);
        const other = newcombeDifference(k2, n2, k1, n1);
        expect(one?.lo).toBeCloseTo(-(other?.hi ?? 0), 12);
        expect((one?.lo ?? 2) <= (one?.diff ?? 0) && (one?.diff ?? 0) <= (one?.hi ?? -2)).toBe(true);
      }),
    );
  });

  it("needs both samples", () => expect(newcombeDifference(0, 0, 1, 2)).toBeNull());
});

describe("Garwood", () => {
  it("cuts exactly 2.5 % off each tail of the Poisson distribution", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50_000 }), (events) => {
        const { hi, lo } = garwoodInterval(events, 1) ?? { lo: -1, hi: -1 };
        // P(X ≥ k; λ) is the lower incomplete gamma function P(k, λ).
        if (events > 0) expect(regularizedGammaP(events, lo)).toBeCloseTo(0.025, 9);
        expect(1 - regularizedGammaP(events + 1, hi)).toBeCloseTo(0.025, 9);
      }),
      { numRuns: 200 },
    );
  });

  it("scales with the exposure and needs one", () => {
    const [one, four] = [garwoodInterval(12, 1), garwoodInterval(12, 4)];
    expect(four?.hi).toBeCloseTo((one?.hi ?? 0) / 4, 12);
    expect(garwoodInterval(3, 0)).toBeNull();
  });
});

describe("Clopper–Pearson", () => {
  it("cuts exactly 2.5 % off each tail of the binomial distribution and holds Wilson's centre", () => {
    fc.assert(
      fc.property(trials, ([k, n]) => {
        const bounds = clopperPearson(k, n);
        if (bounds === null) throw new Error("no bounds");
        const { hi, lo } = bounds.twoSided;
        // P(X ≥ k; p) is the regularised incomplete beta function I_p(k, n − k + 1).
        if (k > 0) expect(regularizedBeta(lo, k, n - k + 1)).toBeCloseTo(0.025, 9);
        if (k < n) expect(1 - regularizedBeta(hi, k + 1, n - k)).toBeCloseTo(0.025, 9);
        expect(bounds.upper).toBeLessThanOrEqual(hi);
        expect(bounds.lower).toBeGreaterThanOrEqual(lo);
      }),
      { numRuns: 200 },
    );
  });

  it("has the closed form without failures", () => {
    expect(clopperPearson(0, 59)?.upper).toBeCloseTo(1 - 0.05 ** (1 / 59), 12);
    expect(clopperPearson(0, 0)).toBeNull();
  });
});
