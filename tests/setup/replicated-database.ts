import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll } from "vitest";
import { startStreamingReplica } from "@/bench/scale-out/streaming-replica";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/lib/db/embedded-postgres/server";
import { migrate } from "@/lib/db/migrate";
import { closePool, createPool, getPool, type Pool, setPool } from "@/lib/db/pool";
import { closeReadPool, useReplica } from "@/lib/db/read-pool";

interface ReplicatedDatabase {
  /** Connection strings; valid once the file's tests run. */
  readonly primaryUrl: string;
  readonly replicaUrl: string;
  /** Statements on the replica that are not the product's. */
  readonly replica: Pool;
  /** Waits until the replica has replayed all that the primary wrote up to now. */
  caughtUp(): Promise<void>;
  stopReplica(): Promise<void>;
  startReplica(): Promise<void>;
}

/**
 * Gives the test file a migrated server of its own with a streaming replica; the process writes to the one and its
 * dashboards read from the other. Call it once at the top of the file.
 */
export function useReplicatedDatabase(): ReplicatedDatabase {
  let folder: string;
  let primary: EmbeddedPostgres;
  let replica: EmbeddedPostgres;
  let pool: Pool;
  const replicaDir = () => path.join(folder, "replica");
  const database: ReplicatedDatabase = {
    get primaryUrl() {
      return primary.url;
    },
    get replicaUrl() {
      return replica.url;
    },
    get replica() {
      return pool;
    },
    async caughtUp() {
      // Throw-away servers commit asynchronously: what is inserted into the log may not be written to it yet.
      const { rows } = await getPool().query<{ lsn: string }>("select pg_current_wal_insert_lsn()::text as lsn");
      const statement = "select pg_last_wal_replay_lsn() >= $1::pg_lsn as done";
      while ((await pool.query<{ done: boolean }>(statement, [rows[0]?.lsn])).rows[0]?.done !== true) await sleep(10);
    },
    async stopReplica() {
      await pool.end();
      await replica.stop();
    },
    async startReplica() {
      replica = await startEmbeddedPostgres({ dataDir: replicaDir(), durable: false });
      pool = createPool(replica.url, "fleetgauge-test");
    },
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "fleetgauge-replica-"));
    const primaryDir = path.join(folder, "primary");
    primary = await startEmbeddedPostgres({ dataDir: primaryDir, durable: false });
    await migrate(primary.url);
    replica = await startStreamingReplica({ url: primary.url, dataDir: primaryDir }, replicaDir());
    pool = createPool(replica.url, "fleetgauge-test");
    setPool(createPool(primary.url, "fleetgauge-test"));
    useReplica(replica.url);
  }, 120_000);
  afterAll(async () => {
    await closeReadPool();
    await closePool();
    await database.stopReplica();
    await primary.stop();
    await rm(folder, { recursive: true, force: true });
  }, 120_000);
  return database;
}
