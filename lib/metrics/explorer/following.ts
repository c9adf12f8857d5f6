import { createLogger } from "@/lib/core/logger";
import type { Pool, PoolClient } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { getReadPool } from "@/lib/db/read-pool";
import { sql } from "@/lib/db/sql";
import {
  confirmState,
  type KnownState,
  type Note,
  readNotedNumbers,
  readNotesSince,
  readState,
} from "@/lib/metrics/columns/changes";
import { SharedRefresh } from "@/lib/metrics/columns/shared-refresh";
import { withSnapshot } from "@/lib/metrics/snapshot";

const log = createLogger("lists");

/** Notes of changes live for an hour; who has looked since follows them instead of loading everything again. */
const INTERVAL_MS = 10 * 60_000;

/** What notes say has changed in one organisation. */
export interface OrgChange {
  orgId: number;
  /** null: everything. */
  wholeRepos: number[] | null;
  /** Pull requests of other repositories; 0 stands for what is about none. */
  numbers: Map<number, Set<number>>;
  noteIds: number[];
}

/** What is kept in memory beside the facts, and how it is read. */
export interface Source<Value> {
  load(client: PoolClient): Promise<Value>;
  /** Reads what changed and takes it over; it may happen twice when a replica interferes. */
  follow(client: PoolClient, value: Value, change: OrgChange): Promise<void>;
  /** Whether what was removed and replaced since takes more room than it should. */
  isWasteful(value: Value): boolean;
}

/**
 * Keeps something of the database in the memory of this process, loaded when it is first asked for and brought up to
 * date whenever it is asked for again, by the same notes as the facts.
 */
export class Following<Value> {
  private held: { pool: Pool; state: KnownState; value: Value } | null = null;
  private readonly shared = new SharedRefresh(() => this.refresh());
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly source: Source<Value>) {}

  /** The value with everything that was committed before the call, and perhaps more. */
  current(): Promise<Value> {
    return this.shared.next();
  }

  private async refresh(): Promise<Value> {
    const pool = getReadPool();
    const held = this.held;
    if (held === null || held.pool !== pool || this.source.isWasteful(held.value)) return this.load(pool);
    const confirmed = await confirmState(pool, held.state);
    if (confirmed !== null) {
      held.state = confirmed;
      return held.value;
    }
    const state = await withSnapshot((client) => this.followNotes(client, held));
    if (state === null) return this.load(pool);
    held.state = state;
    return held.value;
  }

  private async load(pool: Pool): Promise<Value> {
    this.held = await withSnapshot(async (client) => {
      await allowLongReads(client);
      const state = await readState(client);
      return { pool, state, value: await this.source.load(client) };
    });
    this.timer ??= setInterval(() => this.keepClose(), INTERVAL_MS).unref();
    return this.held.value;
  }

  private async keepClose(): Promise<void> {
    try {
      await this.current();
    } catch (error) {
      log.warn({ err: error }, "a list could not be brought up to date; the next request tries again");
    }
  }

  private async followNotes(
    client: PoolClient,
    { state, value }: { state: KnownState; value: Value },
  ): Promise<KnownState | null> {
    await allowLongReads(client);
    const since = await readNotesSince(client, state);
    // Organisation 0 with every pull request: a table was emptied.
    if (since === null || since.notes.some(({ count, orgId }) => orgId === 0 && count === null)) return null;
    // No pull requests: a change of names alone.
    const notes = since.notes.filter(({ count }) => count !== 0);
    for (const orgId of new Set(notes.map((note) => note.orgId))) {
      const ofOrg = notes.filter((note) => note.orgId === orgId);
      await this.source.follow(client, value, await readOrgChange(client, orgId, ofOrg));
    }
    return since.state;
  }
}

/** A whole load may take longer than a page's statement, and sorts what it reads. */
async function allowLongReads(client: PoolClient): Promise<void> {
  await execute(sql`set local statement_timeout = 0`, client);
  await execute(sql`set local idle_in_transaction_session_timeout = 0`, client);
  await execute(sql`set local work_mem = '128MB'`, client);
}

async function readOrgChange(client: PoolClient, orgId: number, notes: readonly Note[]): Promise<OrgChange> {
  const named = notes.filter(({ count }) => count !== null);
  const whole = new Set(notes.flatMap(({ count, repoId }) => (count === null ? [repoId] : [])));
  const noteIds = named.map(({ id }) => id);
  const numbers = new Map<number, Set<number>>();
  for (const { numbers: some, repoId } of noteIds.length === 0 ? [] : await readNotedNumbers(client, orgId, noteIds)) {
    if (whole.has(repoId)) continue;
    const known = numbers.get(repoId) ?? new Set();
    for (const number of some) known.add(number);
    numbers.set(repoId, known);
  }
  return {
    orgId,
    wholeRepos: whole.has(null) ? null : [...whole].filter((id) => id !== null),
    numbers,
    noteIds,
  };
}
