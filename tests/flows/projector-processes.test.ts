import path from "node:path";
import { expect, it, vi } from "vitest";
import { startProjectors } from "@/lib/cli/projector-processes";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { ensureOrganization } from "@/lib/settings/organizations";
import { HistoryFactory } from "@/tests/factories/history";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase();

const context = {
  cwd: process.cwd(),
  root: path.resolve(import.meta.dirname, "../.."),
  version: "test",
  openDatabase: () => Promise.reject(new Error("only the other processes open one")),
};

async function waiting(): Promise<number> {
  const [row] = await query<{ count: number }>(sql`select count(*) as count from projection_request`);
  return row?.count ?? -1;
}

it("other processes share the projection of what is waiting, and each repository is projected once", async () => {
  const { id } = await ensureOrganization({ slug: "acme" });
  for (const name of ["api", "web", "docs", "jobs"]) {
    const history = new HistoryFactory(id, name);
    history.land({ title: "Start", at: "2026-01-05T09:00:00Z" });
    history.land({ title: "feat: more", number: 1, at: "2026-01-06T09:00:00Z" });
    await withTransaction((client) => appendEvents(client, [history.events()]));
  }
  expect(await waiting()).toBe(4);
  vi.stubEnv("DATABASE_URL", database.url);
  await startProjectors(context, 2);
  expect(await waiting()).toBe(0);
  const facts = await query<{ name: string; number: number }>(
    sql`select r.name, f.number from fact_pull_request f join repository r on r.id = f.repo_id order by 1`,
  );
  expect(facts).toEqual(["api", "docs", "jobs", "web"].map((name) => ({ name, number: 1 })));
});

it("one that cannot work says so", async () => {
  vi.stubEnv("DATABASE_URL", "postgresql://nobody:nothing@127.0.0.1:1/nowhere");
  await expect(startProjectors(context, 1)).rejects.toThrow("projecting process ended with 1");
});
