import { afterAll, expect, it, vi } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { followGitHub } from "@/lib/jobs/tasks/follow-github";
import { FollowedGitHub } from "@/tests/factories/github-sync";
import { generateDataset } from "@/tests/mocks/github/generate";
import { useTestDatabase } from "@/tests/setup/test-database";

// The environment is read once, when the first module asks for it.
vi.hoisted(() => {
  process.env.EGRESS_ALLOW_HOSTS = "127.0.0.1";
});
useTestDatabase();

/** More than the process has connections to the database. */
const ACCOUNTS = 14;
const END = new Date("2026-06-30T12:00:00Z");
const open: FollowedGitHub[] = [];
afterAll(async () => {
  await Promise.all(open.map((one) => one.close()));
});

it("the worker follows any number of accounts at once, and two of them do it once", async () => {
  for (let index = 0; index < ACCOUNTS; index += 1) {
    const login = `account-${index}`;
    const dataset = generateDataset({ login, seed: index, repositories: 1, pullRequests: 8, end: END, days: 20 });
    open.push(await FollowedGitHub.start({ dataset }, { start: END }));
  }
  await Promise.all([followGitHub({}, { signal: undefined }), followGitHub({}, { signal: undefined })]);
  const rows = await query<{ merged: number }>(
    sql`select count(*) as merged from fact_pull_request group by org_id order by org_id`,
  );
  const merged = open.map(
    ({ github }) =>
      github.options.dataset.repositories
        .flatMap(({ pullRequests }) => pullRequests)
        .filter(({ state }) => state === "MERGED").length,
  );
  expect(rows.map((row) => row.merged)).toEqual(merged);
  for (const { github } of open) {
    expect(github.requests.filter(({ what }) => what === "RepositoryPage")).toHaveLength(1);
  }
});
