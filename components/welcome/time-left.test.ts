import { describe, expect, it } from "vitest";
import { secondsLeft } from "./time-left";

const at = (ms: number, done: number, step = "Reading changes") => ({ at: ms, done, step });

describe("secondsLeft", () => {
  it("goes on at the pace that was seen", () => {
    expect(secondsLeft(at(1000, 100), at(11_000, 600), 1600)).toBe(20);
    expect(secondsLeft(at(1000, 100), at(11_000, 600), 600)).toBe(0);
  });

  it("says nothing that it does not know", () => {
    expect(secondsLeft(at(0, 0), at(10_000, 500), null)).toBeNull();
    expect(secondsLeft(at(0, 0), at(1000, 500), 1000)).toBeNull();
    expect(secondsLeft(at(0, 500), at(10_000, 500), 1000)).toBeNull();
    expect(secondsLeft(at(0, 0, "Reading"), at(10_000, 5, "Writing"), 10)).toBeNull();
  });
});
