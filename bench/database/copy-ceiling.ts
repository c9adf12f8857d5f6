import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import type { PoolClient } from "@/lib/db/pool";
import { quoteIdentifier } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";

/** Enough for a second or two, few enough to be held in memory. */
const SAMPLE_ROWS = 200_000;
const SCRATCH = "bench_ceiling";

async function sampleOf(client: PoolClient, table: string, after: number): Promise<{ chunks: Buffer[]; rows: number }> {
  const chunks: Buffer[] = [];
  const newer = after > 0 ? `where seq > ${after}` : "";
  const rows = `select * from ${quoteIdentifier(table)} ${newer} limit ${SAMPLE_ROWS}`;
  const stream = client.query(copyTo(`copy (${rows}) to stdout`));
  await pipeline(
    stream,
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    }),
  );
  return { chunks, rows: stream.rowCount };
}

/**
 * What this machine can do with the rows of a table: COPY of text that is in memory already into a plain table without
 * any index, in one transaction that commits.
 * @param after of the log: only what was appended after the event with this number
 * @returns rows per second, or null when the table is empty
 */
export async function copyCeiling(table: string, after = 0): Promise<number | null> {
  const sample = await withTransaction(
    async (client) => {
      await client.query(`drop table if exists ${SCRATCH}`);
      await client.query(`create table ${SCRATCH} (like ${quoteIdentifier(table)})`);
      return sampleOf(client, table, after);
    },
    { bulk: true },
  );
  if (sample.rows === 0) return null;
  const started = performance.now();
  await withTransaction(
    (client) => pipeline(Readable.from(sample.chunks), client.query(copyFrom(`copy ${SCRATCH} from stdin`))),
    { bulk: true },
  );
  const seconds = (performance.now() - started) / 1000;
  await withTransaction((client) => client.query(`drop table ${SCRATCH}`));
  return sample.rows / seconds;
}
