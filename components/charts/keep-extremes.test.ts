import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepExtremes, MAX_POINTS } from "./keep-extremes";

const values = fc.array(fc.option(fc.integer({ min: -1000, max: 1000 }), { freq: 8 }), {
  minLength: 1,
  maxLength: 900,
});

describe("keepExtremes", () => {
  it("keeps everything where there is room", () => {
    expect(keepExtremes([[3, null, 1]], 3)).toEqual([0, 1, 2]);
    expect(keepExtremes([], 3)).toEqual([]);
  });

  it("never gives more than the limit, in order, with the ends, the extremes and a gap where there are any", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 5, max: MAX_POINTS }), (list, limit) => {
        const kept = keepExtremes([list], limit);
        expect(kept.length).toBeLessThanOrEqual(limit);
        expect(kept).toEqual([...new Set(kept)].toSorted((a, b) => a - b));
        expect([kept[0], kept.at(-1)]).toEqual([0, list.length - 1]);
        const numbers = (of: (number | null | undefined)[]) => of.filter((value) => value != null);
        const shown = kept.map((place) => list[place]);
        expect(Math.max(...numbers(shown))).toBe(Math.max(...numbers(list)));
        expect(Math.min(...numbers(shown))).toBe(Math.min(...numbers(list)));
        expect(shown.includes(null)).toBe(list.includes(null));
      }),
    );
  });

  it("keeps the extremes of each of several series", () => {
    const flat = Array.from({ length: 500 }, () => 1);
    expect(keepExtremes([flat.with(123, 9), flat.with(321, -9)], 100)).toEqual(expect.arrayContaining([123, 321]));
  });
});
