import { setImmediate } from "node:timers/promises";
import { appendUnlessKnown } from "@/lib/db/append-unless-known";
import { CopyJson, copyLines, encodeCopyRow } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { NewEvents } from "./new-events";
import type { FleetEvent } from "./schema";

const COLUMNS = ["org_id", "id", "source", "kind", "repo", "subject", "occurred_at", "actor", "payload"] as const;

/** What goes to the database at once: enough that statements do not matter, little enough to be held twice. */
const PORTION_EVENTS = 5_000;
const PORTION_CHARACTERS = 8_000_000;

/** What is kept of an event until it is known whether it is new. */
type Written = Pick<FleetEvent, "id" | "kind" | "orgId" | "repo">;

/** Events ready to be written, each once. */
class Portion {
  readonly lines: string[] = [];
  readonly events = new Map<string, Written>();
  private characters = 0;

  add(event: FleetEvent): void {
    const { actor, id, kind, occurredAt, orgId, payload, repo, source, subject } = event;
    const key = `${orgId} ${id}`;
    if (this.events.has(key)) return;
    this.events.set(key, { id, kind, orgId, repo });
    const line = encodeCopyRow([
      orgId,
      id,
      source,
      kind,
      repo,
      subject,
      occurredAt,
      actor === null ? null : new CopyJson(actor),
      new CopyJson(payload),
    ]);
    this.lines.push(line);
    this.characters += line.length;
  }

  get isFull(): boolean {
    return this.lines.length >= PORTION_EVENTS || this.characters >= PORTION_CHARACTERS;
  }
}

/**
 * Writes events to the log in portions, the next one being made while the database works on the last. Portions go
 * straight into the log while nothing in them is known; once something is, they go through a stage, at twice the cost.
 */
export class LogWriter {
  received = 0;
  added = 0;
  private portion = new Portion();
  private writing: Promise<void> = Promise.resolve();
  private staged = false;
  private readonly newEvents: NewEvents;

  constructor(private readonly client: PoolClient) {
    this.newEvents = new NewEvents(client);
  }

  async add(batch: readonly FleetEvent[]): Promise<void> {
    // A source that never waits would keep the database from hearing the rest of the last portion.
    await setImmediate();
    for (const event of batch) {
      this.portion.add(event);
      this.received += 1;
      if (this.portion.isFull) await this.send();
    }
  }

  private async send(): Promise<void> {
    const full = this.portion;
    this.portion = new Portion();
    await this.writing;
    this.writing = this.write(full);
    // Whoever waits for it next hears of a failure; until then it must not count as unhandled.
    this.writing.catch(() => undefined);
  }

  private async write(portion: Portion): Promise<void> {
    const { client, newEvents } = this;
    if (portion.lines.length === 0) return;
    let fresh: Iterable<Written> = portion.events.values();
    if (this.staged || (await appendUnlessKnown(client, () => copyToLog(client, portion))) === null) {
      fresh = await this.writeUnknown(portion);
    }
    for (const event of fresh) {
      newEvents.add(event);
      this.added += 1;
    }
    await newEvents.flushIfMany();
  }

  /** Adds those events of a portion that the log does not hold yet. @returns them */
  private async writeUnknown({ lines }: Portion): Promise<Written[]> {
    const { client } = this;
    if (!this.staged) {
      await execute(
        sql`create temporary table event_stage (
          org_id integer, id text, source text, kind text, repo text, subject text,
          occurred_at timestamptz, actor jsonb, payload jsonb
        ) on commit drop`,
        client,
      );
      // Where one thing comes twice, more will.
      this.staged = true;
    }
    await copyLines(client, "event_stage", COLUMNS, lines);
    const added = await query<Omit<Written, "orgId"> & { org_id: number }>(
      sql`insert into event (org_id, id, source, kind, repo, subject, occurred_at, actor, payload)
        select org_id, id, source, kind, repo, subject, occurred_at, actor, payload from event_stage
        on conflict (org_id, id) do nothing
        returning org_id, id, kind, repo`,
      client,
    );
    await execute(sql`truncate event_stage`, client);
    return added.map(({ org_id: orgId, ...event }) => ({ ...event, orgId }));
  }

  /** Writes what is left and asks for the projection of what was new. */
  async finish(): Promise<void> {
    await this.send();
    await this.writing;
    await this.newEvents.flush();
    if (this.staged) await execute(sql`drop table event_stage`, this.client);
  }

  /** Lets the database finish what it was given, so that the caller can roll back on the same connection. */
  async abandon(): Promise<void> {
    await this.writing.catch(() => undefined);
  }
}

async function copyToLog(client: PoolClient, { lines }: Portion): Promise<number> {
  await copyLines(client, "event", COLUMNS, lines);
  return lines.length;
}
