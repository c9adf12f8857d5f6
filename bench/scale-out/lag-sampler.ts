import { setTimeout as sleep } from "node:timers/promises";
import { getPool, type Pool } from "@/lib/db/pool";
import { readReplicaLag } from "@/lib/db/replica-lag";

const PAUSE_MS = 100;

/** How far a replica was behind, looked at ten times a second. */
export interface LagSamples {
  /** As dashboards show it. */
  seconds: number[];
  /** Of the write-ahead log. */
  bytes: number[];
}

/** Looks until it is told to stop. */
export async function sampleLag(replica: Pool, stopped: () => boolean): Promise<LagSamples> {
  const samples: LagSamples = { seconds: [], bytes: [] };
  while (!stopped()) {
    const { rows } = await getPool().query<{ lsn: string }>("select pg_current_wal_lsn()::text as lsn");
    const lag = await readReplicaLag(replica);
    const behind = await replica.query<{ bytes: number }>(
      "select greatest(0, pg_wal_lsn_diff($1::pg_lsn, pg_last_wal_replay_lsn()))::float8 as bytes",
      [rows[0]?.lsn],
    );
    if (lag?.lagSeconds != null) samples.seconds.push(lag.lagSeconds);
    samples.bytes.push(behind.rows[0]?.bytes ?? 0);
    await sleep(PAUSE_MS);
  }
  return samples;
}
