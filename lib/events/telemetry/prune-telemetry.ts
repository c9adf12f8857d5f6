import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { OPEN_DAYS } from "./add-up-usage";

/** Days for which single calls and data points are kept: longer than any of them is added up anew. */
const KEPT_DAYS = OPEN_DAYS + 15;

/**
 * Removes single calls and data points that nothing is added up of any more; their sums by day stay. Of a counter that still counts the
 * last old point stays, since what follows is counted from there.
 * @returns how many rows went
 */
export async function pruneTelemetry(now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  const nanos = `${before.getTime()}000000`;
  const requests = await execute(sql`delete from telemetry_request where at < ${before.toISOString()}::timestamptz`);
  const points = await execute(
    sql`delete from telemetry_point p using telemetry_series s
      where s.id = p.series_id and p.time_nano < ${nanos}::bigint and (not s.cumulative or exists (
        select from telemetry_point o where o.series_id = p.series_id and o.start_nano = p.start_nano
          and o.time_nano > p.time_nano and o.time_nano < ${nanos}::bigint)
        or not exists (select from telemetry_point o where o.series_id = p.series_id and o.time_nano >= ${nanos}::bigint))`,
  );
  return requests + points;
}
