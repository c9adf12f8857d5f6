import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";
import { AppError, errorMessage } from "@/lib/core/errors";

/** The lock that `prisma migrate` takes too, so the two never run at once. */
const MIGRATION_LOCK = 72_707_369;

/** Waits for another process that migrates; each of its statements may take minutes on a large table. */
const LOCK_WAIT = "10min";

const CREATE_HISTORY = `
create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

type Migration = { name: string; checksum: string; sql: string };
type AppliedRow = { migration_name: string; checksum: string; finished_at: Date | null; logs: string | null };

export type MigrationState = {
  /** Names in order. */
  applied: string[];
  pending: string[];
  /** What stops a migration, in words for an operator; empty when all is well. */
  problems: string[];
};

/** The directory of the migrations in a checkout or an image: `prisma/migrations` under the working directory. */
export function migrationsDirectory(root: string = process.cwd()): string {
  return path.join(root, "prisma", "migrations");
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(directory, name, "migration.sql"), "utf8");
      return { name, checksum: createHash("sha256").update(sql).digest("hex"), sql };
    }),
  );
}

async function readApplied(client: Pick<Client, "query">): Promise<AppliedRow[]> {
  const exists = await client.query("select to_regclass('_prisma_migrations') is not null as exists");
  if (exists.rows[0]?.exists !== true) return [];
  const result = await client.query<AppliedRow>(
    `select migration_name, checksum, finished_at, logs from _prisma_migrations
     where rolled_back_at is null order by started_at, migration_name`,
  );
  return result.rows;
}

function compare(migrations: readonly Migration[], rows: readonly AppliedRow[]): MigrationState {
  const byName = new Map(rows.map((row) => [row.migration_name, row]));
  const known = new Set(migrations.map(({ name }) => name));
  const problems: string[] = [];
  for (const row of rows) {
    if (!known.has(row.migration_name)) {
      problems.push(
        `The database has the migration ${row.migration_name}, which this version does not know: it was used with a ` +
          "newer version of Fleetgauge. Start that version again, or restore a backup made before the update.",
      );
    } else if (row.finished_at === null) {
      const reason = row.logs === null ? "" : ` It said: ${row.logs}`;
      problems.push(
        `The migration ${row.migration_name} was begun and not finished.${reason} Repair the database, then mark the ` +
          "row in _prisma_migrations as rolled back (rolled_back_at = now()).",
      );
    }
  }
  for (const { name, checksum } of migrations) {
    const row = byName.get(name);
    if (row !== undefined && row.checksum !== checksum) {
      problems.push(
        `The migration ${name} was changed after it had been applied (checksum ${row.checksum.slice(0, 12)}, now ` +
          `${checksum.slice(0, 12)}). Put the file back as it was, and make the change in a new migration.`,
      );
    }
  }
  const finished = (name: string) => byName.get(name)?.finished_at instanceof Date;
  const applied = migrations.map(({ name }) => name).filter(finished);
  const pending = migrations.map(({ name }) => name).filter((name) => !byName.has(name));
  const last = applied.at(-1);
  const late = pending.find((name) => last !== undefined && name < last);
  if (late !== undefined) problems.push(`The migration ${late} comes before ${last}, which is applied already.`);
  return { applied, pending, problems };
}

/** Compares the database with the migration files and changes nothing. */
export async function migrationState(
  client: Pick<Client, "query">,
  directory: string = migrationsDirectory(),
): Promise<MigrationState> {
  return compare(await readMigrations(directory), await readApplied(client));
}

/** One migration and its history row in one transaction: a process killed in the middle leaves no trace of it. */
async function applyMigration(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query("set local lock_timeout = '30s'");
    await client.query(migration.sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new AppError({
      code: "internal",
      message: `The migration ${migration.name} failed and nothing of it was kept: ${errorMessage(error)}`,
      cause: error,
    });
  }
}

/**
 * Brings the database to the newest migration. Safe to call from any number of processes at once: one of them works,
 * the others wait and find nothing left to do.
 * @returns the names of the migrations that this call applied
 * @throws {AppError} `conflict` when files and database disagree, `internal` when a migration fails
 */
export async function migrate(
  connectionString: string,
  directory: string = migrationsDirectory(),
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(directory);
  const client = new Client({
    connectionString,
    application_name: "fleetgauge-migrate",
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    await client.query(
      `set statement_timeout = 0; set lock_timeout = '${LOCK_WAIT}'; set client_min_messages = warning`,
    );
    // The lock belongs to the session: it goes with the process that held it, even one killed with SIGKILL.
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query(CREATE_HISTORY);
    const { pending, problems } = compare(migrations, await readApplied(client));
    if (problems.length > 0) throw new AppError({ code: "conflict", message: problems.join("\n") });
    for (const migration of migrations) {
      if (pending.includes(migration.name)) await applyMigration(client, migration);
    }
    return { applied: pending };
  } finally {
    await client.end();
  }
}
