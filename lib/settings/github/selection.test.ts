import { describe, expect, it } from "vitest";
import { isSelected, selectionSchema } from "./selection";

describe("a selection of repositories", () => {
  it("takes all, some by name, or those that match a pattern and no exception", () => {
    expect(isSelected({ mode: "all" }, "api")).toBe(true);
    const some = { mode: "some" as const, repositories: ["API", "web"] };
    expect(["api", "Web", "apis", "a"].map((name) => isSelected(some, name))).toEqual([true, true, false, false]);
    const pattern = { mode: "pattern" as const, include: ["svc-*", "w?b", "a.b"], exclude: ["*-old"] };
    expect(
      ["svc-api", "SVC-", "svc-old", "web", "weeb", "a.b", "axb", "xsvc-api"].map((n) => isSelected(pattern, n)),
    ).toEqual([true, true, false, true, false, true, false, false]);
  });

  it("names what is wrong with it", () => {
    for (const wrong of [
      { mode: "some", repositories: [] },
      { mode: "some", repositories: ["acme/api"] },
      { mode: "pattern", include: ["("] },
      { mode: "every" },
      { mode: "all", repositories: ["api"] },
    ]) {
      expect(selectionSchema.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
    }
  });
});
