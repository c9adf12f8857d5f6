import type { Queryable } from "./pool";

/** How far the answers of a replica are behind its primary. */
export interface ReplicaLag {
  /**
   * 0 when everything that arrived is replayed. While the stream is broken: the age of the newest transaction that is
   * known, which is the most that can be missing. Null when the replica has not replayed any since it was started.
   */
  lagSeconds: number | null;
}

interface ReplayState {
  replica: boolean;
  streaming: boolean;
  received: string | null;
  replayed: boolean;
  /** Seconds since the newest replayed transaction was committed. */
  age: number | null;
}

/** A role without pg_read_all_stats sees that there is a receiver, not its state. */
const REPLAY_STATE = `select pg_is_in_recovery() as replica,
  exists (select from pg_stat_wal_receiver where coalesce(status, 'streaming') = 'streaming') as streaming,
  pg_last_wal_receive_lsn()::text as received,
  coalesce(pg_last_wal_replay_lsn() >= pg_last_wal_receive_lsn(), false) as replayed,
  greatest(0, extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()))::float8 as age`;

/** What arrived a moment ago is being replayed; on a quiet primary the transaction before it may be hours old. */
const REPLAYED_SOON = "select pg_last_wal_replay_lsn() >= $1::pg_lsn as replayed from pg_sleep(0.05)";

/**
 * The lag of the server that a connection reads from, in seconds; null when that is no replica.
 * A receiver that lost its primary without a word counts as streaming until `wal_receiver_timeout` (60 s by default).
 */
export async function readReplicaLag(client: Queryable): Promise<ReplicaLag | null> {
  const { rows } = await client.query<ReplayState>(REPLAY_STATE);
  const [state] = rows;
  if (state === undefined || !state.replica) return null;
  if (!state.streaming || state.received === null) return { lagSeconds: state.age };
  if (state.replayed) return { lagSeconds: 0 };
  const later = await client.query<{ replayed: boolean }>(REPLAYED_SOON, [state.received]);
  return { lagSeconds: later.rows[0]?.replayed === true ? 0 : state.age };
}
