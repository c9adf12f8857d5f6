import { describe, expect, it } from "vitest";
import { niceTicks, shareTickDigits } from "./nice-ticks";

describe("niceTicks", () => {
  it.each([
    [283, 4, 1, [0, 100, 200, 300]],
    [11, 4, 1, [0, 5, 10, 15]],
    [3, 4, 1, [0, 1, 2, 3]],
    [9, 4, 1, [0, 3, 6, 9]],
    [0, 4, 1, [0, 1]],
    [0.055, 5, 0, [0, 0.02, 0.04, 0.06]],
    [0.3, 3, 0, [0, 0.1, 0.2, 0.3]],
  ])("%f in at most %d steps of at least %d", (reach, intervals, smallest, ticks) => {
    expect(niceTicks(reach, intervals, smallest)).toEqual(ticks);
  });
});

describe("shareTickDigits", () => {
  it("gives a decimal only where a step needs it", () => {
    expect(shareTickDigits([0, 0.05, 0.1, 0.15])).toBe(0);
    expect(shareTickDigits([0, 0.025, 0.05, 0.075, 0.1])).toBe(1);
    expect(shareTickDigits([0, 0.02, 0.04, 0.06])).toBe(0);
  });
});
