import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lastDue, nextDue, REPORT_CHANNELS, retryAt } from "./report-schedules";

const ZONE = "America/New_York";
const last = (channel: (typeof REPORT_CHANNELS)[number], onDay: number, now: string) => {
  const { dueAt, ...days } = lastDue(channel, onDay, ZONE, new Date(now));
  return { dueAt: dueAt.toISOString(), ...days };
};

describe("when a report is due", () => {
  it("is of the whole month before, at eight of the organisation’s day", () => {
    const april = { dueAt: "2026-05-09T12:00:00.000Z", firstDay: "2026-04-01", lastDay: "2026-04-30" };
    expect(last("mail", 9, "2026-05-09T12:00:00Z")).toEqual(april);
    expect(last("mail", 9, "2026-06-09T11:59:59Z")).toEqual(april);
    expect(last("mail", 9, "2026-05-09T11:59:59Z")).toMatchObject({ firstDay: "2026-03-01", lastDay: "2026-03-31" });
    expect(last("mail", 1, "2026-01-01T13:00:00Z")).toMatchObject({ firstDay: "2025-12-01", lastDay: "2025-12-31" });
    expect(nextDue("mail", 9, ZONE, new Date("2026-05-09T12:00:00Z")).toISOString()).toBe("2026-06-09T12:00:00.000Z");
  });

  it("is of the whole week before, from Monday to Sunday", () => {
    // 2026-11-23 is a Monday.
    const week = { firstDay: "2026-11-16", lastDay: "2026-11-22" };
    expect(last("slack", 1, "2026-11-23T13:00:00Z")).toEqual({ dueAt: "2026-11-23T13:00:00.000Z", ...week });
    expect(last("slack", 1, "2026-11-23T12:59:59Z")).toMatchObject({ firstDay: "2026-11-09" });
    expect(last("teams", 5, "2026-11-28T00:00:00Z")).toEqual({ dueAt: "2026-11-27T13:00:00.000Z", ...week });
    expect(last("teams", 7, "2026-11-28T00:00:00Z")).toMatchObject({ dueAt: "2026-11-22T13:00:00.000Z" });
  });

  it("was never more than one round ago, and is next within one", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REPORT_CHANNELS),
        fc.integer({ min: 1, max: 7 }),
        fc.date({ min: new Date("2024-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
        (channel, onDay, now) => {
          const { dueAt, firstDay, lastDay } = lastDue(channel, onDay, ZONE, now);
          const next = nextDue(channel, onDay, ZONE, now);
          expect(dueAt <= now && now < next).toBe(true);
          expect(firstDay < lastDay).toBe(true);
          expect(lastDue(channel, onDay, ZONE, next).dueAt).toEqual(next);
        },
      ),
    );
  });
});

describe("a delivery that failed", () => {
  it("is tried again later and later, and five times", () => {
    const now = new Date("2026-01-01T00:00:00Z");
    const waits = [1, 2, 3, 4, 5, 6].map((attempts) => retryAt(attempts, now)?.toISOString().slice(11, 16) ?? null);
    expect(waits).toEqual(["00:01", "00:05", "00:30", "02:00", "06:00", null]);
  });
});
