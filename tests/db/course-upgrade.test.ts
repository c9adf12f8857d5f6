import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { migrate, migrationsDirectory } from "@/lib/db/migrate";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { projectPendingCourses } from "@/lib/facts/course/project-courses";
import { insertFacts, insertOrg, insertRepo } from "@/tests/factories/facts";
import { insertVerdicts } from "@/tests/factories/rollbacks";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase({ migrated: false });

it("pull requests that were there before their courses were are worked out after the upgrade", async () => {
  const before = mkdtempSync(path.join(tmpdir(), "migrations-"));
  for (const name of readdirSync(migrationsDirectory())) {
    if (name < "0022") cpSync(path.join(migrationsDirectory(), name), path.join(before, name), { recursive: true });
  }
  await migrate(database.url, before);
  rmSync(before, { recursive: true });
  const org = await insertOrg("acme");
  const repo = await insertRepo(org, "web", { completeTo: "2026-04-01T00:00:00Z" });
  await insertFacts(org, repo, [{ number: 7, mergedAt: "2026-03-01T00:00:00Z" }]);
  await insertVerdicts(org, repo, [
    {
      kind: "partial",
      revertKey: "pr:8",
      revertNumber: null,
      revertedAt: "2026-03-01T01:00:00Z",
      target: { number: 7, mergedAt: "2026-03-01T00:00:00Z" },
    },
  ]);

  await migrate(database.url, migrationsDirectory());
  await projectPendingCourses();
  expect(await query(sql`select number, undone_seconds from fact_pull_request_course`)).toEqual([
    { number: 7, undone_seconds: 3600 },
  ]);
});
