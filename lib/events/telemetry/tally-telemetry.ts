import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** How many data points and records of an agent a request held. */
export interface TelemetryTally {
  orgId: number;
  agent: string;
  told: number;
}

/**
 * Notes what came in, for whoever sets an agent up. In a statement of its own, after it was taken: nothing waits for the
 * row that all requests of a day share.
 */
export async function tallyTelemetry(tallies: readonly TelemetryTally[], now = new Date()): Promise<void> {
  if (tallies.length === 0) return;
  const column = <Value>(of: (tally: TelemetryTally) => Value) => tallies.map(of);
  await execute(
    sql`insert into telemetry_tally as t (org_id, day, agent, requests, told, last_at)
      select n.org_id, ${now.toISOString().slice(0, 10)}::date, n.agent, 1, n.told, ${now.toISOString()}::timestamptz
      from unnest(${column(({ orgId }) => orgId)}::integer[], ${column(({ agent }) => agent)}::text[],
        ${column(({ told }) => told)}::bigint[]) as n (org_id, agent, told)
      order by n.org_id, n.agent
      on conflict (org_id, day, agent) do update set requests = t.requests + 1, told = t.told + excluded.told,
        last_at = greatest(t.last_at, excluded.last_at)`,
  );
}
