import { describe, expect, it } from "vitest";
import type { RatioSums } from "./ratio-interval";
import { standardisedFactor } from "./standardised-factor";

const sums = (...pairs: [number, number][]): RatioSums => ({
  n: pairs.length,
  x: pairs.reduce((sum, [x]) => sum + x, 0),
  y: pairs.reduce((sum, [, y]) => sum + y, 0),
  xx: pairs.reduce((sum, [x]) => sum + x * x, 0),
  xy: pairs.reduce((sum, [x, y]) => sum + x * y, 0),
  yy: pairs.reduce((sum, [, y]) => sum + y * y, 0),
});
const NONE = sums();

describe("a factor as if both did the same work", () => {
  it("is the ratio of the ratios where there is one kind of work", () => {
    const factor = standardisedFactor([{ first: sums([12, 6000], [12, 6000]), second: sums([15, 30000]) }]);
    expect(factor).toMatchObject({ value: 4, crude: 4, lo: null, hi: null, used: 1, dropped: 0 });
  });

  it("does not take a difference in work for one in review", () => {
    // Either takes 1 per line of the hard work and 0.1 of the easy: as they are, whoever does the hard work looks slower.
    const factor = standardisedFactor([
      { first: sums([90, 90], [10, 10]), second: sums([5, 5], [5, 5]) },
      { first: sums([1, 10], [1, 10]), second: sums([9, 90], [10, 100]) },
    ]);
    expect(factor?.value).toBeCloseTo(1, 12);
    expect(factor?.crude).toBeCloseTo(102 / 120 / (29 / 200), 12);
    expect(factor?.lo).toBeCloseTo(1, 6);
  });

  it("takes a kind of work with one pull request to vary as the others do", () => {
    const two: [number, number][] = [
      [1, 10],
      [3, 10],
    ];
    const factor = standardisedFactor([
      { first: sums(...two), second: sums(...two) },
      { first: sums([2, 10]), second: sums([2, 10]) },
    ]);
    // Weights by lines 2/3 and 1/3. Each arm: ratio 0.2, squares 2 over one to spare: (2/60)² · 2 · 2 + (1/30)² · 1 · 2.
    const variance = 4 / 900 + 2 / 900;
    expect(factor?.hi).toBeCloseTo(Math.exp(1.959964 * Math.sqrt((2 * variance) / 0.04)), 5);
  });

  it("leaves out what one of them alone did, and says so", () => {
    const both = { first: sums([4, 2], [3, 2]), second: sums([1, 2], [1, 2]) };
    const factor = standardisedFactor([both, { first: sums([100, 1]), second: NONE }, { first: NONE, second: NONE }]);
    expect(factor).toMatchObject({ used: 1, dropped: 1 });
    expect(factor?.value).toBeCloseTo(3.5, 12);
    expect(factor?.lo).toBeLessThan(3.5);
    expect(factor?.hi).toBeGreaterThan(3.5);
  });

  it("is none where there is nothing to hold it against", () => {
    expect(standardisedFactor([])).toBeNull();
    expect(standardisedFactor([{ first: sums([1, 1]), second: NONE }])).toBeNull();
    expect(standardisedFactor([{ first: sums([1, 1]), second: sums([0, 5]) }])).toBeNull();
  });
});
