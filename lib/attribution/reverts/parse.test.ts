import { describe, expect, it } from "vitest";
import { parseRevertText } from "./parse";

const parse = (title: string, body = "", commitMessage = "") => parseRevertText({ title, body, commitMessage });
const SHA = "6187863f23f2683d25c111093e063086d101f9b2";

describe("parseRevertText", () => {
  it.each([
    ['Revert "Add export"', "Reverts acme/api#123", 123, "acme/api"],
    ['Revert "Add export"', "Reverts Acme/API#123", 123, "Acme/API"],
    ['Revert "Add export (#123)"', "", 123, null],
    ['Revert "#8 Fix it (#123)"', "", 123, null],
    ['Revert "Merge pull request #123 from acme/x"', "", 123, null],
    ['Revert "Add export"', "Reverts #123\nFixes #7", 123, null],
    ["[AUTO-REVERT] Revert AI agent PR #45", "Automatic rollback triggered.\n\n**Original PR:** #45", 45, null],
    ["Automatic rollback", "Reverts https://github.com/acme/api/pull/9", 9, "acme/api"],
    ["fix: revert #12 for now", "", 12, null],
    ["Revert PR #77 - it broke the build", "", 77, null],
    ["revert: #5 (abcdef1234) due to #9", "", 5, null],
    ["revert: add export (#12)", "", 12, null],
    ["Roll back #12", "", 12, null],
    ["x", "This reverts merge request !12", 12, null],
    ["revert(api): drop the export", "Reverts the export flow (#14): nobody uses it.", 14, null],
    ['Revert "Add export"', "", null, null],
    ["Revert the thing", "Fixes #3", null, null],
  ])("%s | %s", (title, body, pr, repo) => {
    expect(parse(title, body)).toMatchObject({ isRevert: true, isReland: false, pr, repo });
  });

  it("reads every commit id, of one sentence or several", () => {
    const other = "1".repeat(39).concat("a");
    expect(parse("revert", "", `revert\n\nThis reverts commit ${SHA}.\n\nThis reverts commit ${other}.`).shas).toEqual([
      SHA,
      other,
    ]);
    expect(parse("revert", `This reverts commits ${SHA} and\n${other}.`).shas).toEqual([SHA, other]);
    expect(
      parse("", "", `Revert "A"\n\nThis reverts commit ${SHA}, reversing\nchanges made to ${other}.`),
    ).toMatchObject({
      isRevert: true,
      shas: [SHA],
    });
  });

  it.each([
    ['Reapply "Add export"', "This reverts commit 89abcdef01.", null, ["89abcdef01"]],
    ['Revert "Revert "Add export" (#12)"', "Reverts acme/api#13", 13, []],
    ["Reland #5", "", null, []],
    ["Add export (revert-revert)", "", null, []],
    ["Reinstate the export", "This reverts commit 89abcdef01.", null, ["89abcdef01"]],
  ])("lands again: %s", (title, body, pr, shas) => {
    expect(parse(title, body)).toMatchObject({ isRevert: false, isReland: true, pr, shas });
  });

  it.each([
    ["Explain why we would revert", "see #12"],
    ["docs", "We reverted #12 last week."],
    ["docs", "> Reverts #12"],
    ["Do not revert #12", ""],
    ["feat: undo and redo", ""],
    ["Support workflow terminate rollback", ""],
    ["Reinstate warnings", ""],
  ])("neither: %s | %s", (title, body) => {
    expect(parse(title, body)).toEqual({
      isRevert: false,
      isReland: false,
      pr: null,
      repo: null,
      shas: [],
      isPartial: false,
    });
  });

  it("takes the items of a squash message for the branch's own, unless the title says revert", () => {
    const message = `feat: x (#3)\n\n* try\n\n* Revert "try"\n\nThis reverts commit ${SHA}.`;
    expect(parse("feat: x", "", message).isRevert).toBe(false);
    expect(parse("revert: y and z", "", message).shas).toEqual([SHA]);
  });

  it("knows a part from the whole", () => {
    expect(parse("Partially revert #12").isPartial).toBe(true);
    expect(parse("Revert #12", "This partially reverts #12.").isPartial).toBe(true);
    expect(parse("Revert #12").isPartial).toBe(false);
  });
});
