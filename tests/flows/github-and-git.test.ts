import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { importGitHistory } from "@/lib/ingest/import-git";
import { GITHUB, GitFixture } from "@/tests/factories/git-fixture";
import { FollowedGitHub, factsOf } from "@/tests/factories/github-sync";
import { datasetFromGit, type KnownPullRequest } from "@/tests/mocks/github/from-git";
import type { Account } from "@/tests/mocks/github/model";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const START = new Date("2026-07-01T00:00:00Z");
const ADA: Account = { type: "User", login: "ada", databaseId: 1001, name: "Ada Byron" };
const COPILOT: Account = { type: "Bot", login: "copilot-swe-agent", databaseId: 198982749, name: null };
const day = (number: number) => Date.UTC(2026, 0, number, 12) / 1000;
const squash = { committer: GITHUB };
const repository = new GitFixture("widgets");
let known: KnownPullRequest[] = [];
const open: FollowedGitHub[] = [];

beforeAll(() => {
  repository
    .commit("start", { message: "Start", files: { "README.md": "hello\n" }, committedAt: day(1) })
    .commit("agent", {
      ...squash,
      message: "feat: one (#1)\n\nCo-authored-by: Copilot <198982749+Copilot@users.noreply.github.com>",
      files: { "src/a.ts": "1\n2\n3\n" },
      committedAt: day(2),
    })
    .commit(
      "part",
      { message: "Part of two", files: { "src/b.ts": "b\n" }, parents: ["agent"], committedAt: day(3) },
      "refs/heads/two",
    )
    .commit("merge", {
      ...squash,
      message: "Merge pull request #2 from acme/two\n\nfeat: two",
      files: { "src/b.ts": "b\n" },
      parents: ["agent", "part"],
      committedAt: day(4),
    })
    .commit("push", {
      message: "Pushed at once",
      files: { "src/c.ts": "c\n" },
      parents: ["merge"],
      committedAt: day(5),
    })
    .commit("revert", {
      ...squash,
      message: 'Revert "feat: one (#1)" (#3)\n\nReverts acme/widgets#1',
      files: { "src/a.ts": null },
      committedAt: day(6),
    })
    .write();
  const file = (path: string, additions: number, deletions: number, changeType: "ADDED" | "DELETED") => ({
    path,
    additions,
    deletions,
    changeType,
  });
  known = [
    {
      number: 1,
      title: "feat: one",
      author: COPILOT,
      headRef: "copilot/one",
      mergeCommit: repository.sha("agent"),
      own: [],
      files: [file("src/a.ts", 3, 0, "ADDED")],
    },
    {
      number: 2,
      title: "feat: two",
      author: ADA,
      headRef: "two",
      mergeCommit: repository.sha("merge"),
      own: [repository.sha("part")],
      files: [file("src/b.ts", 1, 0, "ADDED")],
    },
    {
      number: 3,
      title: 'Revert "feat: one"',
      body: "Reverts acme/widgets#1",
      author: ADA,
      headRef: "revert-1-one",
      mergeCommit: repository.sha("revert"),
      own: [],
      files: [file("src/a.ts", 0, 3, "DELETED")],
    },
  ];
});
afterAll(() => repository.remove());
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const follow = async (login: string): Promise<FollowedGitHub> => {
  const dataset = datasetFromGit(
    login,
    { gitDir: repository.gitDir, name: "widgets", head: repository.sha("revert") },
    known,
  );
  const followed = await FollowedGitHub.start({ dataset }, { start: START });
  open.push(followed);
  return followed;
};
const importInto = (login: string) =>
  importGitHistory({ path: repository.gitDir, org: login, repo: "widgets" }, { now: START, onProgress: () => {} });

/** What a number rests on, whichever source told it. */
const countedIn = (orgId: number) =>
  query(
    sql`select f.number, f.merged_at, f.author_kind, f.agent_mask::text as agents, f.category, f.exclusion,
        f.effective_lines, d.additions, d.deletions, f.rollback_seconds
      from fact_pull_request f join fact_pull_request_detail d using (org_id, repo_id, number)
      where f.org_id = ${orgId} order by f.number`,
  );

it("a clone and GitHub tell of the same pull requests once, in whatever order they are read", async () => {
  const before = await follow("clone-first");
  await importInto("clone-first");
  await before.sync();
  const after = await follow("github-first");
  await after.sync();
  await importInto("github-first");
  await after.sync();
  const alone = await follow("github-alone");
  await alone.sync();
  const rename = (facts: unknown) => JSON.parse(JSON.stringify(facts).replaceAll("github-first", "clone-first"));
  expect(rename(await factsOf(after.orgId))).toEqual(await factsOf(before.orgId));
  expect(await countedIn(before.orgId)).toEqual(await countedIn(alone.orgId));
  expect(await countedIn(alone.orgId)).toMatchObject([
    { number: 1, rollback_seconds: 4 * 86_400 },
    { number: 2, rollback_seconds: null },
    { number: 3, rollback_seconds: null },
  ]);
});
