import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { FleetEvent } from "@/lib/events/schema";

import { FLOW_KINDS } from "./flow-rows";

const PAGE = 5000;

/** Of a merge only what is asked of it here: descriptions and lists of files are long. */
const PAYLOAD = sql`case when kind = 'pull_request.merged'
  then jsonb_build_object('number', payload->'number', 'title', payload->'title',
    'labels', payload->'labels', 'mergedBy', payload->'mergedBy')
  else payload end as payload`;

/** What makes activity facts. */
const ACTIVITY_KINDS = [
  ...FLOW_KINDS,
  "pull_request.reopened",
  "pull_request.commit",
  "pull_request.issue_linked",
  "review.submitted",
  "ci_run.finished",
  "deployment.finished",
  "rollback.reported",
  "incident.opened",
  "incident.resolved",
  "defect.opened",
  "coverage.reported",
  "findings.reported",
  "code_churn.measured",
  "fix.traced",
  "finding.judged",
  "agent_run.finished",
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
        select id, source, kind, repo, subject, occurred_at, actor, ${PAYLOAD} from event
        where org_id = ${orgId} and id = wanted.id offset 0
      ) e
      where e.kind = any(${ACTIVITY_KINDS}::text[])`,
    client,
  );
  return rows.map((row) => toEvent(row, orgId));
}

/** All events of an organisation that make activity facts, in portions, as the log stood when the first was asked for. */
export async function* streamEvents(reader: PoolClient, orgId: number): AsyncGenerator<FleetEvent[]> {
  await execute(
    sql`declare activity_events no scroll cursor for
      select id, source, kind, repo, subject, occurred_at, actor, ${PAYLOAD} from event
      where org_id = ${orgId} and kind = any(${ACTIVITY_KINDS}::text[])`,
    reader,
  );
  for (;;) {
    const rows = await query<EventRow>(sql`fetch 5000 from activity_events`, reader);
    if (rows.length > 0) yield rows.map((row) => toEvent(row, orgId));
    if (rows.length < PAGE) return;
  }
}
