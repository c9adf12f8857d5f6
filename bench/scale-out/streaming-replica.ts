import { copyFile, cp, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/lib/db/embedded-postgres/server";

const SLOT = "fleetgauge_replica";

/** What belongs to the running server alone; the write-ahead log comes through the stream. */
const NOT_COPIED: ReadonlySet<string> = new Set(["postmaster.pid", "postmaster.opts", "pg_wal", "pg_replslot"]);
const EMPTY_FOLDERS = ["pg_wal/archive_status", "pg_replslot"] as const;

/** Copies the files of a running server between the marks that PostgreSQL's low-level backup interface asks for. */
async function takeBaseBackup(client: Client, from: string, to: string): Promise<void> {
  // The slot keeps the write-ahead log from here on, until the replica has read it.
  await client.query("select pg_create_physical_replication_slot($1, true)", [SLOT]);
  await client.query("select pg_backup_start($1, true)", [SLOT]);
  await cp(from, to, { recursive: true, filter: (source) => !NOT_COPIED.has(path.relative(from, source)) });
  const { rows } = await client.query<{ labelfile: string }>("select labelfile from pg_backup_stop(false)");
  for (const folder of EMPTY_FOLDERS) await mkdir(path.join(to, folder), { recursive: true, mode: 0o700 });
  await writeFile(path.join(to, "backup_label"), rows[0]?.labelfile ?? "", { mode: 0o600 });
}

function connectionInfo(primaryUrl: string): string {
  const { hostname, port, username, password } = new URL(primaryUrl);
  const keywords = { host: hostname, port, user: decodeURIComponent(username), password: decodeURIComponent(password) };
  return Object.entries(keywords)
    .map((entry) => entry.join("="))
    .join(" ");
}

/**
 * Starts a streaming replica of a running embedded server on this machine. The packaged PostgreSQL has no
 * `pg_basebackup`, so the backup is taken through the functions that `pg_basebackup` stands on.
 * @param primary a server that `startEmbeddedPostgres` started, and its data directory
 * @param dataDir absolute path of a directory that does not exist yet
 */
export async function startStreamingReplica(
  primary: { url: string; dataDir: string },
  dataDir: string,
): Promise<EmbeddedPostgres> {
  const cluster = path.join(dataDir, "postgres");
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const client = new Client({ connectionString: primary.url });
  await client.connect();
  try {
    await takeBaseBackup(client, path.join(primary.dataDir, "postgres"), cluster);
  } finally {
    await client.end();
  }
  await copyFile(path.join(primary.dataDir, "postgres-password"), path.join(dataDir, "postgres-password"));
  const settings = [`primary_conninfo = '${connectionInfo(primary.url)}'`, `primary_slot_name = '${SLOT}'`];
  await writeFile(path.join(cluster, "postgresql.auto.conf"), `${settings.join("\n")}\n`, { mode: 0o600 });
  await writeFile(path.join(cluster, "standby.signal"), "", { mode: 0o600 });
  try {
    return await startEmbeddedPostgres({ dataDir, durable: false });
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}
