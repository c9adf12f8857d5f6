import { beforeEach, expect, it } from "vitest";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { EXCLUSION_CODE } from "@/lib/core/dimensions";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { listPullRequests } from "@/lib/metrics/explorer/pull-requests";
import { listRollbacks } from "@/lib/metrics/explorer/rollbacks";
import { pullRequestListSchema, rollbackListSchema } from "@/lib/metrics/list-schema";
import { insertAgents, insertFacts, insertOrg, insertRepo } from "@/tests/factories/facts";
import { insertVerdicts } from "@/tests/factories/rollbacks";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const completeTo = "2026-03-31T00:00:00Z";
const mergedAt = "2026-03-03T00:00:00Z";
const EVERY_KIND = "revert,deployment,told,ambiguous,undeclared,partial,embedded,reland,unresolved";

let org = 0;
let repo = 0;
let names = 0;

/** A new organisation with pull requests 1 to 4, listed before anything changes. */
beforeEach(async () => {
  names += 1;
  await insertAgents([{ code: 0, key: "claude_code" }]);
  org = await insertOrg(`org-${names}`);
  repo = await insertRepo(org, "api", { completeTo });
  await insertFacts(
    org,
    repo,
    [1, 2, 3, 4].map((number) => ({ number, mergedAt, kind: "agent" as const, agentMask: number === 1 ? 1n : 0n })),
  );
  await insertVerdicts(org, repo, [
    { kind: "revert", revertKey: "a", revertNumber: null, revertedAt: mergedAt, target: { number: 1, mergedAt } },
    { kind: "unresolved", revertKey: "b", revertNumber: null, revertedAt: mergedAt, target: null },
  ]);
  expect(await searched("change")).toEqual([4, 3, 2, 1]);
  expect(await reverted()).toEqual(["b", "a"]);
});

async function searched(q: string): Promise<number[]> {
  const query = pullRequestListSchema.parse({ q, org: `org-${names}` });
  return (await listPullRequests(SYSTEM_SCOPE, query)).items.map(({ number }) => number);
}

async function reverted(filters: Record<string, string> = {}): Promise<string[]> {
  const query = rollbackListSchema.parse({ kind: EVERY_KIND, org: `org-${names}`, ...filters });
  const { items, total } = await listRollbacks(SYSTEM_SCOPE, query);
  expect(items).toHaveLength(total);
  return items.map(({ id }) => id.split(":")[1] ?? "");
}

it("a title is found as it is now", async () => {
  await execute(sql`update fact_pull_request_detail set title = 'Renamed API' where repo_id = ${repo} and number = 2`);
  expect(await searched("change")).toEqual([4, 3, 1]);
  expect(await searched("renamed a")).toEqual([2]);
});

it("a pull request is found as soon as it is committed, and no longer once it is removed", async () => {
  await withTransaction(async (client) => {
    await execute(
      sql`insert into fact_pull_request_detail
        select org_id, repo_id, 9, merged_at, 'Brand new', url, author_name, head_ref, merge_sha, merge_kind, additions,
          deletions, changed_files, lines_reason, agents, authorship, category, team, exclusion
        from fact_pull_request_detail where repo_id = ${repo} and number = 4`,
      client,
    );
    await execute(
      sql`insert into fact_pull_request
        select org_id, repo_id, 9, merged_at, team_id, rollback_seconds, agent_mask, effective_lines, agent_lines,
          prod_lines, author_kind, category, size_bucket, exclusion, confidence
        from fact_pull_request where repo_id = ${repo} and number = 4`,
      client,
    );
    expect(await searched("brand")).toEqual([]);
  });
  expect(await searched("brand")).toEqual([9]);
  await execute(sql`delete from fact_pull_request where repo_id = ${repo} and number = 9`);
  expect(await searched("brand")).toEqual([]);
});

it("what is gone by the time a page is read is left out of it", async () => {
  await execute(sql`delete from fact_pull_request_detail where repo_id = ${repo} and number = 3`);
  const query = pullRequestListSchema.parse({ org: `org-${names}`, limit: "3" });
  const { items, nextCursor, total } = await listPullRequests(SYSTEM_SCOPE, query);
  expect(items.map(({ number }) => number)).toEqual([4, 2]);
  expect(nextCursor).not.toBeNull();
  expect(total).toBe(4);
});

it("verdicts come, change and go, with a pull request or without", async () => {
  await insertVerdicts(org, repo, [
    { kind: "partial", revertKey: "c", revertNumber: null, revertedAt: completeTo, target: { number: 2, mergedAt } },
    { kind: "unresolved", revertKey: "d", revertNumber: null, revertedAt: completeTo, target: null },
  ]);
  expect(await reverted()).toEqual(["d", "c", "b", "a"]);
  await execute(sql`update fact_rollback set target_number = 4 where repo_id = ${repo} and revert_key = 'c'`);
  await execute(sql`update fact_rollback set target_number = null where repo_id = ${repo} and revert_key = 'a'`);
  await execute(sql`delete from fact_rollback where repo_id = ${repo} and revert_key = 'b'`);
  expect(await reverted()).toEqual(["d", "c", "a"]);
  expect(await reverted({ authorKind: "agent" })).toEqual(["c"]);
  await execute(sql`truncate fact_rollback`);
  expect(await reverted()).toEqual([]);
});

it("verdicts follow what the pull request is", async () => {
  expect(await reverted({ agent: "claude_code" })).toEqual(["a"]);
  await execute(sql`update fact_pull_request set agent_mask = 0, exclusion = ${EXCLUSION_CODE.release}
    where repo_id = ${repo} and number = 1`);
  expect(await reverted({ agent: "claude_code" })).toEqual([]);
  expect(await reverted({ agent: "unknown" })).toEqual(["a"]);
  await execute(sql`delete from fact_pull_request where repo_id = ${repo} and number = 1`);
  expect(await reverted({ team: "unassigned" })).toEqual([]);
  expect(await reverted()).toEqual(["b", "a"]);
});

it("notes that are gone make everything be read again", async () => {
  await execute(sql`update fact_pull_request_detail set title = 'Long ago' where repo_id = ${repo} and number = 1`);
  await execute(sql`delete from fact_rollback where repo_id = ${repo} and revert_key = 'a'`);
  await withTransaction(async (client) => {
    await execute(sql`update fact_change_horizon set xid = (select max(xid) from fact_change)`, client);
    await execute(sql`delete from fact_change`, client);
  });
  expect(await searched("long ago")).toEqual([1]);
  expect(await reverted()).toEqual(["b"]);
});

it("another organisation's verdicts and titles are out of reach", async () => {
  const other = await insertOrg(`other-${names}`);
  const scope = mintScope({ ...SYSTEM_SCOPE, organizations: [other] });
  await insertRepo(other, "api", { completeTo });
  expect((await listRollbacks(scope, rollbackListSchema.parse({ kind: EVERY_KIND }))).total).toBe(0);
  expect((await listPullRequests(scope, pullRequestListSchema.parse({ q: "change" }))).total).toBe(0);
});
