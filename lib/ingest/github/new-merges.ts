import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { FleetEvent } from "@/lib/events/schema";
import { contentOfMerge } from "@/lib/sources/github-api/map-pull-request";

/**
 * Leaves out states of merged pull requests that say what the log says already: a comment makes a pull request a changed
 * one to GitHub, and to us it is none.
 */
export async function withoutKnownMerges(
  client: PoolClient,
  orgId: number,
  events: FleetEvent[],
): Promise<FleetEvent[]> {
  const subjects = events.flatMap(({ kind, subject }) => (kind === "pull_request.merged" ? [subject] : []));
  if (subjects.length === 0) return events;
  const rows = await query<{ subject: string; id: string }>(
    sql`select distinct on (subject) subject, id from event
      where org_id = ${orgId} and subject = any(${subjects}::text[]) and kind = 'pull_request.merged'
        and source = 'github'
      order by subject, payload->>'updatedAt' desc, id`,
    client,
  );
  const latest = new Map(rows.map(({ id, subject }) => [subject, contentOfMerge(id)]));
  return events.filter(
    ({ id, kind, subject }) => kind !== "pull_request.merged" || latest.get(subject) !== contentOfMerge(id),
  );
}
