import { describe, expect, it } from "vitest";
import { allocateMinor, minorDigits, toMajor, toMinor } from "./money";
import { createRandom } from "./random";

describe("money", () => {
  it("knows the minor unit of each currency", () => {
    expect(["USD", "JPY", "KWD"].map(minorDigits)).toEqual([2, 0, 3]);
    expect(toMinor("10.005", "USD")).toBe(1001n);
    expect(toMinor("-10.005", "USD")).toBe(-1001n);
    expect(toMinor("10.5", "JPY")).toBe(11n);
    expect(toMajor(1234567n, "KWD").toFixed()).toBe("1234.567");
  });

  it("stays exact where a double would not", () => {
    expect(toMinor("90071992547409.93", "USD")).toBe(9_007_199_254_740_993n);
  });

  it("parts any total without losing a unit, nobody more than one away from their share", () => {
    const next = createRandom(5);
    for (let round = 0; round < 200; round += 1) {
      const weights = Array.from({ length: 1 + (next() % 9) }, () => next() % 50);
      if (weights.every((weight) => weight === 0)) continue;
      const total = BigInt((next() % 100_000) - 50_000);
      const parts = allocateMinor(total, weights.map(String));
      const sum = weights.reduce((all, weight) => all + weight, 0);
      expect(parts.reduce((all, part) => all + part, 0n)).toBe(total);
      parts.forEach((part, index) => {
        expect(Math.abs(Number(part) - (Number(total) * (weights[index] as number)) / sum)).toBeLessThan(1);
      });
    }
  });

  it("does not part by nothing or by less than nothing", () => {
    expect(() => allocateMinor(5n, ["0", "0"])).toThrow("Weights");
    expect(() => allocateMinor(5n, ["2", "-1"])).toThrow("Weights");
  });
});
