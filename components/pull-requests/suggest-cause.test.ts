import { describe, expect, it } from "vitest";
import { suggestCause } from "./suggest-cause";

describe("a suggested cause", () => {
  it.each([
    ['Revert "Cache totals": p99 doubled', "performance_regression", "p99"],
    ["Defect BUG-1 (high) names it as the cause: checkout is slower than before", "performance_regression", "slower"],
    ["the client calls a method that does not exist", "hallucinated_integration", "does not exist"],
    ["Off-by-one in the last page", "logic_error", "Off-by-one"],
    ["bumps a peer dependency that nothing else allows", "dependency_conflict", "peer dependency"],
    ["CVE-2026-1: injection in search", "security_vulnerability", "CVE-2026-1"],
    ["contains unrelated changes", "scope_creep", "unrelated changes"],
  ] as const)("of %s is %s", (text, cause, quote) => {
    expect(suggestCause(["nothing to see", text])).toEqual({ cause, quote });
  });

  it("is none where no words point at one", () => {
    expect(suggestCause(["Add export", "Revert it"])).toBeNull();
    expect(suggestCause([])).toBeNull();
    // Parts of words are no words.
    expect(suggestCause(["a brace too many was moved", "raceway", "slowly"])).toBeNull();
  });

  it("goes by the more telling sign, whichever text comes first", () => {
    expect(suggestCause(["wrong total", "an injection"])?.cause).toBe("security_vulnerability");
  });
});
