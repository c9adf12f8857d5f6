import { describe, expect, it } from "vitest";
import { CommitIndex } from "./commit-index";

const id = (head: string): string => head.padEnd(40, "0");

describe("CommitIndex", () => {
  it("finds full and abbreviated ids, and nothing below seven digits", () => {
    const index = new CommitIndex();
    index.add(id("abcdef1234"), 5, true);
    expect(index.find(id("abcdef1234"))).toEqual({ change: 5, landed: true });
    expect(index.find("abcdef1")).toEqual({ change: 5, landed: true });
    expect(index.find("abcdef12")).toEqual({ change: 5, landed: true });
    expect(index.find("abcdef13")).toBeNull();
    expect(index.find("abcdef")).toBeNull();
  });

  it("gives nothing for an abbreviation that two landed commits share", () => {
    const index = new CommitIndex();
    index.add(id("abcdef1234"), 1, true);
    index.add(id("abcdef1299"), 2, true);
    expect(index.find("abcdef12")).toBeNull();
    expect(index.find("abcdef129")).toEqual({ change: 2, landed: true });
  });

  it("prefers the line to a branch, whichever came first, and the first branch to a later one", () => {
    const index = new CommitIndex();
    index.add(id("aaaaaaa1"), 1, false);
    index.add(id("aaaaaaa1"), 2, false);
    expect(index.find(id("aaaaaaa1"))).toEqual({ change: 1, landed: false });
    index.add(id("aaaaaaa1"), 3, true);
    index.add(id("aaaaaaa1"), 4, false);
    expect(index.find(id("aaaaaaa1"))).toEqual({ change: 3, landed: true });
  });

  it("grows", () => {
    const index = new CommitIndex();
    for (let i = 0; i < 5_000; i++) index.add(i.toString(16).padStart(8, "0").padEnd(40, "f"), i, true);
    expect(index.find((4_321).toString(16).padStart(8, "0").padEnd(40, "f"))).toEqual({ change: 4_321, landed: true });
  });

  it("knows what stands on the line, also when it was written down and read back", () => {
    const index = new CommitIndex();
    for (let i = 0; i < 2_000; i++) index.add(id(`abcdef1${i.toString(16).padStart(8, "0")}`), i, i % 2 === 0);
    const again = CommitIndex.load(index.save());
    for (const known of [index, again]) {
      expect(known.hasLanded(id("abcdef100000064"))).toBe(true);
      expect(known.hasLanded(id("abcdef100000065"))).toBe(false);
      expect(known.hasLanded(id("abcdef1fffffff0"))).toBe(false);
      expect(known.find(id("abcdef100000065"))).toEqual({ change: 0x65, landed: false });
    }
    expect(again.save()).toEqual(index.save());
  });
});
