import { AppError } from "@/lib/core/errors";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/**
 * What a state of the database holds, as transactions: every one before `xmin` has ended, and of the others those
 * whose notes are in `seen` are part of it. A snapshot's own list of running transactions is not used: on a replica it
 * is always empty.
 */
export interface KnownState {
  /** Rises when a replica takes over: transactions that were seen before may be gone. */
  timeline: number;
  xmin: number;
  /** Ids of notes by transactions from `xmin` on, and the transactions. */
  seen: Map<number, number>;
}

interface ServerState {
  timeline: number;
  xmin: number;
  /** The next transaction. */
  xmax: number;
  /** Notes up to this transaction may have been deleted. */
  horizon: number;
}

const SERVER_STATE = sql`pg_snapshot_xmin(s.snapshot)::text::bigint as xmin,
  pg_snapshot_xmax(s.snapshot)::text::bigint as xmax, h.xid::text::bigint as horizon,
  (select timeline_id from pg_control_checkpoint()) as timeline`;
const SERVER = sql`(select pg_current_snapshot() as snapshot) s cross join fact_change_horizon h`;

/** Whether what was loaded can be brought up to date by notes; otherwise everything is loaded again. */
function canFollow(known: KnownState, server: ServerState): boolean {
  if (server.timeline > known.timeline || server.xmax < known.xmin) return false;
  // A horizon in the future came with a backup of another server.
  return server.horizon < known.xmin || server.horizon >= server.xmax;
}

/** The state after notes that were read at a later one. */
function follow(known: KnownState, server: ServerState, notes: readonly Note[]): KnownState {
  // One of several replicas may be behind the one that was asked before.
  const xmin = Math.max(known.xmin, server.xmin);
  const seen = new Map([...known.seen, ...notes.map(({ id, xid }) => [id, xid] as const)]);
  for (const [id, xid] of seen) if (xid < xmin) seen.delete(id);
  return { timeline: Math.max(known.timeline, server.timeline), xmin, seen };
}

/**
 * Asks in one statement whether anything was committed that a state does not hold.
 * @returns the same state, known to be of now; null when there are notes to read
 */
export async function confirmState(client: Queryable, known: KnownState): Promise<KnownState | null> {
  const [server] = await query<ServerState & { changed: boolean }>(
    sql`select ${SERVER_STATE}, exists (
        select from fact_change c where c.xid >= ${known.xmin}::xid8 and c.id <> all(${[...known.seen.keys()]}::bigint[])
      ) as changed from ${SERVER}`,
    client,
  );
  if (server === undefined) throw missingHorizon();
  return server.changed || !canFollow(known, server) ? null : follow(known, server, []);
}

export interface Note {
  id: number;
  xid: number;
  /** 0: of no organisation alone. */
  orgId: number;
  /** null: the whole organisation. */
  repoId: number | null;
  /** How many pull requests it names; null: every one. */
  count: number | null;
}

/** Notes that a state does not hold, and the state once they are applied. */
export interface Notes {
  state: KnownState;
  notes: Note[];
}

/** The notes of transactions from one on, oldest first, and what this transaction's snapshot says of the server. */
async function readNotes(client: Queryable, known: KnownState | null): Promise<{ server: ServerState; notes: Note[] }> {
  const [server] = await query<ServerState>(sql`select ${SERVER_STATE} from ${SERVER}`, client);
  if (server === undefined) throw missingHorizon();
  const notes = await query<Note>(
    sql`select id, xid::text::bigint as xid, org_id as "orgId", repo_id as "repoId", cardinality(numbers) as count
      from fact_change
      where xid >= ${known?.xmin ?? server.xmin}::xid8 and id <> all(${[...(known?.seen.keys() ?? [])]}::bigint[])
      order by id`,
    client,
  );
  return { server, notes };
}

/** The state that this transaction sees. */
export async function readState(client: Queryable): Promise<KnownState> {
  const { server, notes } = await readNotes(client, null);
  return follow({ timeline: server.timeline, xmin: server.xmin, seen: new Map() }, server, notes);
}

/** What this transaction sees beyond a state; null when notes of it are no longer there. */
export async function readNotesSince(client: Queryable, known: KnownState): Promise<Notes | null> {
  const { server, notes } = await readNotes(client, known);
  return canFollow(known, server) ? { state: follow(known, server, notes), notes } : null;
}

/** The pull requests that notes name. */
export async function readNotedNumbers(
  client: Queryable,
  orgId: number,
  noteIds: readonly number[],
): Promise<{ repoId: number; numbers: number[] }[]> {
  return query(
    sql`select repo_id as "repoId", numbers from fact_change
      where org_id = ${orgId} and id = any(${noteIds}::bigint[]) and repo_id is not null`,
    client,
  );
}

function missingHorizon(): AppError {
  return new AppError({ code: "unavailable", message: "The database holds no fact_change_horizon: migrate it first." });
}
