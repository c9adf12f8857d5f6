import { describe, expect, it } from "vitest";
import { type MergedRef, place } from "./placement";

const line = ["a", "b", "c", "d", "e"];
const positionOf = new Map(line.map((sha, position) => [sha, position]));
const ref = (number: number, shas: string[], more: Partial<MergedRef> = {}): MergedRef => ({
  id: `git:${number}`,
  number,
  shas,
  updatedAt: null,
  landed: 1,
  ...more,
});
const shasOf = (merged: MergedRef[]) => Object.fromEntries(place(merged, line, positionOf).shasOf);

describe("placing pull requests on a line", () => {
  it("gives each the commits that it names, and a rebase as many before its last as it had", () => {
    expect(shasOf([ref(1, ["b"]), ref(2, ["e"], { landed: 3 })])).toEqual({ 1: ["b"], 2: ["c", "d", "e"] });
  });

  it("leaves a rebase without what another one names, however they are told", () => {
    const rebase = ref(2, ["e"], { landed: 4, updatedAt: "2026-02-01T00:00:00.000Z" });
    expect(shasOf([rebase, ref(1, ["c"])])).toEqual({ 1: ["c"], 2: ["d", "e"] });
    expect(shasOf([ref(1, ["c"]), rebase])).toEqual({ 1: ["c"], 2: ["d", "e"] });
    expect(shasOf([ref(1, ["b"], { landed: 9 })])).toEqual({ 1: ["a", "b"] });
  });

  it("hears the latest state of a pull request, before what a clone reads off its commits", () => {
    const older = ref(1, ["a"], { id: "github:1", updatedAt: "2026-01-01T00:00:00.000Z" });
    const newer = ref(1, ["b"], { id: "github:2", updatedAt: "2026-01-02T00:00:00.000Z" });
    expect(shasOf([ref(1, ["c"]), older, newer])).toEqual({ 1: ["b"] });
    expect(shasOf([ref(1, ["c"]), { ...newer, shas: ["not here"] }])).toEqual({ 1: ["c"] });
  });

  it("keeps in mind what was merged elsewhere, and nothing of what was placed by another event", () => {
    const elsewhere = ref(3, ["not here"]);
    const placed = place([ref(1, ["a"]), ref(1, ["not here"], { id: "git:z" }), elsewhere], line, positionOf);
    expect(placed.unplaced).toEqual([elsewhere]);
  });
});
