import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { migrate, migrationsDirectory } from "@/lib/db/migrate";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendFew } from "@/lib/events/append-few";
import { projectPendingActivity } from "@/lib/facts/activity/project-activity";
import { verifyActivity } from "@/lib/facts/activity/verify-activity";
import { ActivityFactory } from "@/tests/factories/activity";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase({ migrated: false });

it("activity that was logged before its tables existed is worked out after the upgrade", async () => {
  const before = mkdtempSync(path.join(tmpdir(), "migrations-"));
  for (const name of readdirSync(migrationsDirectory())) {
    if (name < "0005") cpSync(path.join(migrationsDirectory(), name), path.join(before, name), { recursive: true });
  }
  await migrate(database.url, before);
  rmSync(before, { recursive: true });
  const [org] = await query<{ id: number }>(
    sql`insert into organization (slug, name) values ('acme', 'acme') returning id`,
  );
  const make = new ActivityFactory(org?.id ?? 0);
  await withTransaction((client) => appendFew(client, [make.review(7, "first", "2026-01-05T10:00:00Z")]));
  // A version without these tables left no request either.
  await execute(sql`delete from activity_request`);

  await migrate(database.url, migrationsDirectory());
  await projectPendingActivity();
  expect(await query(sql`select number from fact_review`)).toEqual([{ number: 7 }]);
  expect((await verifyActivity()).mismatches).toEqual([]);
});
