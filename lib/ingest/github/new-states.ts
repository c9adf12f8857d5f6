import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { FleetEvent } from "@/lib/events/schema";
import { stateOfEvent } from "@/lib/sources/github-api/map-context";

/** Events that are one state of something, of which the latest speaks. */
const STATE_KINDS: readonly FleetEvent["kind"][] = [
  "pull_request.merged",
  "pull_request.issue_linked",
  "review_thread.observed",
];

/**
 * Leaves out states that say what the log says already: a comment makes a pull request a changed one to GitHub, and to us
 * it is none.
 */
export async function withoutKnownStates(
  client: PoolClient,
  orgId: number,
  events: FleetEvent[],
): Promise<FleetEvent[]> {
  const subjects = new Set(events.flatMap(({ kind, subject }) => (STATE_KINDS.includes(kind) ? [subject] : [])));
  if (subjects.size === 0) return events;
  const rows = await query<{ id: string }>(
    sql`select distinct on (subject, kind, split_part(id, ':', 3)) id from event
      where org_id = ${orgId} and subject = any(${[...subjects]}::text[]) and kind = any(${[...STATE_KINDS]}::text[])
        and source = 'github'
      order by subject, kind, split_part(id, ':', 3), payload->>'updatedAt' desc, occurred_at desc, id`,
    client,
  );
  const known = new Set(rows.map(({ id }) => stateOfEvent(id)));
  return events.filter(({ id, kind }) => !STATE_KINDS.includes(kind) || !known.has(stateOfEvent(id)));
}
