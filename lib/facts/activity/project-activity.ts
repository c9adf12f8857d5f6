import { AppError, errorMessage } from "@/lib/core/errors";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { readRules } from "@/lib/settings/rules";
import { loadEvents, streamEvents } from "./log-events";
import { ACTIVITY_TABLE_NAMES, ACTIVITY_TABLES } from "./tables";
import { activityVersion } from "./version";
import { lockActivity, writeActivityFacts } from "./write-activity-facts";

/** Requests of one transaction, and the events that they name: a busy feed asks often for few, an import seldom for many. */
const REQUESTS_AT_ONCE = 100;
const EVENTS_AT_ONCE = 50_000;
/** Events that are looked up by one statement. */
const LOOKED_UP_AT_ONCE = 5_000;

/**
 * Projects the activity events that nobody has projected yet, and makes again what other rules than the shipped ones made
 * or what a rebuild that was killed left. Facts and the end of their request are one transaction, so a killed worker
 * loses nothing. Safe to run from several processes.
 * @returns how many requests were worked off
 */
export async function projectPendingActivity(): Promise<number> {
  await rebuildOutdated();
  const rows = await query<{ org_id: number }>(sql`select distinct org_id from activity_request order by org_id`);
  let requests = 0;
  await eachOrganization(rows, async (orgId) => {
    for (let done = -1; done !== 0; requests += done) done = await projectRequests(orgId);
  });
  return requests;
}

/**
 * Makes the activity facts of every organisation again from the log. What is asked for is noted first, so that a rebuild
 * that is killed is finished by the next run or by the worker; readers see an organisation's old facts until its new ones
 * are whole.
 * @returns how many organisations there were
 */
export async function rebuildActivity(): Promise<number> {
  await execute(
    sql`insert into activity_state (org_id, facts_version) select id, '' from organization
      on conflict (org_id) do update set facts_version = excluded.facts_version`,
  );
  return rebuildOutdated();
}

async function rebuildOutdated(): Promise<number> {
  const rows = await query<{ org_id: number; facts_version: string; own: number }>(
    sql`select s.org_id, s.facts_version, coalesce(max(v.version), 0) as own
      from activity_state s left join rule_version v on v.org_id = s.org_id
      group by s.org_id, s.facts_version order by s.org_id`,
  );
  const outdated = rows.filter(({ facts_version, own }) => facts_version !== activityVersion(own));
  await eachOrganization(outdated, rebuildOrganization);
  return outdated.length;
}

/** One organisation after the other; one that fails does not keep the others from their facts. */
async function eachOrganization(rows: { org_id: number }[], work: (orgId: number) => Promise<void>): Promise<void> {
  const failures: string[] = [];
  let cause: unknown;
  for (const { org_id } of rows) {
    try {
      await work(org_id);
    } catch (error) {
      failures.push(`organisation ${org_id}: ${errorMessage(error)}`);
      cause ??= error;
    }
  }
  if (failures.length === 0) return;
  const message = `Activity of ${failures.length} of ${rows.length} organisations failed. ${failures.join("; ")}`;
  throw new AppError({ code: "internal", message, cause });
}

/** Works off the oldest requests of an organisation. @returns how many; 0 when there are none left */
async function projectRequests(orgId: number): Promise<number> {
  return withTransaction(
    async (client) => {
      await lockActivity(client, orgId);
      const requests = await query<{ id: number; event_ids: string[] }>(
        sql`with oldest as (
            select id, cardinality(event_ids) as events from activity_request where org_id = ${orgId}
            order by id limit ${REQUESTS_AT_ONCE}
          ), added as (select id, events, sum(events) over (order by id) as so_far from oldest)
          select id, event_ids from activity_request where org_id = ${orgId}
            and id in (select id from added where so_far <= ${EVENTS_AT_ONCE} or so_far = events)
          order by id for update skip locked`,
        client,
      );
      if (requests.length === 0) return 0;
      // Facts that are the first of their organisation are made by these rules; of others that was asked before.
      await execute(
        sql`insert into activity_state (org_id, facts_version) values (${orgId}, ${activityVersion((await readRules(orgId, client)).version)})
          on conflict do nothing`,
        client,
      );
      await withTransaction((reader) => writeActivityFacts(client, requestedEvents(reader, orgId, requests)), {
        bulk: true,
      });
      await execute(
        sql`delete from activity_request where org_id = ${orgId} and id = any(${requests.map(({ id }) => id)}::bigint[])`,
        client,
      );
      return requests.length;
    },
    { bulk: true },
  );
}

async function* requestedEvents(
  reader: PoolClient,
  orgId: number,
  requests: readonly { event_ids: string[] }[],
): AsyncGenerator<FleetEvent[]> {
  const ids = requests.flatMap(({ event_ids }) => event_ids);
  for (let start = 0; start < ids.length; start += LOOKED_UP_AT_ONCE) {
    const some = ids.slice(start, start + LOOKED_UP_AT_ONCE);
    yield await loadEvents(reader, orgId, some);
  }
}

/** Makes one organisation's facts again, unless another process did while this one waited for the lock. */
async function rebuildOrganization(orgId: number): Promise<void> {
  await withTransaction(
    async (client) => {
      await lockActivity(client, orgId);
      const [state] = await query<{ facts_version: string }>(
        sql`select facts_version from activity_state where org_id = ${orgId}`,
        client,
      );
      // Read before the facts are made: with what somebody says meanwhile they are made again.
      const version = activityVersion((await readRules(orgId, client)).version);
      if (state === undefined || state.facts_version === version) return;
      // The events of requests that are visible here are in the log that is read below.
      await execute(sql`delete from activity_request where org_id = ${orgId}`, client);
      await replaceActivity(client, orgId);
      await execute(sql`update activity_state set facts_version = ${version} where org_id = ${orgId}`, client);
    },
    { bulk: true },
  );
}

/** Replaces an organisation's activity facts by what the log gives, inside the caller's transaction. */
export async function replaceActivity(client: PoolClient, orgId: number): Promise<void> {
  await lockActivity(client, orgId);
  for (const table of ACTIVITY_TABLE_NAMES) {
    await execute(sql`delete from ${sql.ident(ACTIVITY_TABLES, table)} where org_id = ${orgId}`, client);
  }
  await withTransaction((reader) => writeActivityFacts(client, streamEvents(reader, orgId)), { bulk: true });
}
