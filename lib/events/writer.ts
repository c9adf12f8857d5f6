import { CopyJson, type CopyValue, copyRows } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
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

/**
 * Appends events to the log inside the caller's transaction and asks for the projection of every repository that got
 * something new. An id that is already there is left as it is: delivering twice changes nothing. Streams, so memory
 * does not grow with the number of events; when the source throws, the caller's rollback leaves nothing behind.
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
  const [row] = await query<{ added: number }>(
    sql`with added as (
      insert into event (org_id, id, source, kind, repo, subject, occurred_at, actor, payload)
      select org_id, id, source, kind, repo, subject, occurred_at, actor, payload from event_stage
      on conflict (org_id, id) do nothing
      returning org_id, repo
    ), requested as (
      insert into projection_request (org_id, repo)
      select distinct org_id, repo from added where repo is not null
    )
    select count(*) as added from added`,
    client,
  );
  await execute(sql`drop table event_stage`, client);
  return { received, added: row?.added ?? 0 };
}

/** Asks for the projection of a repository although it has no new events: something else that facts depend on changed. */
export async function requestProjection(client: PoolClient, orgId: number, repo: string): Promise<void> {
  await execute(sql`insert into projection_request (org_id, repo) values (${orgId}, ${repo})`, client);
}
