import { expect, it } from "vitest";
import { monthsBetween } from "./months";

const between = (from: string, to: string, zone = "UTC") => monthsBetween(Date.parse(from), Date.parse(to), zone);

it("counts whole months of the calendar, in the zone, and measures anything else", () => {
  expect(between("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z")).toBe(1);
  expect(between("2025-11-01T00:00:00Z", "2026-11-01T00:00:00Z")).toBe(12);
  // March in New York begins in winter time and ends in summer time.
  expect(between("2026-03-01T05:00:00Z", "2026-04-01T04:00:00Z", "America/New_York")).toBe(1);
  expect(between("2026-03-01T05:00:00Z", "2026-04-01T05:00:00Z", "America/New_York")).not.toBe(1);
  expect(between("2026-03-01T00:00:00Z", "2026-04-30T21:00:00Z")).toBe(2);
  expect(between("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z")).toBe(0);
  expect(between("2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z")).toBe(0);
});
