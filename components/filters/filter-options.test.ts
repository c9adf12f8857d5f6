import { describe, expect, it } from "vitest";
import { filterOptions, selectionLabel } from "./filter-options";

const values = {
  orgs: [{ slug: "n", name: "Northwind", isSample: true, timeZone: "UTC", fiscalStart: 1 }],
  repos: [
    { value: "n/api", name: "api", org: "n", completeTo: null },
    { value: "m/api", name: "api", org: "m", completeTo: null },
  ],
  teams: [{ value: "payments", name: "Payments" }],
  agents: [{ value: "cursor", name: "Cursor" }],
  span: null,
  replica: null,
};

describe("filterOptions", () => {
  it("tells apart what has the same name", () => {
    expect(filterOptions("repo", values)).toEqual([
      { value: "n/api", label: "api", hint: "n" },
      { value: "m/api", label: "api", hint: "m" },
    ]);
    expect(filterOptions("org", values)[0]).toMatchObject({ hint: "sample" });
  });

  it("offers what has no team and no name", () => {
    expect(filterOptions("team", values).map(({ label }) => label)).toEqual(["Payments", "Unassigned"]);
    expect(filterOptions("agent", values).map(({ label }) => label)).toEqual(["Cursor", "Unnamed agent"]);
  });
});

describe("selectionLabel", () => {
  const options = ["a", "b", "c"].map((value) => ({ value, label: value.toUpperCase() }));

  it("names a few and counts more", () => {
    expect(selectionLabel("team", [], options)).toBe("All teams");
    expect(selectionLabel("team", ["a", "gone"], options)).toBe("A, gone");
    expect(selectionLabel("team", ["a", "b", "c"], options)).toBe("3 teams");
  });
});
