import { describe, expect, it } from "vitest";
import { addDays, dayOf, isDay, startOfDay, startOfWeek } from "./zoned-time";

describe("zoned time", () => {
  it("reads the day of the zone", () => {
    expect(dayOf("2026-10-31T23:30:00Z", "UTC")).toBe("2026-10-31");
    expect(dayOf("2026-10-31T23:30:00Z", "Europe/Berlin")).toBe("2026-11-01");
    expect(dayOf("2026-11-01T03:30:00Z", "America/New_York")).toBe("2026-10-31");
  });

  it("finds midnight on both sides of a clock change", () => {
    expect(startOfDay("2026-03-08", "America/New_York").toISOString()).toBe("2026-03-08T05:00:00.000Z");
    expect(startOfDay("2026-03-09", "America/New_York").toISOString()).toBe("2026-03-09T04:00:00.000Z");
    expect(startOfDay("2026-10-25", "Europe/Berlin").toISOString()).toBe("2026-10-24T22:00:00.000Z");
    expect(startOfDay("2026-10-26", "Europe/Berlin").toISOString()).toBe("2026-10-25T23:00:00.000Z");
  });

  it("begins a day whose midnight does not exist at the first moment after it", () => {
    expect(startOfDay("2018-11-04", "America/Sao_Paulo").toISOString()).toBe("2018-11-04T03:00:00.000Z");
  });

  it("counts in calendar days", () => {
    expect(addDays("2026-02-27", 2)).toBe("2026-03-01");
    expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
  });

  it("begins weeks on Monday", () => {
    expect(startOfWeek("2026-11-01")).toBe("2026-10-26");
    expect(startOfWeek("2026-10-26")).toBe("2026-10-26");
  });

  it("knows which days exist", () => {
    expect(isDay("2026-02-28")).toBe(true);
    for (const text of ["2026-02-30", "2026-2-1", "yesterday", ""]) expect(isDay(text)).toBe(false);
  });
});
