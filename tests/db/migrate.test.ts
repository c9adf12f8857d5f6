import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate, migrationState } from "@/lib/db/migrate";
import { getPool } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase({ migrated: false });
const ROOT = path.resolve(import.meta.dirname, "..", "..");

let directory: string;

async function writeMigration(name: string, content: string): Promise<void> {
  await mkdir(path.join(directory, name), { recursive: true });
  await writeFile(path.join(directory, name, "migration.sql"), content);
}

function startProcess(): { child: ChildProcess; result: Promise<{ code: number | null; output: string }> } {
  const script = path.join(ROOT, "tests", "setup", "migrate-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, database.url, directory], { cwd: ROOT });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString("utf8");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString("utf8");
  });
  const result = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, output }));
  });
  return { child, result };
}

async function history(): Promise<{ name: string; finished: boolean }[]> {
  return query(
    sql`select migration_name as name, finished_at is not null as finished from _prisma_migrations order by name`,
  );
}

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "fleetgauge-migrations-"));
  await writeMigration("0001_one", "create table one (id integer primary key);");
  await writeMigration("0002_two", "create table two (id integer primary key); insert into two values (1);");
});

afterEach(async () => {
  await execute(sql`drop table if exists one, two, three, four, _prisma_migrations`);
  await rm(directory, { recursive: true, force: true });
});

describe("migrate", () => {
  it("applies what is pending, in order, and nothing twice", async () => {
    expect(await migrate(database.url, directory)).toEqual({ applied: ["0001_one", "0002_two"] });
    expect(await migrate(database.url, directory)).toEqual({ applied: [] });
    await writeMigration("0003_three", "create table three (id integer);");
    expect((await migrationState(getPool(), directory)).pending).toEqual(["0003_three"]);
    expect(await migrate(database.url, directory)).toEqual({ applied: ["0003_three"] });
    expect((await history()).every(({ finished }) => finished)).toBe(true);
  });

  it("is done by exactly one of eight processes that start at once on an empty database", async () => {
    await writeMigration("0003_three", "create table three (id integer); select pg_sleep(0.3);");
    const results = await Promise.all(Array.from({ length: 8 }, () => startProcess().result));
    expect(results.map(({ code }) => code)).toEqual(results.map(() => 0));
    const applied = results.flatMap(({ output }) => JSON.parse(output) as string[]);
    expect(applied.sort()).toEqual(["0001_one", "0002_two", "0003_three"]);
    expect(await query(sql`select count(*) as n from two`)).toEqual([{ n: 1 }]);
  });

  it("leaves no trace of a migration whose process was killed, and the next one completes it", async () => {
    await writeMigration("0003_three", "create table three (id integer); select pg_sleep(600);");
    const { child, result } = startProcess();
    const sleeping = sql`select pid from pg_stat_activity where query like '%pg_sleep(600)%' and wait_event = 'PgSleep'`;
    while ((await query(sleeping)).length === 0) await sleep(50);
    child.kill("SIGKILL");
    await result;
    // The server notices a vanished client when it next talks to it; an operator would do the same.
    await query(sql`select pg_terminate_backend(pid) from (${sleeping}) as sleepers`);
    await writeMigration("0003_three", "create table three (id integer);");
    expect(await migrate(database.url, directory)).toEqual({ applied: ["0003_three"] });
    expect((await history()).map(({ name }) => name)).toEqual(["0001_one", "0002_two", "0003_three"]);
  });

  it("keeps nothing of a migration that fails and says which one and why", async () => {
    await writeMigration("0003_three", "create table three (id integer); insert into nowhere values (1);");
    await expect(migrate(database.url, directory)).rejects.toThrow(/0003_three failed.*nowhere/);
    expect((await history()).map(({ name }) => name)).toEqual(["0001_one", "0002_two"]);
    expect(await query(sql`select to_regclass('three') as found`)).toEqual([{ found: null }]);
  });

  it("refuses a migration that was changed, one that is unknown, one that is unfinished and one that comes late", async () => {
    await migrate(database.url, directory);
    await writeMigration("0001_one", "create table one (id bigint primary key);");
    await expect(migrate(database.url, directory)).rejects.toThrow(/0001_one was changed after/);
    await writeMigration("0001_one", "create table one (id integer primary key);");
    await writeMigration("0000_zero", "select 1;");
    await expect(migrate(database.url, directory)).rejects.toThrow(/0000_zero comes before 0002_two/);
    await rm(path.join(directory, "0000_zero"), { recursive: true });
    await execute(sql`insert into _prisma_migrations (id, checksum, migration_name) values ('x', 'y', '0009_newer')`);
    await expect(migrate(database.url, directory)).rejects.toThrow(/0009_newer.*newer version of Fleetgauge/);
    await execute(sql`delete from _prisma_migrations where id = 'x'`);
    await execute(sql`update _prisma_migrations set finished_at = null where migration_name = '0002_two'`);
    await expect(migrate(database.url, directory)).rejects.toThrow(/0002_two was begun and not finished/);
  });
});
