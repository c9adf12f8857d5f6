import { describe, expect, it } from "vitest";
import { createRandom } from "@/lib/core/random";
import { detectableEffect } from "./detectable-effect";
import { studentQuantile } from "./student-quantile";

describe("the effect that a pilot can detect", () => {
  it("is the spread of what teams change by anyway, times what so many teams leave of it", () => {
    // Standard deviation 1; t of 6 degrees of freedom: 2.4469 for the level and 0.9057 for the power.
    const changes = [-1, 0, 1];
    const found = detectableEffect(changes, { treated: 4, control: 4 }, 0.8);
    expect(found).toBeCloseTo((2.446912 + 0.905703) * Math.sqrt(0.5), 5);
  });

  it("is seen four times in five, where it is really there", () => {
    const draw = createRandom(17);
    const random = () => draw() / 2 ** 32;
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const [treated, control, runs] = [5, 7, 4000];
    // The spread is known here: that of the standard normal.
    const effect = detectableEffect([-1, 0, 1], { treated, control }, 0.8) ?? Number.NaN;
    let seen = 0;
    for (let run = 0; run < runs; run += 1) {
      const own = Array.from({ length: treated }, () => normal() + effect);
      const other = Array.from({ length: control }, normal);
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      const squares = (values: number[]) => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);
      const pooled = (squares(own) + squares(other)) / (treated + control - 2);
      const t = (mean(own) - mean(other)) / Math.sqrt(pooled / treated + pooled / control);
      if (Math.abs(t) > studentQuantile(0.975, treated + control - 2)) seen += 1;
    }
    expect(seen / runs).toBeGreaterThan(0.76);
    expect(seen / runs).toBeLessThan(0.84);
  });

  it("is unknown where nothing spreads or a side has fewer than two", () => {
    expect(detectableEffect([1, 1, 1], { treated: 4, control: 4 }, 0.8)).toBeNull();
    expect(detectableEffect([1, 2, 3], { treated: 1, control: 4 }, 0.8)).toBeNull();
    expect(detectableEffect([1, 2], { treated: 2, control: 2 }, 0.8)).toBeNull();
  });
});
