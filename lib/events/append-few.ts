import { toJsonText } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { LINE_KINDS, SHARED_KINDS } from "./line-kinds";
import type { FleetEvent } from "./schema";

/**
 * Appends a handful of events and asks for their projection, all in one statement: for so few, waiting for the database
 * takes longer than its work.
 * @param events at most as many as one request may name
 * @returns how many were new
 */
export async function appendFew(client: PoolClient, events: readonly FleetEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const lineKinds: string[] = [...LINE_KINDS];
  const sharedKinds: string[] = [...SHARED_KINDS];
  const [row] = await query<{ added: number }>(
    sql`with added as (
      insert into event (org_id, id, source, kind, repo, subject, occurred_at, actor, payload)
      select "orgId", id, source, kind, repo, subject, "occurredAt", nullif(actor, 'null'), payload
      from jsonb_to_recordset(${toJsonText(events)}::jsonb) as e ("orgId" integer, id text, source text, kind text,
        repo text, subject text, "occurredAt" timestamptz, actor jsonb, payload jsonb)
      on conflict (org_id, id) do nothing
      returning org_id, id, repo, kind
    ), requested as (
      insert into projection_request (org_id, repo, whole, event_ids)
      select org_id, repo, false, array_agg(id) from added
      where repo is not null and kind = any(${lineKinds}::text[]) group by org_id, repo
    ), around as (
      insert into activity_request (org_id, event_ids)
      select org_id, array_agg(id) from added
      where kind <> all(${lineKinds}::text[]) or kind = any(${sharedKinds}::text[]) group by org_id
    )
    select count(*) as added from added`,
    client,
  );
  return row?.added ?? 0;
}
