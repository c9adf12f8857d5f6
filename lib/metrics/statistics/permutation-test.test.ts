import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countChoices, permutationTest, smallestPossibleP } from "./permutation-test";

/** Every way to choose, as bits. */
function byBits(treated: readonly number[], control: readonly number[]): number {
  const values = [...treated, ...control];
  const total = values.reduce((sum, value) => sum + value, 0);
  const difference = (sum: number) => sum / treated.length - (total - sum) / control.length;
  const seen = Math.abs(difference(treated.reduce((sum, value) => sum + value, 0)));
  let [extreme, tried] = [0, 0];
  for (let bits = 0; bits < 2 ** values.length; bits += 1) {
    const chosen = values.filter((_, index) => (bits & (1 << index)) !== 0);
    if (chosen.length !== treated.length) continue;
    tried += 1;
    if (Math.abs(difference(chosen.reduce((sum, value) => sum + value, 0))) >= seen - 1e-9) extreme += 1;
  }
  return extreme / tried;
}

describe("permutation test", () => {
  it("tries every choice of the treated, as counting by bits does", () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(values, values, (treated, control) => {
        const { isExact, p, tried } = permutationTest(treated, control, 1);
        expect(isExact).toBe(true);
        expect(tried).toBe(countChoices(treated.length + control.length, treated.length));
        expect(p).toBeCloseTo(byBits(treated, control), 12);
        expect(p).toBeGreaterThanOrEqual(smallestPossibleP(treated.length, control.length) / 2);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it("draws some of very many choices, the same ones each time, and comes near to what all of them give", () => {
    const control = Array.from({ length: 12 }, (_, index) => index / 10);
    const treated = Array.from({ length: 9 }, (_, index) => 0.35 + index / 10);
    const drawn = permutationTest(treated, control, 7);
    expect(drawn).toMatchObject({ tried: 20_000, isExact: false });
    expect(permutationTest(treated, control, 7)).toEqual(drawn);
    // By counting all 293,930 choices.
    expect(byBits(treated, control)).toBeCloseTo(drawn.p, 1);
  });
});
