import { expect, it } from "vitest";
import { parseSince } from "./parse-since";

const NOW = new Date("2026-06-01T00:00:00Z");

it.each([
  ["2026-01-31", "2026-01-31T00:00:00.000Z"],
  ["2026-01-31T09:30Z", "2026-01-31T09:30:00.000Z"],
  ["2026-01-31T09:30:15", "2026-01-31T09:30:15.000Z"],
  ["2026-01-31 09:30:15+05:45", "2026-01-31T03:45:15.000Z"],
  ["2024-02-29", "2024-02-29T00:00:00.000Z"],
])("reads %s as %s whatever the local time zone", (text, expected) => {
  expect(parseSince(text, NOW).toISOString()).toBe(expected);
});

it.each(["2025-02-29", "31.01.2026", "2026-1-31", "2026-01-31x", "last week", "1767225600"])("refuses %s", (text) => {
  expect(() => parseSince(text, NOW)).toThrow(expect.objectContaining({ code: "bad_request", pointer: "/since" }));
});
