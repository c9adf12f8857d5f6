import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordAuditAlone } from "@/lib/audit/record";
import { verifyAudit } from "@/lib/audit/verify";
import { COMMAND_ACTOR } from "@/lib/auth/actor";
import { findKeyCaller } from "@/lib/auth/keys";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { restoreBackup } from "@/lib/db/backup/restore-backup";
import { listTables } from "@/lib/db/backup/tables";
import { writeBackup } from "@/lib/db/backup/write-backup";
import { getPool } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { quoteIdentifier, sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { insertUser, sessionOf, testKey } from "@/tests/factories/accounts";
import { insertFleet } from "@/tests/factories/fleet";
import { inNewDatabase, useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase();
const NOW = new Date("2026-11-20T12:00:00Z");

let folder: string;
let file: string;
let key: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "fleetgauge-backup-"));
  file = path.join(folder, "all.backup");
  await insertFleet();
  await insertUser("viewer", { id: "ada" });
  await sessionOf("ada");
  key = await testKey();
  await recordAuditAlone({
    actor: COMMAND_ACTOR,
    action: "thing.done",
    target: { kind: "thing", id: null, name: "ü\t\n" },
  });
  const body = Buffer.from([0, 255, 10, 13, 92]);
  await insertDeliveries([
    { source: "github", deliveryId: "a", event: "star", action: null, headers: { a: "b" }, body },
  ]);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const metrics = async () =>
  JSON.stringify(
    await runMetricsQuery(
      SYSTEM_SCOPE,
      metricsQuerySchema.parse({
        metrics: ["prs_merged_week", "rollback_rate_7d"],
        from: "2026-03-01",
        to: "2026-04-01",
        groupBy: ["repo"],
      }),
    ),
  );

/** Every row of every table, as text. */
async function everything(): Promise<Record<string, string[]>> {
  const tables = await withTransaction((client) => listTables(client));
  const found: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await getPool().query<{ row: string }>(
      `select t::text as row from ${quoteIdentifier(name)} t order by t::text`,
    );
    found[name] = rows.map(({ row }) => row);
  }
  return found;
}

describe("a backup", () => {
  it("brings everything back into a new database: the same rows, figures, keys and audit log", async () => {
    const report = await writeBackup(file, { version: "1.2.3", now: NOW });
    expect(report.rows).toBeGreaterThan(40);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const [before, figures] = [await everything(), await metrics()];
    await inNewDatabase(database, async () => {
      expect(await restoreBackup(file)).toEqual({
        createdAt: NOW.toISOString(),
        tables: report.tables,
        rows: report.rows,
      });
      expect(await everything()).toEqual(before);
      expect(await metrics()).toBe(figures);
      expect(await verifyAudit()).toMatchObject({ fault: null });
      expect(await findKeyCaller(key)).toMatchObject({ kind: "key" });
      // Numbers go on behind those of the backup.
      await execute(sql`insert into organization (slug, name) values ('next', 'Next')`);
      await recordAuditAlone({
        actor: COMMAND_ACTOR,
        action: "thing.done",
        target: { kind: "thing", id: null, name: "" },
      });
      expect(await verifyAudit()).toMatchObject({ fault: null });
    });
  });

  it("is of one moment, whatever is written meanwhile", async () => {
    const [head] = await query<{ n: number }>(sql`select count(*) as n from app_user`);
    const other = path.join(folder, "moment.backup");
    const written = await writeBackup(other, {
      version: "1",
      now: NOW,
      onTable: (done) => {
        // The first table is read in the moment of the backup; what is added from here on is not in it.
        if (done === 1) void insertUser("viewer", { id: "late" });
      },
    });
    expect(written.rows).toBeGreaterThan(0);
    await expect.poll(async () => (await query(sql`select 1 from app_user where id = 'late'`)).length).toBe(1);
    await inNewDatabase(database, async () => {
      await restoreBackup(other);
      expect(await query(sql`select count(*) as n from app_user`)).toEqual([head]);
    });
    await execute(sql`delete from app_user where id = 'late'`);
  });

  it("is not restored over anything", async () => {
    await inNewDatabase(database, async () => {
      await execute(sql`insert into organization (slug, name) values ('here', 'Here')`);
      await expect(restoreBackup(file)).rejects.toMatchObject({
        message: expect.stringContaining("not empty (organization)"),
      });
      expect(await query(sql`select slug from organization`)).toEqual([{ slug: "here" }]);
    });
  });

  it("that is cut off, changed or of another version is refused, and leaves nothing", async () => {
    const whole = gunzipSync(await readFile(file));
    const broken = path.join(folder, "broken.backup");
    const flipped = (at: number) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return gzipSync(bytes);
    };
    const cases: [string, Buffer][] = [
      ["it was cut off", gzipSync(whole.subarray(0, whole.length / 2))],
      ["its end is missing", gzipSync(Buffer.alloc(0))],
      ["it was cut off", gzipSync(whole.subarray(0, whole.length - 40))],
      ["a part of it was changed", flipped(whole.length - 1)],
      ["something follows its end", gzipSync(Buffer.concat([whole, Buffer.from("x")]))],
      ["cannot be unpacked", (await readFile(file)).subarray(0, 2000)],
      ["cannot be unpacked", Buffer.from("not a backup")],
      ["holds something else", gzipSync(Buffer.from("not a backup at all"))],
      [
        "Restore it with that version",
        gzipSync(Buffer.from(whole.toString("latin1").replace("0016_accounts", "0016_accountz"), "latin1")),
      ],
    ];
    await inNewDatabase(database, async () => {
      const empty = await everything();
      for (const [reason, bytes] of cases) {
        await writeFile(broken, bytes);
        await expect(restoreBackup(broken), reason).rejects.toMatchObject({
          code: "bad_request",
          message: expect.stringContaining(reason),
        });
      }
      await expect(restoreBackup(path.join(folder, "none"))).rejects.toMatchObject({ code: "bad_request" });
      // A byte anywhere else fails in PostgreSQL or in the digest; in every case nothing stays.
      for (let at = 300; at < whole.length; at += Math.ceil(whole.length / 25)) {
        await writeFile(broken, flipped(at));
        await expect(restoreBackup(broken), `byte ${at}`).rejects.toThrow();
      }
      expect(await everything()).toEqual(empty);
      await restoreBackup(file);
    });
  });
});
