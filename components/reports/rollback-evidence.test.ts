import { describe, expect, it } from "vitest";
import type { EvidenceItem, RollbackItem } from "@/lib/metrics/explorer/types";
import { rollbackReason } from "./rollback-evidence";

const sign = (rule: string, text = "Because."): EvidenceItem => ({ rule, text });
const restored = (back: number, of: number) =>
  sign("revert:contents", `${back} of the ${of} files of #543 hold exactly what they held before it (100 %).`);

function item(part: Partial<RollbackItem>): RollbackItem {
  return {
    id: "1:pr:545:pr:543",
    pullRequest: { id: "1-543", repo: "acme/api", number: 543, title: "Add retries", mergedAt: "2026-03-01T00:00:00Z" },
    repo: "acme/api",
    org: "acme",
    revert: {
      id: "1-545",
      number: 545,
      sha: "4f1c2ab90d12",
      title: 'Revert "Add retries"',
      at: "2026-03-02T00:00:00Z",
    },
    kind: "revert",
    counts: true,
    hours: 24,
    confidence: "certain",
    evidence: [],
    relandedBy: null,
    authorKind: "agent",
    agents: [],
    category: "unclassified",
    team: null,
    isSample: false,
    ...part,
  };
}

const push = { id: null, number: null, sha: "4f1c2ab90d12", title: "undo retries", at: "2026-03-02T00:00:00Z" };
const says = (part: Partial<RollbackItem>) => rollbackReason(item(part)).says.replaceAll("\u00a0", " ");

describe("rollbackReason", () => {
  it("says the strongest sign and what became of the files", () => {
    const evidence = [sign("revert:title"), sign("revert:branch"), restored(2, 2), sign("revert:sha")];
    expect(rollbackReason(item({ evidence }))).toEqual({
      by: { id: "1-545", name: "#545" },
      says: "reverts its commit; both files are back to what they were",
      again: null,
      signs: 4,
    });
  });

  it.each([
    ["revert:sha-prose", "reverts its commit"],
    ["revert:number", "names it as reverted"],
    ["revert:number-label", "names it as reverted"],
    ["revert:branch", "was made by its revert button"],
    ["revert:title", "reverts its title"],
    ["revert:state", "goes back to before it"],
    ["revert:words", 'says “Revert "Add retries"”'],
  ])("has words for %s", (rule, words) => {
    expect(says({ evidence: [sign(rule)] })).toBe(words);
  });

  it.each([
    [1, 1, "reverts its title; its file is back to what it was"],
    [1, 3, "reverts its title; 1 of 3 files is back to what it was"],
    [2, 3, "reverts its title; 2 of 3 files are back to what they were"],
    [3, 3, "reverts its title; all 3 files are back to what they were"],
    [0, 3, "reverts its title"],
  ])("counts %i of %i files", (back, of, words) => {
    expect(says({ evidence: [sign("revert:title"), restored(back, of)] })).toBe(words);
  });

  it("says that a push had no pull request", () => {
    const reason = rollbackReason(item({ revert: push, evidence: [sign("revert:sha")] }));
    expect([reason.by, reason.says]).toEqual([{ id: null, name: "4f1c2ab90" }, "pushed straight; reverts its commit"]);
  });

  it("tells what an undeclared change did, under its own title", () => {
    const revert = { ...push, id: "1-9", number: 9, title: "Simplify the client" };
    expect(says({ kind: "undeclared", revert, evidence: [restored(2, 2)] })).toBe(
      "puts both files back, under “Simplify the client”",
    );
  });

  it("names what landed it again", () => {
    const relandedBy = { id: "1-550", number: 550, sha: "aa", at: "2026-03-03T00:00:00Z" };
    expect(rollbackReason(item({ relandedBy })).again).toEqual({ id: "1-550", name: "#550" });
  });

  it("has its own words for a part, for other work, for a re-land and for what is not found", () => {
    const lines = sign("revert:lines", "40 % of the lines of #543 are taken back.");
    expect(says({ kind: "partial", evidence: [sign("revert:sha"), lines] })).toBe("takes back 40 % of its lines");
    expect(says({ kind: "partial" })).toBe("takes back a part of it");
    expect(says({ kind: "embedded", evidence: [restored(1, 1)] })).toBe(
      "takes it back among other work; its file is back to what it was",
    );
    expect(says({ kind: "reland", evidence: [sign("reland:title")] })).toBe(
      "lands the work again under its first title",
    );
    expect(says({ kind: "reland", evidence: [sign("revert:number")] })).toBe(
      "names this revert and lands the work again",
    );
    expect(says({ kind: "unresolved", pullRequest: null })).toBe(
      'says “Revert "Add retries"”, of which nothing earlier fits',
    );
  });

  it("cuts a long title at a word and stays short", () => {
    const title = `fix(client): ${"bring the old behaviour of the client back ".repeat(4)}`;
    const words = says({ kind: "unresolved", pullRequest: null, revert: { ...push, number: 9, title } });
    expect(words).toMatch(/^says “fix\(client\): bring the old behaviour of the …”/);
    expect(words.length).toBeLessThanOrEqual(92);
  });
});
