import { afterEach, beforeEach, expect, it } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { verifyFacts } from "@/lib/facts/verify";
import { importGitHistory } from "@/lib/ingest/import-git";
import { GITHUB, GitFixture } from "@/tests/factories/git-fixture";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

let repository: GitFixture;
beforeEach(() => {
  repository = new GitFixture("widgets");
});
afterEach(() => repository.remove());

const day = (number: number) => Date.UTC(2026, 2, number, 10) / 1000;
const hooks = { now: new Date("2026-06-01T00:00:00Z"), onProgress: () => {} };
const importInto = (org: string, options: { since?: string; branch?: string } = {}) =>
  importGitHistory({ path: repository.gitDir, org, ...options }, hooks);

function land(number: number, { ref, at = day(number) }: { ref?: string; at?: number } = {}): void {
  const files = { [`src/m${number}.ts`]: `${number}\n` };
  repository.commit(
    `pr${number}`,
    { message: `feat: m${number} (#${number})`, files, committer: GITHUB, committedAt: at },
    ref,
  );
}

async function pullRequests(org: string): Promise<number[]> {
  const rows = await query<{ number: number }>(
    sql`select number from fact_pull_request f join organization o on o.id = f.org_id where o.slug = ${org} order by 1`,
  );
  return rows.map(({ number }) => number);
}

it("stores a title whose quoted part ends inside a character", async () => {
  const title = `docs: ${"y".repeat(193)}\u{1F600}`;
  repository.commit("a", { message: `${title} (#1)`, files: { "docs/a.md": "a\n" }, committer: GITHUB }).write();
  await importInto("emoji");
  expect(await pullRequests("emoji")).toEqual([1]);
  expect((await verifyFacts()).mismatches).toEqual([]);
});

it("keeps what was imported before a part that does not reach it, and does not call it whole", async () => {
  for (const number of [1, 2, 3]) land(number);
  repository.write();
  await importInto("gap");
  for (const number of [4, 5, 6, 7]) land(number);
  repository.write();
  await importInto("gap", { since: "2026-03-06" });
  expect(await pullRequests("gap")).toEqual([1, 2, 3, 6, 7]);
  expect(
    await query(sql`select history, complete_from is null as whole from fact_repository f
      join organization o on o.id = f.org_id where o.slug = 'gap'`),
  ).toEqual([{ history: "since", whole: false }]);
  await importInto("gap");
  expect(await pullRequests("gap")).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect((await verifyFacts()).mismatches).toEqual([]);
});

it("speaks of the branch that was imported last, and of an older head after a force push", async () => {
  for (const number of [1, 2, 3]) land(number);
  repository.commit("start of dev", { message: "start", committedAt: day(10), parents: ["pr3"] }, "refs/heads/dev");
  land(4, { ref: "refs/heads/dev", at: day(11) });
  repository.write();
  await importInto("branches");
  expect(await pullRequests("branches")).toEqual([1, 2, 3]);
  await importInto("branches", { branch: "dev" });
  expect(await pullRequests("branches")).toEqual([1, 2, 3, 4]);
  await importInto("branches");
  expect(await pullRequests("branches")).toEqual([1, 2, 3]);
  repository.git(repository.gitDir, "update-ref", "refs/heads/main", repository.sha("pr2"));
  await importInto("branches");
  expect(await pullRequests("branches")).toEqual([1, 2]);
  expect((await verifyFacts()).mismatches).toEqual([]);
});

it("leaves no organisation behind when it fails, and knows one in any spelling", async () => {
  land(1);
  repository.write();
  await expect(importInto("nothing-kept", { since: "nonsense" })).rejects.toThrow("nonsense");
  expect(await query(sql`select slug from organization where slug = 'nothing-kept'`)).toEqual([]);
  await importInto("Spelled");
  expect(await importInto("spelled", { since: "2026-01-01" })).toMatchObject({ org: "Spelled", events: { added: 0 } });
  expect(await importInto("spelled")).toMatchObject({ org: "Spelled", events: { added: 0 } });
});
