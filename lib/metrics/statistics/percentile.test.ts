import fc from "fast-check";
import { expect, it } from "vitest";
import { medianInterval } from "./median-interval";
import { percentileCont } from "./percentile";

// A negative zero becomes a plain one: no measurement is one, and comparisons tell them apart.
const value = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((drawn) => drawn + 0);
const values = fc.array(value, { minLength: 1, maxLength: 80 });

it("percentiles are monotone, inside of the values, and indifferent to their order", () => {
  fc.assert(
    fc.property(values, (list) => {
      const fractions = [0, 0.1, 0.5, 0.9, 1];
      const found = percentileCont(list, fractions) ?? [];
      const sorted = [...list].sort((a, b) => a - b);
      expect([found[0], found[4]]).toEqual([sorted[0], sorted.at(-1)]);
      expect(found).toEqual([...found].sort((a, b) => a - b));
      expect(percentileCont([...list].reverse(), fractions)).toEqual(found);
    }),
  );
});

it("the interval of a median exists from six values on and covers at least what it promises", () => {
  fc.assert(
    fc.property(values, (list) => {
      const interval = medianInterval(list);
      expect(interval === null).toBe(list.length < 6);
      if (interval === null) return;
      expect(interval.coverage).toBeGreaterThanOrEqual(0.95);
      expect(interval.lo <= interval.median && interval.median <= interval.hi).toBe(true);
      expect(interval.rankLo + interval.rankHi).toBe(list.length + 1);
    }),
  );
});
