import { afterAll, expect, it } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { importGitHistory } from "@/lib/ingest/import-git";
import { GITHUB, GitFixture } from "@/tests/factories/git-fixture";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const repository = new GitFixture("widgets");
afterAll(() => repository.remove());

const CLAUDE = "Co-Authored-By: Claude <noreply@anthropic.com>";
const hooks = { now: new Date("2026-06-01T00:00:00Z"), onProgress: () => {} };
const importInto = (org: string, options: { since?: string } = {}) =>
  importGitHistory({ path: repository.gitDir, org, ...options }, hooks);

/** Everything that facts say of an organisation's repository, without the ids that differ between organisations. */
async function factsOf(org: string): Promise<unknown> {
  const [facts] = await query(
    sql`select (select jsonb_agg(to_jsonb(f) - 'org_id' - 'repo_id' order by number) from fact_pull_request f
          where f.org_id = o.id) as narrow,
        (select jsonb_agg(to_jsonb(d) - 'org_id' - 'repo_id' order by number) from fact_pull_request_detail d
          where d.org_id = o.id) as wide,
        (select jsonb_agg(to_jsonb(r) - 'org_id' - 'repo_id' order by revert_key, target_key) from fact_rollback r
          where r.org_id = o.id) as rollbacks,
        (select jsonb_agg(to_jsonb(p) - 'org_id' - 'repo_id' order by sha) from fact_direct_push p
          where p.org_id = o.id) as pushes,
        (select to_jsonb(h) - 'org_id' - 'repo_id' from fact_repository h where h.org_id = o.id) as repository
      from organization o where o.slug = ${org}`,
  );
  return facts;
}

it("a part, then the whole, then what came later: the same facts as one import of it all", async () => {
  const squash = { committer: GITHUB };
  const day = (number: number) => Date.UTC(2026, 0, number, 12) / 1000;
  repository
    .commit("start", { message: "Start", files: { "README.md": "hello\n" }, committedAt: day(1) })
    .commit("one", {
      ...squash,
      message: `feat: one (#1)\n\n${CLAUDE}`,
      files: { "a.ts": "1\n2\n3\n" },
      committedAt: day(2),
    })
    .commit("two", { ...squash, message: "docs: two (#2)", files: { "docs/b.md": "b\n" }, committedAt: day(10) })
    .write();
  const part = await importInto("steps", { since: "2026-01-08" });
  expect(part.summary).toMatchObject({ merged: 1, direct: 0 });

  const whole = await importInto("steps");
  expect(whole.summary).toMatchObject({ merged: 2, direct: 1, rolledBack: 0 });

  repository
    .commit("undo", {
      ...squash,
      message: 'Revert "feat: one (#1)" (#3)',
      files: { "a.ts": null },
      committedAt: day(12),
    })
    .commit("push", { message: "pushed straight", files: { "README.md": "hello again\n" }, committedAt: day(13) })
    .write();
  const later = await importInto("steps");
  expect(later.summary).toMatchObject({ merged: 3, direct: 2, rolledBack: 1, rolledBack7d: 0 });

  const again = await importInto("steps");
  expect(again.events.added).toBe(0);
  await importInto("steps", { since: "2026-01-11" });

  await importInto("at-once");
  expect(await factsOf("steps")).toEqual(await factsOf("at-once"));
});
