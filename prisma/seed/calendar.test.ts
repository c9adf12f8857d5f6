import { describe, expect, it } from "vitest";
import {
  activityOf,
  dayOf,
  dayOfInstant,
  instantOf,
  iso,
  isWeekend,
  LAST_DAY,
  SAMPLE_END,
  SAMPLE_START,
} from "./calendar";

const localHour = (instant: number): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "America/New_York", hour: "2-digit", minute: "2-digit" }).format(
    instant,
  );

describe("calendar", () => {
  it("spans eighteen months of New York days", () => {
    expect(iso(SAMPLE_START)).toBe("2025-05-01T04:00:00.000Z");
    expect(iso(SAMPLE_END)).toBe("2026-10-31T04:00:00.000Z");
    expect(LAST_DAY).toBe(547);
  });

  it("writes instants as ISO text", () => {
    for (const text of ["2025-05-01T04:00:00.000Z", "2025-12-31T23:59:59.000Z", "2026-02-28T00:00:01.000Z"]) {
      expect(iso(Date.parse(text))).toBe(text);
    }
  });

  it("follows New York's clock changes on every day", () => {
    for (let day = 0; day <= LAST_DAY; day += 1) {
      expect(localHour(instantOf(day, 9.5 * 3600))).toBe("09:30");
      expect(dayOfInstant(instantOf(day, 9.5 * 3600))).toBe(day);
    }
  });

  it("rests at weekends, on holidays and at Christmas", () => {
    const tuesday = activityOf(dayOf("2026-02-10"));
    expect(isWeekend(dayOf("2026-02-14"))).toBe(true);
    expect(activityOf(dayOf("2026-02-14"))).toBeLessThan(0.1 * tuesday);
    expect(activityOf(dayOf("2025-11-27"))).toBeLessThan(0.15 * tuesday);
    expect(activityOf(dayOf("2025-12-30"))).toBeLessThan(0.5 * tuesday);
    expect(activityOf(dayOf("2025-08-05"))).toBeLessThan(0.9 * tuesday);
  });
});
