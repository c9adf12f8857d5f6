import { describe, expect, it } from "vitest";
import { hypergeometricTail } from "./hypergeometric-tail";

/** The same by counting every draw. */
function counted(k: number, n: number, marked: number, total: number): number {
  let [hits, draws] = [0, 0];
  for (let mask = 0; mask < 2 ** total; mask += 1) {
    const drawn = Array.from({ length: total }, (_, at) => (mask >> at) & 1);
    if (drawn.reduce((sum, bit) => sum + bit, 0) !== n) continue;
    draws += 1;
    if (drawn.slice(0, marked).reduce((sum, bit) => sum + bit, 0) >= k) hits += 1;
  }
  return hits / draws;
}

describe("hypergeometricTail", () => {
  it("is the tea tasting of Fisher", () => {
    expect(hypergeometricTail(4, 4, 4, 8)).toBeCloseTo(1 / 70, 12);
    expect(hypergeometricTail(3, 4, 4, 8)).toBeCloseTo(17 / 70, 12);
  });

  it("agrees with counting every draw", () => {
    for (let n = 0; n <= 6; n += 1) {
      for (let marked = 0; marked <= 9; marked += 1) {
        for (let k = 0; k <= n; k += 1) {
          expect(hypergeometricTail(k, n, marked, 9), `${k} ${n} ${marked}`).toBeCloseTo(counted(k, n, marked, 9), 10);
        }
      }
    }
  });

  it("stays a probability for large numbers", () => {
    const p = hypergeometricTail(8, 57, 225, 7040);
    expect(p).toBeGreaterThan(1e-5);
    expect(p).toBeLessThan(1e-3);
    expect(hypergeometricTail(0, 57, 225, 7040)).toBe(1);
    expect(hypergeometricTail(200_000, 500_000, 200_000, 1_000_000)).toBeLessThan(1e-300);
  });
});
