import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { medianInterval } from "./median-interval";
import { percentileCont } from "./percentile";
import { estimatePercentile, percentileRanks } from "./percentile-estimate";
import { selectRanks } from "./select-ranks";

const values = fc.array(fc.integer({ min: -1, max: 50 }), { minLength: 1, maxLength: 60 });

describe("ranks of a list", () => {
  it("hold what sorting puts there, whatever the order and however many values are equal", () => {
    fc.assert(
      fc.property(values, fc.array(fc.nat(59), { minLength: 1, maxLength: 5 }), (list, wanted) => {
        const ranks = [...new Set(wanted.map((rank) => rank % list.length))].sort((a, b) => a - b);
        const sorted = [...list].sort((a, b) => a - b);
        const selected = Int32Array.from(list);
        selectRanks(selected, ranks);
        expect(ranks.map((rank) => selected[rank])).toEqual(ranks.map((rank) => sorted[rank]));
        expect([...selected].sort((a, b) => a - b)).toEqual(sorted);
      }),
    );
  });
});

describe("a percentile", () => {
  it("is that of percentile_cont, in short lists and in long ones", () => {
    fc.assert(
      fc.property(values, fc.constantFrom(0, 0.25, 0.5, 0.75, 0.9, 1), fc.constantFrom(1, 40), (list, at, times) => {
        const long = Array.from({ length: times }, () => list).flat();
        // Among others, which are not looked at.
        const found = estimatePercentile(Int32Array.from([9, ...long, -7]), at, 1, long.length + 1);
        expect(found?.value).toBeCloseTo(percentileCont(long, [at])?.[0] ?? Number.NaN, 9);
      }),
    );
  });

  it("has limits at the ranks of its interval, however far apart the values lie", () => {
    const far = fc.oneof(fc.nat(300), fc.nat(2 ** 20), fc.integer({ min: 2 ** 31 - 500, max: 2 ** 31 - 1 }));
    fc.assert(
      fc.property(
        fc.array(far, { minLength: 600, maxLength: 900 }),
        fc.constantFrom(0, 0.1, 0.5, 0.9, 1),
        (list, at) => {
          const sorted = [...list].sort((a, b) => a - b);
          const ranks = percentileRanks(list.length, at);
          const found = estimatePercentile(Int32Array.from(list), at);
          expect(found?.value).toBeCloseTo(percentileCont(list, [at])?.[0] ?? Number.NaN, 6);
          expect([found?.lo, found?.hi]).toEqual(ranks === null ? [null, null] : [sorted[ranks.lo], sorted[ranks.hi]]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("of half has the interval of the median", () => {
    // Short lists are searched, long ones counted first; negative values are never counted.
    for (const n of [1, 5, 6, 7, 20, 101, 1001, 2500, 10_007]) {
      const list = Array.from({ length: n }, (_, index) => ((index * 7919) % 10_007) - 5000);
      const { hi, lo } = estimatePercentile(Int32Array.from(list), 0.5) ?? {};
      const known = medianInterval(list);
      expect([lo, hi], String(n)).toEqual([known?.lo ?? null, known?.hi ?? null]);
    }
  });

  it("at the edge of the list has no interval when no order statistic is sure enough", () => {
    expect(percentileRanks(20, 0.95)).toBeNull();
    expect(percentileRanks(100, 0.9)).toEqual({ lo: 83, hi: 95 });
    expect(estimatePercentile(new Int32Array(0), 0.5)).toBeNull();
  });
});
