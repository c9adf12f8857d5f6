import { describe, expect, it } from "vitest";
import { bucketDays, type PeriodChoice, resolvePeriod } from "./period";

const span = { firstMergedAt: "2023-05-03T10:00:00Z", latest: "2026-10-31T08:41:00Z" };
const choose = (period: PeriodChoice["period"], from: string | null = null, to: string | null = null) =>
  resolvePeriod({ period, from, to }, span, "America/New_York");

describe("resolvePeriod", () => {
  it("takes the running week and the whole weeks before it", () => {
    expect(choose("4w")).toEqual({
      from: "2026-10-05T04:00:00.000Z",
      to: "2026-10-31T08:41:00.001Z",
      firstDay: "2026-10-05",
      lastDay: "2026-10-31",
      grain: "week",
    });
    expect(choose("12w").firstDay).toBe("2026-08-10");
  });

  it("counts from the watermark's quarter and from the first merge", () => {
    expect(choose("quarter").firstDay).toBe("2026-10-01");
    expect(choose("all")).toMatchObject({ firstDay: "2023-05-03", grain: "month" });
  });

  it("takes the whole month and quarter before those that the data end in", () => {
    expect(choose("last-month")).toEqual({
      from: "2026-09-01T04:00:00.000Z",
      to: "2026-10-01T04:00:00.000Z",
      firstDay: "2026-09-01",
      lastDay: "2026-09-30",
      grain: "week",
    });
    expect(choose("last-quarter")).toMatchObject({
      from: "2026-07-01T04:00:00.000Z",
      to: "2026-10-01T04:00:00.000Z",
      lastDay: "2026-09-30",
    });
    const january = resolvePeriod(
      { period: "last-quarter", from: null, to: null },
      { firstMergedAt: "2023-05-03T10:00:00Z", latest: "2026-01-01T05:00:00Z" },
      "America/New_York",
    );
    // Clocks are turned back in between.
    expect([january.from, january.to]).toEqual(["2025-10-01T04:00:00.000Z", "2026-01-01T05:00:00.000Z"]);
  });

  it.each([
    ["quarter", 1, "2026-10-01", "2026-10-31"],
    ["quarter", 2, "2026-08-01", "2026-10-31"],
    ["last-quarter", 2, "2026-05-01", "2026-07-31"],
    ["year", 1, "2026-01-01", "2026-10-31"],
    ["year", 4, "2026-04-01", "2026-10-31"],
    ["last-year", 1, "2025-01-01", "2025-12-31"],
    ["last-year", 4, "2025-04-01", "2026-03-31"],
    ["last-year", 11, "2024-11-01", "2025-10-31"],
  ] as const)("takes %s of a fiscal year that begins in month %i", (period, start, firstDay, lastDay) => {
    expect(resolvePeriod({ period, from: null, to: null }, span, "America/New_York", start)).toMatchObject({
      firstDay,
      lastDay,
    });
  });

  it("keeps custom days inside on both ends", () => {
    expect(choose("custom", "2026-09-01", "2026-09-30")).toMatchObject({
      from: "2026-09-01T04:00:00.000Z",
      to: "2026-10-01T04:00:00.000Z",
      lastDay: "2026-09-30",
    });
  });

  it("never reaches past the data", () => {
    expect(choose("custom", "2026-10-01", "2027-01-01").to).toBe("2026-10-31T08:41:00.001Z");
    expect(choose("custom", "2027-01-01", null).firstDay).toBe("2026-10-31");
  });
});

describe("bucketDays", () => {
  it("is a week or a month of the zone's own calendar, also where clocks change", () => {
    expect(bucketDays("2026-10-26T04:00:00Z", "week", "America/New_York")).toEqual({
      first: "2026-10-26",
      last: "2026-11-01",
    });
    expect(bucketDays("2024-01-31T23:00:00Z", "month", "Europe/Berlin")).toEqual({
      first: "2024-02-01",
      last: "2024-02-29",
    });
  });
});
