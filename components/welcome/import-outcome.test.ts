import { describe, expect, it } from "vitest";
import type { ImportOutcome } from "@/lib/settings/types";
import { outcomeSentences } from "./import-outcome";

const outcome = (change: Partial<ImportOutcome> = {}): ImportOutcome => ({
  org: "acme",
  repo: "api",
  added: 900,
  merged: 300,
  direct: 4,
  byAuthorKind: { agent: 40, assisted: 10, human: 250, automation: 0 },
  byAgent: [
    { agent: "claude_code", name: "Claude Code", merged: 30 },
    { agent: "copilot", name: "Copilot", merged: 21 },
  ],
  rolledBack: 6,
  rolledBack7d: 5,
  unresolved: 1,
  warnings: [],
  seconds: 3.2,
  ...change,
});
const say = (change: Partial<ImportOutcome> = {}) =>
  outcomeSentences(outcome(change)).join(" ").replaceAll("\u00a0", " ");

describe("outcomeSentences", () => {
  it("says who wrote what and what came back", () => {
    expect(say()).toBe(
      "300 merged pull requests: 40 agent, 10 assisted and 250 human. Claude Code 30 and Copilot 21. 6 rolled back, 5 of them within 7 days; 1 revert unresolved.",
    );
  });

  it("does not pass nothing off as a result", () => {
    expect(say({ merged: 0, direct: 1 })).toBe("No merged pull request was found, 1 direct push.");
    expect(say({ byAgent: [], added: 0, unresolved: 0 })).toContain(
      "No agent left a mark. 6 rolled back, 5 of them within 7 days. Nothing was new",
    );
  });
});
