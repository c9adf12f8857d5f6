import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyFacts } from "@/lib/facts/verify";
import { type ImportResult, importGitHistory } from "@/lib/ingest/import-git";
import { scoreRepository } from "@/lib/ingest/score-reverts";
import { readRevertReference, realHistoriesPresent, rebuildHistory } from "@/tests/setup/real-history";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

/** What a person counted in each history (see the references), and what an import has to find. */
const HISTORIES = [
  {
    name: "langfuse",
    org: "langfuse",
    merged: 3630,
    agentPullRequests: 1038,
    automation: 30,
    agents: { claude_code: 879, cursor: 158, copilot: 7 },
    rolledBack: { all: 38, within24h: 30, within7d: 34 },
  },
  {
    name: "aspire",
    org: "dotnet",
    merged: 2481,
    agentPullRequests: 711,
    automation: 243,
    agents: { copilot: 706 },
    rolledBack: { all: 23, within24h: 16, within7d: 21 },
  },
];

describe.skipIf(!realHistoriesPresent)("real histories (skipped where ../shared/data is absent)", () => {
  for (const expected of HISTORIES) {
    describe(expected.name, () => {
      let result: ImportResult;
      let again: ImportResult;
      let remove = async () => {};

      beforeAll(async () => {
        const history = await rebuildHistory(expected.name);
        remove = history.remove;
        const options = { path: history.gitDir, org: expected.org };
        const hooks = { now: new Date("2026-11-01T00:00:00Z"), onProgress: () => {} };
        result = await importGitHistory(options, hooks);
        again = await importGitHistory(options, hooks);
      }, 300_000);
      afterAll(() => remove());

      it("finds every merged pull request and who wrote it", () => {
        const { summary } = result;
        expect(summary.merged).toBe(expected.merged);
        expect(summary.byAuthorKind.agent + summary.byAuthorKind.assisted).toBe(expected.agentPullRequests);
        expect(summary.byAuthorKind.automation).toBe(expected.automation);
        expect(Object.fromEntries(summary.byAgent.map(({ agent, merged }) => [agent, merged]))).toMatchObject(
          expected.agents,
        );
      });

      it("finds what was rolled back, and when", async () => {
        const { summary } = result;
        expect({ all: summary.rolledBack, within24h: summary.rolledBack24h, within7d: summary.rolledBack7d }).toEqual(
          expected.rolledBack,
        );
        const score = await scoreRepository(
          `${expected.org}/${expected.name}`,
          await readRevertReference(expected.name),
        );
        expect({ missed: score.missed, extra: score.extra, hours: score.hoursDifferences }).toEqual({
          missed: [],
          extra: [],
          hours: [],
        });
        expect(score).toMatchObject({ precision: 1, recall: 1 });
      });

      it("adds nothing when it is imported again", () => {
        expect(again.events.added).toBe(0);
        expect(again.summary).toEqual(result.summary);
      });
    });
  }

  it("stores exactly what the log gives", async () => {
    expect((await verifyFacts()).mismatches).toEqual([]);
  }, 120_000);
});
