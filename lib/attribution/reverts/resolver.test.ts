import { describe, expect, it } from "vitest";
import type { RevertVerdict } from "@/lib/attribution/types";
import { LineBuilder } from "./line-builder";

const FEATURE = { "src/a.ts": ["a1", "a2", "a3", "a4"], "src/b.ts": ["b1", "b2", "b3", "b4"] };
const OTHER = { "src/c.ts": ["c1", "c2", "c3", "c4", "c5", "c6"] };
const short = (verdicts: RevertVerdict[]) =>
  verdicts.map((v) => `${v.key} ${v.kind} ${v.targets.map((t) => t.key).join(" ")}`.trim());

/** One line: #1 "feat: add export", #2 something else, then the change in question. */
function lineWith(reverting: { title: string; body?: string; description?: string; headRef?: string; own?: string[] }) {
  const line = new LineBuilder();
  const target = line.land({ number: 1, title: "feat: add export", files: FEATURE, own: ["wip", "feat: export"] });
  line.land({ number: 2, title: "docs: explain import", files: OTHER });
  const sha = target.landedShas[0] ?? "";
  const fill = (text: string | undefined) => text?.replaceAll("<sha>", sha).replaceAll("<short>", sha.slice(0, 9));
  line.land({
    number: 3,
    title: fill(reverting.title) ?? "",
    body: fill(reverting.body) ?? "",
    ...(reverting.description === undefined ? {} : { description: fill(reverting.description) ?? "" }),
    ...(reverting.headRef === undefined ? {} : { headRef: reverting.headRef }),
    own: (reverting.own ?? []).map((text) => fill(text) ?? ""),
    files: line.before(target),
  });
  return line;
}

/** The same without any file: only the words are left. */
function wordsOf(line: LineBuilder): RevertVerdict[] {
  for (const change of line.changes) change.files = null;
  return line.resolve();
}

describe("wordings that name their target", () => {
  it.each([
    ['Revert "feat: add export"', {}],
    ['Revert "feat: add export (#1)"', {}],
    ["Revert “feat: add export”", {}],
    ["Revert `feat: add export`", {}],
    ['Revert "feat: add exp…"', {}],
    ['Revert "feat: add exp...', {}],
    ['chore: Revert "feat: add export"', {}],
    ['chore: Revert: "feat: add export"', {}],
    ['fix(api)!: revert "feat: add export"', {}],
    ['[release] Revert "feat: add export"', {}],
    ['net/http: revert "feat: add export"', {}],
    ["revert: feat: add export", {}],
    ["revert: feat: add export (#1)", {}],
    ["chore(revert): feat: add export", {}],
    ["[Revert] feat: add export", {}],
    ["[Reverted] feat: add export", {}],
    [":rewind: revert feat: add export", {}],
    ["Revert feat: add export", {}],
    ["Revert add export", {}],
    ["Revert #1", {}],
    ["Revert #1: the export is slow", {}],
    ["Revert PR #1 - the export is slow", {}],
    ["Revert PR 1", {}],
    ["fix: revert #1 for now", {}],
    ["Speed up the export (reverts #1)", {}],
    ["Roll back #1", {}],
    ['Rollback "feat: add export"', {}],
    ['Undo "feat: add export"', {}],
    ['Back out "feat: add export"', {}],
    ['Backed out "feat: add export"', {}],
    ["Backout #1", {}],
    ["revert: <short> is slow", {}],
    ["Automated rollback of commit <sha>", {}],
    ["[AUTO-REVERT] Revert AI agent PR #1", {}],
    ["Take the export out", { description: "Reverts acme/api#1" }],
    ["Take the export out", { description: "Reverts #1\n\nIt is slow." }],
    ["Take the export out", { description: "Reverts https://github.com/acme/api/pull/1" }],
    ["Take the export out", { description: "This reverts merge request !1" }],
    ["Take the export out", { body: "This reverts commit <sha>." }],
    ["Take the export out", { body: '* Revert "feat: add export (#1)"\n\nThis reverts commit <sha>.\n\n* lint' }],
    ["Take the export out", { own: ['Revert "feat: add export (#1)"\n\nThis reverts commit <sha>.'] }],
    ["Bring back the old way", { body: "This reverts commit <sha>, reversing\nchanges made to 1234567." }],
    ["revert the slow thing", { body: "Reverts commit <sha> (#1)." }],
    ["revert the slow thing", { body: "This reverts commit <short> from PR #1." }],
    ["revert(api): drop it", { body: "Reverts the slow export (#1): nobody uses it." }],
    ["Revert the slow thing", { headRef: "revert-1-feat/export" }],
    ["revert the slow thing", { own: ["This reverts commits <sha> and\n1111111111111111111111111111111111111111."] }],
    ['Revert "Merge pull request #1 from acme/export"', {}],
  ])("%s %j", (title, more) => {
    const verdicts = wordsOf(lineWith({ title, ...more }));
    expect(short(verdicts)).toEqual(["pr:3 revert pr:1"]);
    expect(verdicts[0]?.targets[0]).toMatchObject({ number: 1, seconds: 7200 });
    expect(verdicts[0]?.targets[0]?.evidence.length).toBeGreaterThan(0);
  });

  it.each([
    ["Phabricator", "Revert D12345", "Differential Revision: https://phab.example.com/D12345"],
    [
      "Gerrit",
      "Revert I0123456789012345678901234567890123456789",
      "Change-Id: I0123456789012345678901234567890123456789",
    ],
  ])("%s review ids", (_, title, trailer) => {
    const line = new LineBuilder();
    line.land({ title: "add export", body: trailer });
    line.land({ number: 2, title });
    expect(line.resolve()[0]).toMatchObject({ kind: "revert", targets: [{ title: "add export" }] });
  });

  it("takes several targets from one list", () => {
    const line = new LineBuilder();
    for (const number of [1, 2, 3, 4]) line.land({ number, title: `feat: part ${number}` });
    line.land({ number: 9, title: "Take the parts out", description: "Reverts #1, #2 and #4" });
    line.land({ number: 10, title: 'Revert "feat: part 3" and "feat: part 4"' });
    expect(short(line.resolve())).toEqual(["pr:9 revert pr:1 pr:2 pr:4", "pr:10 revert pr:3 pr:4"]);
  });

  it("knows reverts pushed straight to the branch, and reverts of commits without a pull request", () => {
    const line = new LineBuilder();
    const direct = line.land({ title: "tune the cache" });
    line.land({ title: 'Revert "tune the cache"', body: `This reverts commit ${direct.landedShas[0]}.` });
    const [verdict] = line.resolve();
    expect(verdict?.key).toMatch(/^sha:/);
    expect(verdict?.targets[0]).toMatchObject({ number: null, key: direct.key, confidence: "certain" });
  });

  it("finds the title that GitHub cut and went on with in the body", () => {
    const line = new LineBuilder();
    line.land({ number: 1, title: "feat: add export of everything that anybody could ever want" });
    line.land({ number: 2, title: 'Revert "feat: add export of everything that any…', body: '…body could ever want"' });
    expect(short(line.resolve())).toEqual(["pr:2 revert pr:1"]);
  });
});

describe("texts that only sound like it", () => {
  it.each([
    "Support workflow terminate rollback",
    "Fix the save/discard/revert flow",
    "Explain why we would revert",
    "fix(ui): do not revert optimistic update",
    "feat: rollback optimistic score writes on error",
    "Revert button: keep focus",
    "feat: undo and redo",
    "Reinstate warnings",
    "Re-enable flaky tests",
    "fix: revert hourly key in favor of removeOnFail",
    "Add back-out plan to the docs",
  ])("%s", (title) => {
    const line = new LineBuilder();
    line.land({ number: 1, title: "feat: add export" });
    line.land({ number: 2, title });
    expect(line.resolve()).toEqual([]);
  });

  it("a squash body that quotes the branch's own reverts", () => {
    const line = new LineBuilder();
    const own = [{ sha: "a1".repeat(20), message: "feat: try it" }];
    own.push({ sha: "b1".repeat(20), message: `Revert "feat: try it"\n\nThis reverts commit ${"a1".repeat(20)}.` });
    const body = `* feat: try it\n\n* Revert "feat: try it"\n\nThis reverts commit ${"a1".repeat(20)}.`;
    line.land({ number: 1, title: "feat: try it" });
    line.land({ number: 2, title: "feat: another way", body, own });
    line.land({ number: 3, title: "feat: yet another", body });
    expect(line.resolve()).toEqual([]);
  });

  it("another pull request's squash commit in a rebased branch", () => {
    const line = new LineBuilder();
    const target = line.land({ number: 1, title: "feat: add export" });
    const reverts = `This reverts commit ${target.landedShas[0]}.`;
    line.land({ number: 2, title: "fix: take the export out", body: reverts });
    line.land({
      number: 3,
      title: "chore: bump",
      body: `* chore: bump\n\n* fix: take the export out (#2)\n\n${reverts}`,
    });
    expect(short(line.resolve())).toEqual(["pr:2 revert pr:1"]);
  });

  it("a number of another repository, an issue, a later change, and itself", () => {
    const line = new LineBuilder();
    line.land({ number: 1, title: "feat: add export" });
    line.land({ number: 2, title: "Take it out", description: "Reverts acme/web#1" });
    line.land({ number: 3, title: "Revert #77" });
    line.land({ number: 4, title: "Revert #5" });
    line.land({ number: 5, title: "Revert #5" });
    expect(short(line.resolve())).toEqual(["pr:3 unresolved", "pr:4 unresolved", "pr:5 unresolved"]);
  });

  it("an old story, quoted text, comments and code", () => {
    const line = new LineBuilder();
    line.land({ number: 1, title: "feat: add export" });
    const description =
      "We reverted #1 last week.\n> Reverts #1\n<!-- Reverts #1 -->\n```\nReverts #1\n```\n\n    Reverts #1";
    line.land({ number: 2, title: "docs: tell the story", description });
    expect(line.resolve()).toEqual([]);
  });
});

describe("which of several", () => {
  it("the newest change with a title that comes again and again", () => {
    const line = new LineBuilder();
    for (const number of [1, 2, 3]) line.land({ number, title: "Version Packages" });
    line.land({ number: 4, title: 'Revert "Version Packages"' });
    line.land({ number: 5, title: "Version Packages" });
    expect(short(line.resolve())).toEqual(["pr:4 revert pr:3"]);
  });

  it("the last number of a quoted title, not the issue at its beginning", () => {
    const line = new LineBuilder();
    line.land({ number: 8, title: "docs" });
    line.land({ number: 9, title: "#8 Fix the tests" });
    line.land({ number: 10, title: 'Revert "#8 Fix the tests (#9)"' });
    expect(short(line.resolve())).toEqual(["pr:10 revert pr:9"]);
  });

  it("no change of another title when the number belongs elsewhere", () => {
    const line = new LineBuilder();
    line.land({ number: 1, title: "Version Packages" });
    line.land({ number: 2, title: "Version Packages" });
    line.land({ number: 4, title: 'Revert "Version Packages (#3)"' });
    expect(short(line.resolve())).toEqual(["pr:4 unresolved"]);
  });

  it("an abbreviated commit id, and not one that is not on the line", () => {
    const line = new LineBuilder();
    const target = line.land({ number: 1, title: "feat: add export" });
    line.land({ number: 2, title: "revert it", body: `This reverts commit ${target.landedShas[0]?.slice(0, 8)}.` });
    line.land({ number: 3, title: "revert that", body: "This reverts commit 0123456789abcdef." });
    expect(short(line.resolve())).toEqual(["pr:2 revert pr:1", "pr:3 unresolved"]);
  });

  it("a commit of the branch that a merge brought in", () => {
    const line = new LineBuilder();
    line.land({ number: 1, title: "feat: add export", own: [{ sha: "c1".repeat(20), message: "feat: export" }] });
    line.land({ number: 2, title: 'Revert "feat: export"', body: `This reverts commit ${"c1".repeat(20)}.` });
    expect(line.resolve()[0]).toMatchObject({ kind: "revert", targets: [{ number: 1, confidence: "strong" }] });
  });
});

describe("contents put back", () => {
  it("resolves a revert that names nothing", () => {
    const [verdict] = lineWith({ title: "chore: revert slow thing" }).resolve();
    expect(verdict).toMatchObject({ kind: "revert", targets: [{ number: 1, confidence: "certain" }] });
    expect(verdict?.targets[0]?.evidence[0]?.text).toBe(
      "2 of the 2 files of #1 hold exactly what they held before it (100 %).",
    );
  });

  it("shows an undeclared revert, and takes it for nothing when it is small, routine or indirect", () => {
    expect(short(lineWith({ title: "chore: simplify the client" }).resolve())).toEqual(["pr:3 undeclared pr:1"]);
    const line = new LineBuilder();
    line.land({
      number: 1,
      title: "init",
      files: { "src/flag.ts": ["off"], "package.json": ["dep 1"], "CHANGELOG.md": ["0"] },
    });
    line.land({ number: 2, title: "feat: switch on", files: { "src/flag.ts": ["on"] } });
    line.land({ number: 3, title: "feat: switch off", files: { "src/flag.ts": ["off"] } });
    line.land({
      number: 4,
      title: "bump dep to 2",
      files: { "package.json": ["dep 2", "x", "y", "z", "u", "v", "w"] },
    });
    line.land({ number: 5, title: "tidy up", files: { "package.json": ["dep 1"] } });
    const many = ["1", "2", "3", "4", "5", "6", "7"];
    line.land({ number: 6, title: "feat: list", files: { "src/list.ts": many } });
    line.land({ number: 7, title: "feat: longer list", files: { "src/list.ts": [...many, "8"] } });
    line.land({ number: 8, title: "refactor: inline the list", files: { "src/list.ts": null } });
    expect(line.resolve()).toEqual([]);
  });

  it("needs only half of the files when a sentence names the change", () => {
    const line = new LineBuilder();
    line.land({ number: 1, title: "feat: add export", files: FEATURE });
    const files = { "src/a.ts": null, "src/b.ts": ["b1", "b2"] };
    line.land({ number: 2, title: "chore: simplify", body: "Reverts the export added in #1.", files });
    expect(short(line.resolve())).toEqual(["pr:2 undeclared pr:1"]);
  });

  it("works without blob ids, by words, and without line counts", () => {
    const line = lineWith({ title: "chore: revert add export for now", body: "Reverts #1." });
    for (const file of line.changes.flatMap((change) => change.files ?? [])) {
      Object.assign(file, { before: null, after: null, add: null, del: null });
    }
    expect(short(line.resolve())).toEqual(["pr:3 revert pr:1"]);
  });

  it("finds a recent change of the same files by all words of the title", () => {
    const line = new LineBuilder();
    line.land({ number: 1, title: "init", files: { "package.json": ["qs 6.13", "a"] } });
    line.land({ number: 2, title: "chore: bump qs to 6.14", files: { "package.json": ["qs 6.14", "a"] } });
    line.land({ number: 3, title: "chore: bump zod to 5", files: { "package.json": ["qs 6.14", "a", "zod 5"] } });
    line.land({ number: 4, title: "chore: revert qs upgrade", files: { "package.json": ["a", "zod 5"] } });
    expect(line.resolve()).toMatchObject([
      { key: "pr:4", kind: "revert", targets: [{ number: 2, confidence: "weak" }] },
    ]);
  });
});

describe("parts", () => {
  it("calls a revert partial when it says so or takes less than half back", () => {
    const line = new LineBuilder();
    const lines = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
    line.land({ number: 1, title: "feat: add list", files: { "src/list.ts": lines } });
    line.land({ number: 2, title: "Revert #1 for now", files: { "src/list.ts": lines.slice(2) } });
    line.land({ number: 3, title: "Partially revert #1", files: { "src/list.ts": null } });
    line.land({ number: 4, title: "tidy", body: "This reverts part of #1." });
    expect(short(line.resolve())).toEqual(["pr:2 partial pr:1", "pr:3 partial pr:1", "pr:4 partial pr:1"]);
  });

  it("calls one item among others embedded", () => {
    const line = new LineBuilder();
    const target = line.land({ number: 1, title: "fix: name", files: FEATURE });
    const body = `* update the client\n\n* Revert "fix: name (#1)"\n\nThis reverts commit ${target.landedShas[0]}.\n\n* fix tests`;
    line.land({ number: 2, title: "update the client", body, files: line.before(target) });
    expect(short(line.resolve())).toEqual(["pr:2 embedded pr:1"]);
  });
});

describe("landing again", () => {
  function reverted() {
    const line = new LineBuilder();
    const target = line.land({ number: 1, title: "feat: add export", files: FEATURE });
    const revert = line.land({
      number: 2,
      title: 'Revert "feat: add export (#1)"',
      body: `This reverts commit ${target.landedShas[0]}.`,
      files: line.before(target),
    });
    return { line, revert };
  }

  it.each([
    'Revert "Revert "feat: add export (#1)" (#2)"',
    'Revert "Revert "feat: add export (#1)""',
    'Reapply "feat: add export (#1)"',
    'Reland "feat: add export"',
    "Reland #1",
    "Revert #2",
    "Revert the revert of #1",
    "feat: add export",
    "feat: add export (2nd try)",
    "feat: add export, take 2",
    "feat: add export (again)",
    "feat: add export (revert-revert)",
    "feat: add export 2",
    "feat(api): re-land add export, with a limit",
    "Unrevert add export",
  ])("%s", (title) => {
    const { line } = reverted();
    line.land({ number: 3, title });
    for (const change of line.changes) change.files = null;
    expect(short(line.resolve())).toEqual(["pr:2 revert pr:1", "pr:3 reland pr:2"]);
  });

  it("by the revert's commit, by contents, and under a title that restores", () => {
    const { line, revert } = reverted();
    line.land({ number: 3, title: "Reinstate the export", body: `This reverts commit ${revert.landedShas[0]}.` });
    expect(short(line.resolve()).at(-1)).toBe("pr:3 reland pr:2");
    const silent = reverted().line;
    silent.land({ number: 3, title: "feat: exporting, faster", files: FEATURE });
    expect(short(silent.resolve()).at(-1)).toBe("pr:3 reland pr:2");
  });

  it("follows a chain: the second revert takes back the re-land, and the original stays taken back", () => {
    const { line } = reverted();
    line.land({ number: 3, title: 'Reapply "feat: add export (#1)"', files: FEATURE });
    line.land({ number: 4, title: 'Revert "feat: add export (#1)"', files: { "src/a.ts": null, "src/b.ts": null } });
    line.land({ number: 5, title: 'Revert "Revert "feat: add export (#1)" (#4)"', files: FEATURE });
    expect(short(line.resolve())).toEqual([
      "pr:2 revert pr:1",
      "pr:3 reland pr:2",
      "pr:4 revert pr:3",
      "pr:5 reland pr:4",
    ]);
  });

  it("does not count the original again when a re-land names it beside its revert", () => {
    const { line, revert } = reverted();
    const description = `Reverts #2, which had reverted #1. This reverts commit ${revert.landedShas[0]}.`;
    line.land({ number: 3, title: "Revert the export removal, back to #1", description });
    expect(short(line.resolve())).toEqual(["pr:2 revert pr:1", "pr:3 reland pr:2"]);
  });

  it("keeps what a re-land takes back on the way apart", () => {
    const { line, revert } = reverted();
    const fix = line.land({ number: 3, title: "chore: disable it", files: OTHER });
    const body = `* Revert "chore: disable it (#3)"\n\nThis reverts commit ${fix.landedShas[0]}.\n\n* Reapply "feat: add export (#1)" (#2)\n\nThis reverts commit ${revert.landedShas[0]}.`;
    line.land({ number: 4, title: "Revert to the new export", body });
    expect(short(line.resolve())).toEqual(["pr:2 revert pr:1", "pr:4 reland pr:2", "pr:4 embedded pr:3"]);
  });
});

describe("everything since", () => {
  it.each([
    ["Revert to the state of <short>", ""],
    ["Revert everything since <short>", ""],
    ["Revert all changes of the weekend", "This goes back to commit <sha>, the last that worked."],
    ["Revert everything", ""],
  ])("%s / %s", (title, body) => {
    const line = new LineBuilder();
    const kept = line.land({ number: 1, title: "init", files: { "src/a.ts": ["a"], "src/b.ts": ["b"] } });
    line.land({ number: 2, title: "feat: a", files: { "src/a.ts": ["a", "a2"] } });
    line.land({ number: 3, title: "feat: a and b", files: { "src/a.ts": ["a", "a2", "a3"], "src/b.ts": ["b", "b2"] } });
    line.land({ number: 4, title: "docs", files: { "docs/x.md": ["x"] } });
    line.land({ number: 5, title: "feat: c", files: { "src/c.ts": ["c"] } });
    const sha = kept.landedShas[0] ?? "";
    const fill = (text: string) => text.replace("<sha>", sha).replace("<short>", sha.slice(0, 10));
    const files = { "src/a.ts": ["a"], "src/b.ts": ["b"], "src/c.ts": null };
    line.land({ number: 6, title: fill(title), body: fill(body), files });
    expect(short(line.resolve())).toEqual(["pr:6 revert pr:2 pr:3 pr:5"]);
  });
});

describe("clocks", () => {
  it("never counts below zero, and says so", () => {
    const line = new LineBuilder();
    line.land({ number: 1, title: "feat: add export" });
    line.land({ number: 2, title: "Revert #1", after: -2 });
    expect(line.resolve()[0]?.targets[0]).toMatchObject({ seconds: 0 });
    expect(line.resolve()[0]?.targets[0]?.evidence.at(-1)).toMatchObject({ rule: "clock" });
  });
});

describe("hostile texts", () => {
  it.each([" ", "\n", "revert ", "#1 ", "* ", '"', "a/", "reverts #1, ", "<!--", "> "])("%j over and over", (piece) => {
    const line = new LineBuilder();
    const text = piece.repeat(40_000 / piece.length);
    line.land({
      number: 1,
      title: `Revert "${text.slice(0, 2_000).replace(/\n/g, " ")}`,
      body: `revert\n${text}x`,
      description: text,
    });
    line.land({ number: 2, title: text.slice(0, 2_000).replace(/\n/g, " "), own: [`revert\n\n${text}(#1`] });
    const started = performance.now();
    line.resolve();
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
