import { describe, expect, it } from "vitest";
import type { DimensionValues } from "@/lib/metrics/types";
import { requestOver, resolvePageScope } from "./page-scope";
import { type FilterState, loadFilterState } from "./search-params";

const real = { slug: "acme", name: "Acme", isSample: false, timeZone: "Europe/Berlin", fiscalStart: 4 };
const sample = {
  slug: "sample-fleet",
  name: "Northwind",
  isSample: true,
  timeZone: "America/New_York",
  fiscalStart: 1,
};
const repo = (org: string, completeTo: string) => ({ value: `${org}/api`, name: "api", org, completeTo });
const dimensions = (part: Partial<DimensionValues> = {}): DimensionValues => ({
  orgs: [real, sample],
  repos: [repo("acme", "2026-11-20T10:00:00Z"), repo("sample-fleet", "2026-10-31T12:41:00Z")],
  teams: [],
  agents: [],
  span: { firstMergedAt: "2025-05-01T00:00:00Z", latest: "2026-11-20T10:00:00Z", asOf: "2026-11-20T10:00:00Z" },
  replica: null,
  ...part,
});
const scopeOf = (url: Partial<FilterState>, values = dimensions()) =>
  resolvePageScope({ ...loadFilterState({}), ...url }, values);

describe("resolvePageScope", () => {
  it("has nothing to be about before anything is imported", () => {
    expect(scopeOf({}, dimensions({ span: null }))).toBeNull();
  });

  it("reads the real organisations by default, in their zone and to their end", () => {
    expect(scopeOf({})).toMatchObject({
      timeZone: "Europe/Berlin",
      isSample: false,
      compare: "previous",
      filters: {},
      period: { firstDay: "2026-08-31", lastDay: "2026-11-20" },
    });
  });

  it("ends the sample where the sample ends", () => {
    expect(scopeOf({ org: ["sample-fleet"] })).toMatchObject({
      timeZone: "America/New_York",
      isSample: true,
      period: { lastDay: "2026-10-31" },
      filters: { org: ["sample-fleet"] },
    });
    expect(scopeOf({}, dimensions({ orgs: [sample] }))?.isSample).toBe(true);
  });

  it("falls back to UTC where zones differ", () => {
    expect(scopeOf({ org: ["acme", "sample-fleet"] })?.timeZone).toBe("UTC");
  });

  it("compares only with a period that lies inside of the data", () => {
    expect(scopeOf({ period: "52w" })?.compare).toBeUndefined();
    expect(scopeOf({ period: "all" })?.compare).toBeUndefined();
    expect(scopeOf({ compare: "none" })?.compare).toBeUndefined();
  });

  it("carries only the filters that filter into a request", () => {
    const scope = scopeOf({ team: ["payments"], category: ["documentation"] });
    if (scope === null) throw new Error("no scope");
    const request = requestOver(scope, { metrics: ["task_mix"], groupBy: [], grain: "week" });
    expect(request).toMatchObject({ filters: { team: ["payments"], category: ["documentation"] }, grain: "week" });
    expect(request.compare).toBeUndefined();
    expect(requestOver(scope, { metrics: ["task_mix"], groupBy: [], compare: true }).compare).toBe("previous");
  });
});
