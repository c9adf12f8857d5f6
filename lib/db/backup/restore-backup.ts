import { once } from "node:events";
import { createReadStream } from "node:fs";
import { pipeline as connect, type Writable } from "node:stream";
import { createGunzip } from "node:zlib";
import { from as copyFrom } from "pg-copy-streams";
import type { z } from "zod";
import { AppError, errorCode } from "@/lib/core/errors";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { quoteIdentifier, sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { type Frame, readFrames } from "./frames";
import { type BackupHeader, backupEndSchema, backupHeaderSchema, backupTableSchema } from "./schema";
import { type BackedUpTable, listMigrations, listTables } from "./tables";

export interface RestoreReport {
  /** When the backup was made. */
  createdAt: string;
  tables: number;
  rows: number;
}

function refused(message: string): AppError {
  return new AppError({ code: "bad_request", message });
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refused("This is not a backup of Fleetgauge.");
}

/** The bytes of a file, unpacked; what is no gzip says so. */
async function* unpacked(file: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  connect(createReadStream(file), gunzip, () => undefined);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    if (errorCode(error) === "ENOENT") throw refused(`There is no file ${file}.`);
    throw new AppError({
      code: "bad_request",
      message: "This is not a whole backup: it cannot be unpacked.",
      cause: error,
    });
  }
}

async function assertSameMigrations(client: PoolClient, { migrations, version }: BackupHeader): Promise<void> {
  if ((await listMigrations(client)).join() === migrations.join()) return;
  throw refused(
    `The backup is of version ${version}, whose tables are others than those of this version. Restore it with that version, then upgrade.`,
  );
}

/** Tables that a new database has rows in. */
const FILLED = ["installation", "agent"];

/** Nothing that is there is written over. */
async function assertEmpty(client: PoolClient, tables: readonly BackedUpTable[]): Promise<void> {
  for (const { name } of tables) {
    const { rows } = await client.query(`select 1 from ${quoteIdentifier(name)} limit 1`);
    if (rows.length === 0) continue;
    if (!FILLED.includes(name)) {
      throw refused(`The database is not empty (${name}): restore into a new one.`);
    }
    await client.query(`delete from ${quoteIdentifier(name)}`);
  }
}

/** One table on its way into the database; what goes wrong with it is told by the next call. */
class TableCopy {
  private readonly ended: Promise<void>;

  private constructor(private readonly stream: Writable) {
    this.ended = new Promise((resolve, reject) => {
      stream.once("finish", resolve);
      stream.once("error", reject);
    });
    // It is waited for later; until then a failure is nobody's.
    this.ended.catch(() => undefined);
  }

  static begin(client: PoolClient, { columns, name }: BackedUpTable): TableCopy {
    const list = columns.map(quoteIdentifier).join(", ");
    return new TableCopy(client.query(copyFrom(`copy ${quoteIdentifier(name)} (${list}) from stdin (format binary)`)));
  }

  async write(bytes: Buffer): Promise<void> {
    if (this.stream.write(bytes)) return;
    await Promise.race([once(this.stream, "drain"), this.ended]);
  }

  async end(): Promise<void> {
    this.stream.end();
    await this.ended;
  }

  /** Gives the connection back to statements, such as the one that undoes all of it. */
  async abort(): Promise<void> {
    const closed = once(this.stream, "close");
    this.stream.destroy();
    await Promise.race([closed, this.ended]).catch(() => undefined);
  }
}

/** Numbers go on where those of the backup ended. */
async function setSequences(client: PoolClient): Promise<void> {
  const owned = await query<{ sequence: string; table: string; column: string }>(
    sql`select s.oid::regclass::text as sequence, d.refobjid::regclass::text as table, a.attname as column
      from pg_class s join pg_depend d on d.objid = s.oid and d.deptype in ('a', 'i')
        and d.refclassid = 'pg_class'::regclass
        join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where s.relkind = 'S' and s.relnamespace = 'public'::regnamespace`,
    client,
  );
  for (const { column, sequence, table } of owned) {
    await client.query(
      `select setval('${sequence}', greatest(1, (select coalesce(max(${quoteIdentifier(column)}), 0) from ${table})),
        exists (select from ${table}))`,
    );
  }
}

/** What a backup is read into, frame by frame. */
class Restoring {
  private header: BackupHeader | null = null;
  private copying: TableCopy | null = null;
  private rows = 0;
  private restored = 0;

  constructor(
    private readonly client: PoolClient,
    private readonly tables: ReadonlyMap<string, BackedUpTable>,
  ) {}

  get report(): RestoreReport {
    return { createdAt: this.header?.createdAt ?? "", tables: this.restored, rows: this.rows };
  }

  async take(frame: Frame): Promise<void> {
    if (frame.type === "header") return this.takeHeader(frame.value);
    if (this.header === null) throw refused("This is not a backup of Fleetgauge.");
    if (frame.type === "rows") {
      if (this.copying === null) throw refused("This is not a backup of Fleetgauge.");
      return this.copying.write(frame.bytes);
    }
    await this.copying?.end();
    this.copying = null;
    if (frame.type === "table") this.takeTable(parsed(backupTableSchema, frame.value));
    else this.rows = Object.values(parsed(backupEndSchema, frame.value).rows).reduce((sum, n) => sum + n, 0);
  }

  async abort(): Promise<void> {
    await this.copying?.abort();
  }

  private async takeHeader(value: unknown): Promise<void> {
    const header = parsed(backupHeaderSchema, value);
    await assertSameMigrations(this.client, header);
    await assertEmpty(this.client, [...this.tables.values()]);
    this.header = header;
  }

  private takeTable(table: BackedUpTable): void {
    const known = this.tables.get(table.name);
    // Names of a file become part of statements only when this database has them.
    if (known === undefined || table.columns.some((column) => !known.columns.includes(column))) {
      throw refused(`The backup holds ${table.name}, which this version does not know.`);
    }
    this.copying = TableCopy.begin(this.client, table);
    this.restored += 1;
  }
}

async function restoreInto(client: PoolClient, file: string): Promise<RestoreReport> {
  const tables = new Map((await listTables(client)).map((table) => [table.name, table]));
  const restoring = new Restoring(client, tables);
  try {
    for await (const frame of readFrames(unpacked(file))) await restoring.take(frame);
  } catch (error) {
    await restoring.abort();
    throw error;
  }
  await setSequences(client);
  return restoring.report;
}

/**
 * Fills a new database from a backup of the same version, all of it or nothing.
 * @throws {AppError} `bad_request` for what is no whole backup, one of another version, or a database that is not empty
 */
export async function restoreBackup(file: string): Promise<RestoreReport> {
  return withTransaction((client) => restoreInto(client, file), { bulk: true });
}
