import { describe, expect, it } from "vitest";
import { pullGit } from "@/tests/factories/pull-git";
import { realHistoriesPresent, rebuildHistory } from "@/tests/setup/real-history";

const NOW = new Date("2026-11-01T00:00:00Z");

/**
 * Landings by kind. Each history has one made-up first commit, which counts as pushed directly. The exports' own notes
 * count by subject, so two merges of aspire and two of mcp-spec that end in `(#N)` are squashes there, the second
 * commit that names #670 of mcp-spec is a squash there and a direct push here, and its rebased #1454 is direct there.
 */
const HISTORIES = [
  {
    name: "langfuse",
    squashMerges: 3630,
    mergeCommits: 0,
    rebaseMerges: 0,
    directPushes: 212 + 1,
    branchCommits: 15_790,
  },
  {
    name: "aspire",
    squashMerges: 2460 - 2,
    mergeCommits: 21 + 2,
    rebaseMerges: 0,
    directPushes: 2 + 1,
    branchCommits: 12_488,
  },
  {
    name: "mcp-spec",
    squashMerges: 310 - 3,
    mergeCommits: 390 + 2,
    rebaseMerges: 1,
    directPushes: 68 + 1 + 1 - 1,
    branchCommits: 3366,
  },
];

describe.skipIf(!realHistoriesPresent)("git source on real histories (skipped where ../shared/data is absent)", () => {
  it.each(HISTORIES)(
    "finds what landed in $name",
    async ({ name, ...expected }) => {
      const history = await rebuildHistory(name);
      try {
        const pulled = await pullGit({ path: history.gitDir }, NOW);
        expect(pulled.summary.counts).toMatchObject(expected);
        expect(pulled.observed()).toMatchObject({ history: "full", lineCounts: "known", pullRequestRefs: true });
      } finally {
        await history.remove();
      }
    },
    120_000,
  );
});
