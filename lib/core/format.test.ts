import { describe, expect, it } from "vitest";
import {
  capitalised,
  formatBytes,
  formatCount,
  formatDate,
  formatDateRange,
  formatDateTime,
  formatDay,
  formatDecimal,
  formatHours,
  formatKOfN,
  formatList,
  formatMonth,
  formatPercent,
  formatPercentInterval,
  formatPoints,
  formatQuantity,
  formatRelativeChange,
} from "./format";

/** No-break spaces are right on the page and unreadable in an expectation. */
const plain = (text: string | null) => text?.replaceAll("\u00a0", " ");

describe("shares", () => {
  it.each([
    [0, "0.0 %"],
    [0.041, "4.1 %"],
    [0.199, "19.9 %"],
    [0.41, "41 %"],
    [1, "100 %"],
    [0.0001, "< 0.1 %"],
    [0.998, "> 99 %"],
    [0.9949, "99 %"],
  ])("%f reads %s", (share, text) => expect(plain(formatPercent(share))).toBe(text));

  it("keeps the decimals that a column asks for", () => expect(plain(formatPercent(0.41, 1))).toBe("41.0 %"));

  it("gives both ends of an interval the same decimals", () => {
    expect(plain(formatPercentInterval(0.031, 0.054))).toBe("3.1–5.4 %");
    expect(plain(formatPercentInterval(0.05, 0.44))).toBe("5–44 %");
  });

  it.each([
    [0.016, "+1.6 pp"],
    [-0.02, "−2.0 pp"],
    [0.0001, "0.0 pp"],
  ])("difference %f reads %s", (difference, text) => expect(plain(formatPoints(difference))).toBe(text));
});

describe("counts", () => {
  it("separates thousands and signs with a real minus", () => {
    expect(formatCount(1284)).toBe("1,284");
    expect(formatCount(-12)).toBe("−12");
    expect(formatDecimal(98.65, 1)).toBe("98.7");
    expect(plain(formatKOfN(4, 1163))).toBe("4 of 1,163");
  });

  it("agrees in number", () => {
    expect(plain(formatQuantity(1, "pull request"))).toBe("1 pull request");
    expect(plain(formatQuantity(0, "pull request"))).toBe("0 pull requests");
    expect(plain(formatQuantity(2, "repository", "repositories"))).toBe("2 repositories");
  });

  it("says a relative change only where there is something to compare with", () => {
    expect(plain(formatRelativeChange(1284, 1088))).toBe("+18 %");
    expect(plain(formatRelativeChange(96, 100))).toBe("−4 %");
    expect(plain(formatRelativeChange(100, 100))).toBe("±0 %");
    expect(formatRelativeChange(5, 0)).toBeNull();
  });

  it("begins a sentence", () => expect([capitalised("no data"), capitalised("")]).toEqual(["No data", ""]));
  it("lists", () => expect(formatList(["Payments", "Search", "Ledger"])).toBe("Payments, Search and Ledger"));
});

describe("durations", () => {
  it.each([
    [0.001, "< 1 m"],
    [41 / 60, "41 m"],
    [5.2, "5 h 12 m"],
    [3, "3 h"],
    [23.9999, "1 d"],
    [26, "1 d 2 h"],
    [168, "7 d"],
    [239.9, "10 d"],
    [24 * 12.4, "12 d"],
  ])("%f hours read %s", (hours, text) => expect(plain(formatHours(hours))).toBe(text));
});

describe("dates", () => {
  const instant = "2026-10-14T22:41:00Z";

  it("reads the day of the zone, not of the machine", () => {
    expect(formatDate(instant, "UTC")).toBe("14 Oct 2026");
    expect(formatDate(instant, "Asia/Tokyo")).toBe("15 Oct 2026");
    expect(formatDay(instant, "America/New_York")).toBe("14 Oct");
    expect(formatMonth(instant, "UTC")).toBe("Oct 2026");
    expect(formatDay("2026-09-07T12:00Z", "UTC")).toBe("7 Sep");
    expect(formatDateTime(instant, "Europe/Berlin")).toBe("15 Oct 2026, 00:41");
  });

  it("repeats the year of a range only where it changes", () => {
    expect(formatDateRange("2026-08-03T00:00Z", "2026-10-25T00:00Z", "UTC")).toBe("3 Aug – 25 Oct 2026");
    expect(formatDateRange("2025-12-29T00:00Z", "2026-01-04T00:00Z", "UTC")).toBe("29 Dec 2025 – 4 Jan 2026");
    expect(formatDateRange("2026-08-03T00:00Z", "2026-08-03T05:00Z", "UTC")).toBe("3 Aug 2026");
  });
});

describe("bytes", () => {
  it.each([
    [0, "0 bytes"],
    [999, "999 bytes"],
    [1000, "1.0 kB"],
    [21_712, "21.7 kB"],
    [1_000_000, "1.0 MB"],
    [5e12, "5,000.0 GB"],
  ])("%i read %s", (bytes, text) => expect(plain(formatBytes(bytes))).toBe(text));
});
