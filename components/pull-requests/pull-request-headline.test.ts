import { describe, expect, it } from "vitest";
import type { AgentItem, PullRequestDetail, RollbackItem } from "@/lib/metrics/explorer/types";
import { pullRequestHeadline } from "./pull-request-headline";
import { actionSentence, outcomeSentence } from "./rollback-sentence";

const agent = (name: string): AgentItem => ({ agent: name, name, share: 1, confidence: "certain", evidence: [] });

const verdict = (change: Partial<RollbackItem> = {}): RollbackItem => ({
  id: "1",
  pullRequest: { id: "1-12", repo: "acme/api", number: 12, title: "Cache limits", mergedAt: "2026-10-01T00:00:00Z" },
  repo: "acme/api",
  org: "acme",
  revert: { id: "1-14", number: 14, sha: "c".repeat(40), title: "Revert", at: "2026-10-02T02:00:00Z" },
  kind: "revert",
  counts: true,
  hours: 26,
  confidence: "certain",
  evidence: [],
  relandedBy: null,
  authorKind: "agent",
  agents: [],
  category: null,
  team: null,
  isSample: false,
  ...change,
});

type Told = Pick<PullRequestDetail, "authorKind" | "agents" | "rollbacks" | "reverts">;
const say = (change: Partial<Told>, asOf: string | null = "2026-10-31T08:00:00Z") =>
  pullRequestHeadline(
    { authorKind: "human", agents: [], rollbacks: [], reverts: [], ...change },
    asOf,
    "UTC",
  ).replaceAll("\u00a0", " ");

describe("pullRequestHeadline", () => {
  it("tells who wrote it and what became of it", () => {
    const again = { id: "1-20", number: 20, sha: "e".repeat(40), at: "2026-10-05T00:00:00Z" };
    expect(say({ authorKind: "agent", agents: [agent("Copilot")], rollbacks: [verdict({ relandedBy: again })] })).toBe(
      "Written by Copilot, rolled back after 1 d 2 h by #14, landed again in #20.",
    );
    expect(say({ authorKind: "assisted", agents: [agent("Cursor"), agent("Claude Code")] })).toBe(
      "Written with Cursor and Claude Code, not rolled back as of 31 Oct 2026.",
    );
    expect(say({}, null)).toBe("No agent left a mark on it, not rolled back.");
  });

  it("keeps what the rates leave out apart from a rollback", () => {
    const other = (kind: RollbackItem["kind"]) => say({ rollbacks: [verdict({ kind, counts: false })] });
    expect(other("partial")).toContain("partly taken back by #14, which counts as rework");
    expect(other("undeclared")).toContain("undone by #14 without saying so, which the rates leave out");
    expect(other("reland")).toContain("not rolled back");
  });

  it("tells what it does to others", () => {
    expect(say({ reverts: [verdict()] })).toContain("It reverts #12.");
    expect(say({ reverts: [verdict({ kind: "reland" })] })).toContain("It lands again what #12 took back.");
    expect(say({ reverts: [verdict({ kind: "unresolved", pullRequest: null })] })).toContain(
      "It takes something back that could not be found.",
    );
  });
});

describe("the sentences of a chain", () => {
  const plain = (text: string) => text.replaceAll("\u00a0", " ");

  it("read from the target", () => {
    expect(plain(outcomeSentence(verdict(), 12))).toBe("#14 reverts this pull request, 1 d 2 h after it merged.");
    const reland = verdict({ kind: "reland", revert: { ...verdict().revert, number: 20 } });
    expect(outcomeSentence({ ...reland, pullRequest: { ...pullRequest, number: 14 } }, 12)).toBe(
      "#20 lands it again, undoing #14.",
    );
    expect(outcomeSentence({ ...reland, pullRequest: { ...pullRequest, number: 14 } }, 14)).toBe(
      "#20 undoes this revert and lands the work again.",
    );
  });

  it("read from the change that acts", () => {
    expect(plain(actionSentence(verdict({ hours: null })))).toBe("This pull request reverts #12.");
    const pushed = verdict({ revert: { ...verdict().revert, number: null } });
    expect(outcomeSentence(pushed, 12)).toMatch(/^ccccccccc reverts/);
  });

  const pullRequest = { id: "1-14", repo: "acme/api", number: 14, title: "Revert", mergedAt: "2026-10-02T00:00:00Z" };
});
