import { CopyJson, type CopyValue, copyRows } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { LINE_KINDS, SHARED_KINDS } from "./line-kinds";
import type { FleetEvent } from "./schema";

export interface AppendResult {
  /** Events handed in, with those already known. */
  received: number;
  /** Events that were new. */
  added: number;
}

const STAGE_COLUMNS = ["org_id", "id", "source", "kind", "repo", "subject", "occurred_at", "actor", "payload"];

async function* stageRows(
  batches: AsyncIterable<FleetEvent[]> | Iterable<FleetEvent[]>,
): AsyncGenerator<readonly CopyValue[]> {
  for await (const batch of batches) {
    for (const event of batch) {
      yield [
        event.orgId,
        event.id,
        event.source,
        event.kind,
        event.repo,
        event.subject,
        event.occurredAt,
        event.actor === null ? null : new CopyJson(event.actor),
        new CopyJson(event.payload),
      ];
    }
  }
}

/** A request names at most this many events. */
const MAX_NAMED = 5000;

/**
 * Appends events to the log inside the caller's transaction and asks for the projection of what is new: of each
 * repository's line, and of what happened around it. An id that is already there is left as it is: delivering twice
 * changes nothing. Streams, so memory does not grow with the number of events; when the source throws, the caller's
 * rollback leaves nothing behind.
 */
export async function appendEvents(
  client: PoolClient,
  batches: AsyncIterable<FleetEvent[]> | Iterable<FleetEvent[]>,
): Promise<AppendResult> {
  await execute(
    sql`create temporary table event_stage (
      org_id integer, id text, source text, kind text, repo text, subject text,
      occurred_at timestamptz, actor jsonb, payload jsonb
    ) on commit drop`,
    client,
  );
  const received = await copyRows(client, "event_stage", STAGE_COLUMNS, stageRows(batches));
  const lineKinds: string[] = [...LINE_KINDS];
  const sharedKinds: string[] = [...SHARED_KINDS];
  const [row] = await query<{ added: number }>(
    sql`with added as (
      insert into event (org_id, id, source, kind, repo, subject, occurred_at, actor, payload)
      select org_id, id, source, kind, repo, subject, occurred_at, actor, payload from event_stage
      on conflict (org_id, id) do nothing
      returning org_id, id, repo, repo is not null and kind = any(${lineKinds}::text[]) as on_line,
        kind <> all(${lineKinds}::text[]) or kind = any(${sharedKinds}::text[]) as is_activity
    ), repositories as (
      select org_id, repo, count(*) <= ${MAX_NAMED} as few from added where on_line group by org_id, repo
    ), requested as (
      insert into projection_request (org_id, repo, whole, event_ids)
      select org_id, repo, false, array_agg(a.id)
      from repositories join added a using (org_id, repo) where few and a.on_line group by org_id, repo
      union all
      select org_id, repo, true, '{}' from repositories where not few
    ), around as (
      insert into activity_request (org_id, event_ids)
      select org_id, array_agg(id) from (
        select org_id, id, (row_number() over () - 1) / ${MAX_NAMED} as portion from added where is_activity
      ) numbered
      group by org_id, portion
    )
    select count(*) as added from added`,
    client,
  );
  await execute(sql`drop table event_stage`, client);
  return { received, added: row?.added ?? 0 };
}

/**
 * Asks for a look at a repository although it has no new events: settings that facts depend on changed. The projection
 * compares them with those that the facts were made with.
 */
export async function requestProjection(client: PoolClient, orgId: number, repo: string): Promise<void> {
  await execute(sql`insert into projection_request (org_id, repo, whole) values (${orgId}, ${repo}, false)`, client);
}
