import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { FleetEvent } from "@/lib/events/schema";

import { FLOW_KINDS } from "./flow-rows";

const PAGE = 5000;

/**
 * What makes activity facts. Of how a pull request ended its closing alone: the rest is read with it, so that one which
 * nobody closed costs little.
 */
const ACTIVITY_KINDS = [
  ...FLOW_KINDS,
  "pull_request.closed",
  "review.submitted",
  "ci_run.finished",
  "deployment.finished",
  "incident.opened",
  "incident.resolved",
  "defect.opened",
  "cost.incurred",
] as const satisfies readonly FleetEvent["kind"][];

type EventRow = Omit<FleetEvent, "occurredAt" | "orgId"> & { occurred_at: Date };

function toEvent({ occurred_at, ...row }: EventRow, orgId: number): FleetEvent {
  return { ...row, orgId, occurredAt: occurred_at.toISOString() } as FleetEvent;
}

/**
 * The events of these ids that make activity facts. Each is looked up by itself (`offset 0` keeps it so): where nothing is
 * known yet of how the log is spread, a plan for all of them at once reads the whole organisation.
 */
export async function loadEvents(client: PoolClient, orgId: number, ids: readonly string[]): Promise<FleetEvent[]> {
  const rows = await query<EventRow>(
    sql`select e.* from unnest(${ids}::text[]) as wanted (id) cross join lateral (
        select id, source, kind, repo, subject, occurred_at, actor, payload from event
        where org_id = ${orgId} and id = wanted.id offset 0
      ) e
      where e.kind = any(${ACTIVITY_KINDS}::text[])`,
    client,
  );
  return rows.map((row) => toEvent(row, orgId));
}

/**
 * What these ids add to pull requests that count as closed: a merge, or a commit that becomes known later. While a closing
 * is not projected yet there is nothing to add to: its own projection reads the others.
 */
export async function loadLateEvents(client: PoolClient, orgId: number, ids: readonly string[]): Promise<FleetEvent[]> {
  const [closed] = await query<{ any: boolean }>(
    sql`select exists (select from fact_closed_pull_request where org_id = ${orgId}) as any`,
    client,
  );
  if (closed?.any !== true) return [];
  // The few that matter are found before anything of them is read.
  const rows = await query<EventRow>(
    sql`with late as materialized (
      select e.id, e.repo, substring(e.subject from '#([0-9]{1,9})$')::integer as number
      from unnest(${ids}::text[]) as wanted (id) cross join lateral (
        select id, repo, kind, subject from event where org_id = ${orgId} and id = wanted.id offset 0
      ) e
      where e.kind in ('pull_request.opened', 'pull_request.reopened', 'pull_request.commit', 'pull_request.merged')
    ), touching as materialized (
      select late.id from late join repository r on r.org_id = ${orgId} and r.name = late.repo
        join fact_closed_pull_request f on f.org_id = ${orgId} and f.repo_id = r.id and f.number = late.number
    )
    select id, source, kind, repo, subject, occurred_at, actor, payload from event
      where org_id = ${orgId} and id = any(array(select id from touching))`,
    client,
  );
  return rows.map((row) => toEvent(row, orgId));
}

/** All events of an organisation that make activity facts, in portions, as the log stood when the first was asked for. */
export async function* streamEvents(reader: PoolClient, orgId: number): AsyncGenerator<FleetEvent[]> {
  await execute(
    sql`declare activity_events no scroll cursor for
      select id, source, kind, repo, subject, occurred_at, actor, payload from event
      where org_id = ${orgId} and kind = any(${ACTIVITY_KINDS}::text[])`,
    reader,
  );
  for (;;) {
    const rows = await query<EventRow>(sql`fetch 5000 from activity_events`, reader);
    if (rows.length > 0) yield rows.map((row) => toEvent(row, orgId));
    if (rows.length < PAGE) return;
  }
}
