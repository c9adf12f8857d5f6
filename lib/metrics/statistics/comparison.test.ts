import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shrinkRates } from "./empirical-bayes";
import { standardise } from "./standardise";

const count = fc
  .integer({ min: 1, max: 400 })
  .chain((n) => fc.record({ k: fc.integer({ min: 0, max: n }), n: fc.constant(n) }));

describe("direct standardisation", () => {
  it("leaves arms with the same mix as they are", () => {
    const strata = [
      { key: "a", first: { k: 3, n: 30 }, second: { k: 10, n: 60 } },
      { key: "b", first: { k: 9, n: 10 }, second: { k: 4, n: 20 } },
    ];
    const result = standardise(strata);
    expect(result?.first.rate).toBeCloseTo(12 / 40, 12);
    expect(result?.second.rate).toBeCloseTo(14 / 80, 12);
  });

  it("drops and names strata of one arm, and has weights that add up to 1", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 8 }), (cells) => {
        const strata = cells.map(([first, second], index) => ({ key: `s${index}`, first, second }));
        const result = standardise([...strata, { key: "only", first: { k: 1, n: 5 }, second: { k: 0, n: 0 } }]);
        if (result === null) throw new Error("no result");
        expect(result.dropped).toEqual(["only"]);
        expect([...result.weights.values()].reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        for (const { hi, lo, rate } of [result.first, result.second]) expect(lo <= rate && rate <= hi).toBe(true);
        expect(result.difference.diff).toBeCloseTo(result.first.rate - result.second.rate, 12);
      }),
    );
  });

  it("has no answer without a shared stratum", () => {
    expect(standardise([{ key: "a", first: { k: 0, n: 3 }, second: { k: 0, n: 0 } }])).toBeNull();
  });
});

describe("empirical Bayes", () => {
  it("pulls every rate towards the pooled one, the small groups most", () => {
    fc.assert(
      fc.property(fc.array(count, { minLength: 2, maxLength: 12 }), (groups) => {
        const result = shrinkRates(groups);
        if (result === null) return;
        groups.forEach(({ k, n }, index) => {
          const rate = result.rates[index]?.rate ?? Number.NaN;
          const [low, high] = [Math.min(k / n, result.pooled), Math.max(k / n, result.pooled)];
          expect(rate).toBeGreaterThanOrEqual(low - 1e-12);
          expect(rate).toBeLessThanOrEqual(high + 1e-12);
        });
      }),
    );
  });

  it("needs two groups with trials", () => {
    expect(shrinkRates([{ k: 1, n: 2 }])).toBeNull();
    expect(
      shrinkRates([
        { k: 1, n: 2 },
        { k: 0, n: 0 },
      ]),
    ).toBeNull();
  });
});
