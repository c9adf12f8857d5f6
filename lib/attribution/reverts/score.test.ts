import { describe, expect, it } from "vitest";
import type { RevertTarget, RevertVerdict } from "@/lib/attribution/types";
import { revertReferenceSchema, scoreReverts } from "./score";

const target = (number: number | null, hours: number): RevertTarget => ({
  key: number === null ? "sha:1" : `pr:${number}`,
  number,
  sha: "1",
  title: "",
  seconds: Math.round(hours * 3600),
  confidence: "certain",
  evidence: [],
});
const verdict = (key: string, kind: RevertVerdict["kind"], ...targets: RevertTarget[]): RevertVerdict => ({
  key,
  kind,
  targets,
  evidence: [],
  resolverVersion: "1",
});
const revert = (revert_pr: number | null, cls: string, ...targets: [number | null, number][]) => ({
  revert_pr,
  revert_sha: "2",
  revert_title: `revert by ${revert_pr}`,
  cls,
  note: "read",
  targets: targets.map(([pr, hours]) => ({ pr, sha: "3", hours })),
});

describe("scoreReverts", () => {
  it("matches reverted pull requests at their first revert, and explains the rest", () => {
    const reference = revertReferenceSchema.parse({
      summary: {},
      reverts: [
        revert(10, "revert", [1, 2.5], [2, 3]),
        revert(20, "revert", [1, 90]),
        revert(null, "revert", [3, 1]),
        revert(30, "revert", [4, 5]),
        revert(40, "partial", [5, 5]),
        revert(50, "undeclared", [6, 1]),
        revert(60, "revert", [null, 1]),
        revert(70, "revert", [8, 1]),
      ],
    });
    const found = [
      verdict("pr:10", "revert", target(1, 2.5), target(2, 3.01)),
      verdict("sha:abc", "revert", target(3, 1)),
      verdict("pr:30", "partial", target(4, 5)),
      verdict("pr:40", "revert", target(5, 5)),
      verdict("pr:50", "undeclared", target(6, 1)),
      verdict("pr:60", "revert", target(null, 1)),
      verdict("pr:90", "revert", target(7, 1)),
    ];
    const score = scoreReverts(found, reference, new Map([["pr:90", "revert nine"]]));
    expect(score).toMatchObject({ matched: 3, precision: 3 / 5, recall: 3 / 5 });
    expect(score.missed.map(({ pr, why }) => [pr, why])).toEqual([
      [4, "pr:30 partial of #4"],
      [8, "no verdict"],
    ]);
    expect(score.extra.map(({ pr, why, revertTitle }) => [pr, why, revertTitle])).toEqual([
      [5, "partial of #5: read", "pr:40"],
      [7, "not in the reference", "revert nine"],
    ]);
    expect(score.hoursDifferences).toEqual([{ pr: 2, found: 3.01, reference: 3 }]);
    expect(score.undeclared).toEqual({ found: 1, reference: 1, matched: 1 });
  });

  it("has no rate where there is nothing to divide by", () => {
    expect(scoreReverts([], { reverts: [] })).toMatchObject({ precision: null, recall: null, matched: 0 });
  });

  it("refuses a file of another shape", () => {
    expect(() => revertReferenceSchema.parse({ reverts: [{ revert_pr: "x" }] })).toThrow();
  });
});
