import { describe, expect, it } from "vitest";
import { backOff, reactTo } from "./failure-policy";
import { nextPageSize } from "./page-size";

const NOW = new Date("2026-07-01T12:00:00Z");
const at = (attempts: number, pageSize = 25) => ({ attempts, now: NOW, pageSize });

describe("what a failure means for a walk", () => {
  it("waits until a limit is over, everyone with it, and counts no attempt", () => {
    const until = new Date("2026-07-01T12:10:00Z");
    expect(reactTo({ kind: "rate_limited", until, secondary: false }, at(2))).toMatchObject({
      waitMs: 600_000,
      everyone: true,
      counts: false,
      state: "reading",
    });
  });

  it("asks for half at once what was too much, and backs off when there is nothing to halve", () => {
    expect(reactTo({ kind: "too_heavy" }, at(0, 25))).toMatchObject({ pageSize: 12, waitMs: 0 });
    expect(reactTo({ kind: "too_heavy" }, at(3, 1))).toMatchObject({ pageSize: 1, waitMs: 8000, state: "failed" });
  });

  it("begins a walk anew when its place is forgotten", () => {
    expect(reactTo({ kind: "stale_cursor" }, at(0))).toMatchObject({ restart: true, waitMs: 0 });
  });

  it("gives a refused token two more tries", () => {
    expect(reactTo({ kind: "unauthorized" }, at(0)).broken).toBe(false);
    expect(reactTo({ kind: "unauthorized" }, at(2)).broken).toBe(true);
  });

  it("does without what is not allowed, and looks up what is not found", () => {
    expect(reactTo({ kind: "forbidden", permission: "actions=read" }, at(0)).state).toBe("unavailable");
    expect(reactTo({ kind: "not_found" }, at(0)).lookUp).toBe(true);
  });

  it("backs off from a second to a quarter of an hour", () => {
    expect([0, 1, 5, 30].map(backOff)).toEqual([1000, 2000, 32_000, 900_000]);
  });
});

describe("the size of a page", () => {
  it("grows while answers are fast, shrinks when they are slow, and stays from 1 to 100", () => {
    expect(nextPageSize(25, 500)).toBe(38);
    expect(nextPageSize(80, 500)).toBe(100);
    expect(nextPageSize(50, 4000)).toBe(50);
    expect(nextPageSize(50, 8000)).toBe(25);
    expect(nextPageSize(1, 8000)).toBe(1);
  });
});
