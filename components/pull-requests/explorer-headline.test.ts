import { describe, expect, it } from "vitest";
import { explorerHeadline } from "./explorer-headline";

const say = (
  total: number,
  rolledBack: number | undefined,
  outcome: boolean | null = null,
  ended: "closed" | "any" | null = null,
) => explorerHeadline({ total, rolledBack, outcome, ended }).replaceAll("\u00a0", " ");

describe("explorerHeadline", () => {
  it("says how many came back", () => {
    expect(say(1284, 37)).toBe("1,284 pull requests merged, 37 of them rolled back (2.9 %).");
    expect(say(12, 1)).toBe("12 pull requests merged, 1 of them rolled back.");
    expect(say(12, 0)).toBe("12 pull requests merged, none of them rolled back.");
    expect(say(12, undefined)).toBe("12 pull requests merged.");
    expect(say(0, 0)).toBe("No pull request fits.");
  });

  it("says how they ended where that is not by a merge", () => {
    expect(say(12, 0, null, "closed")).toBe("12 pull requests closed without a merge.");
    expect(say(1, undefined, null, "any")).toBe("1 pull request merged or closed.");
    expect(say(0, undefined, null, "closed")).toBe("No pull request fits.");
  });

  it("does not repeat what the list is narrowed to", () => {
    expect(say(37, undefined, true)).toBe("37 pull requests were rolled back.");
    expect(say(1, undefined, true)).toBe("1 pull request was rolled back.");
    expect(say(0, undefined, true)).toBe("No pull request here was rolled back.");
    expect(say(3, undefined, false)).toBe("3 pull requests merged and not rolled back.");
  });
});
