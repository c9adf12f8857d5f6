import { describe, expect, it } from "vitest";
import type { SyncStatus } from "@/lib/connections/types";
import { prepareTotals, secondsLeftOf } from "./sync-totals";

describe("prepareTotals", () => {
  it("says what is read in the order in which it is, and what failed", () => {
    const total = { done: 1200, total: 3000, repositories: 3, complete: 2, failed: 0 };
    const rows = prepareTotals([
      { entity: "older_history", ...total, failed: 1 },
      { entity: "pull_requests", ...total },
      { entity: "deployments", ...total, complete: 3 },
    ]);
    expect(rows.map(({ entity }) => entity)).toEqual(["pull_requests", "deployments", "older_history"]);
    const says = (index: number) => rows[index]?.text.replaceAll("\u00a0", " ");
    expect(rows[0]?.share).toBeCloseTo(2 / 3);
    expect(says(0)).toBe("2 of 3 repositories, 1,200 read");
    expect(says(1)).toBe("All 3 repositories are read");
    expect(says(2)).toBe("2 of 3 repositories, 1,200 read, 1 failed");
  });
});

describe("secondsLeftOf", () => {
  const status: SyncStatus = {
    repo: "api",
    entity: "pull_requests",
    state: "reading",
    done: 100,
    total: 300,
    rate: 10,
    watermark: null,
    lastError: null,
    nextTryAt: "2026-07-01T00:00:00.000Z",
  };
  it("is what is left at the pace so far, and unknown without one", () => {
    expect(secondsLeftOf(status)).toBe(20);
    expect(secondsLeftOf({ ...status, rate: null })).toBeNull();
    expect(secondsLeftOf({ ...status, total: null })).toBeNull();
    expect(secondsLeftOf({ ...status, state: "idle" })).toBeNull();
  });
});
