import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { to as copyTo } from "pg-copy-streams";
import { getPool, type PoolClient } from "@/lib/db/pool";
import { quoteIdentifier } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { FrameWriter } from "./frames";
import type { BackupHeader } from "./schema";
import { type BackedUpTable, listMigrations, listTables } from "./tables";

export interface BackupReport {
  tables: number;
  rows: number;
  bytes: number;
}

const LARGEST_PIECE = 1024 * 1024;

async function* rowsOf(client: PoolClient, { columns, name }: BackedUpTable): AsyncGenerator<Buffer> {
  const list = columns.map(quoteIdentifier).join(", ");
  const stream = client.query(copyTo(`copy (select ${list} from ${quoteIdentifier(name)}) to stdout (format binary)`));
  for await (const piece of stream as AsyncIterable<Buffer>) {
    for (let at = 0; at < piece.length; at += LARGEST_PIECE) yield piece.subarray(at, at + LARGEST_PIECE);
  }
}

/** The bytes of a backup, table after table. */
async function* backupOf(
  client: PoolClient,
  header: BackupHeader,
  tables: readonly BackedUpTable[],
  counts: Map<string, number>,
  onTable: (done: number, of: number) => void,
): AsyncGenerator<Buffer> {
  const writer = new FrameWriter();
  yield writer.write({ type: "header", value: header });
  for (const [index, table] of tables.entries()) {
    onTable(index, tables.length);
    const { rows } = await client.query<{ n: number }>(`select count(*) as n from ${quoteIdentifier(table.name)}`);
    counts.set(table.name, rows[0]?.n ?? 0);
    yield writer.write({ type: "table", value: table });
    for await (const bytes of rowsOf(client, table)) yield writer.write({ type: "rows", bytes });
  }
  yield writer.write({ type: "end", value: { rows: Object.fromEntries(counts) } });
  yield writer.digest();
  onTable(tables.length, tables.length);
}

/**
 * Writes all tables as of one moment into a compressed file, while the product runs. The file has its name once it is
 * whole; the secret that tokens and keys are sealed with is not in it.
 */
export async function writeBackup(
  file: string,
  {
    version,
    now,
    onTable = () => undefined,
  }: { version: string; now: Date; onTable?: (done: number, of: number) => void },
): Promise<BackupReport> {
  const counts = new Map<string, number>();
  const unfinished = `${file}.part`;
  let bytes = 0;
  try {
    const tables = await withTransaction(
      async (client) => {
        await client.query("set transaction isolation level repeatable read, read only");
        const list = await listTables(client);
        const migrations = await listMigrations(client);
        const header = { format: "fleetgauge-backup-1" as const, version, migrations, createdAt: now.toISOString() };
        const out = createWriteStream(unfinished, { flags: "w", mode: 0o600, flush: true });
        await pipeline(Readable.from(backupOf(client, header, list, counts, onTable)), createGzip({ level: 4 }), out);
        bytes = out.bytesWritten;
        return list.length;
      },
      { bulk: true, pool: getPool() },
    );
    await rename(unfinished, file);
    return { tables, rows: [...counts.values()].reduce((sum, n) => sum + n, 0), bytes };
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
