import { describe, expect, it } from "vitest";
import { hoursToRollback } from "./reverts";

describe("hoursToRollback", () => {
  it.each([
    [0.21, 1],
    [0.43, 6],
    [0.63, 24],
    [0.78, 72],
    [0.87, 168],
    [0.91, 336],
    [0.97, 720],
  ])("has a share of %f reverted by hour %d", (share, hours) => {
    expect(hoursToRollback(share)).toBeCloseTo(hours, 9);
  });

  it("never goes back in time nor past sixty days", () => {
    const shares = Array.from({ length: 101 }, (_, index) => hoursToRollback(index / 100));
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares[100]).toBe(1440);
  });
});
