import { expect, it } from "vitest";
import { createWorkingDays } from "./working-days";

const days = (zone: string, from: string, to: string) => createWorkingDays(zone)(Date.parse(from), Date.parse(to));

it("counts the days from Monday to Friday that begin in a period", () => {
  expect(days("UTC", "2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z")).toBe(5);
  expect(days("UTC", "2026-03-07T00:00:00Z", "2026-03-09T00:00:00Z")).toBe(0);
  expect(days("UTC", "2026-03-06T00:00:00Z", "2026-03-10T00:00:00Z")).toBe(2);
  expect(days("UTC", "2026-03-02T00:00:01Z", "2026-03-03T00:00:00Z")).toBe(0);
});

it("counts them on the calendar of the zone, also where the clocks change", () => {
  expect(days("America/New_York", "2026-03-06T05:00:00Z", "2026-03-10T04:00:00Z")).toBe(2);
  expect(days("Asia/Kathmandu", "2026-03-01T18:15:00Z", "2026-03-06T18:15:00Z")).toBe(5);
});
