import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** A close as it is kept. */
export interface StoredClose {
  id: number;
  /** `2026-03`. */
  month: string;
  version: number;
  snapshot: string;
  sha256: string;
  closedBy: string;
  closedAt: Date;
  reopenedBy: string | null;
  reopenedAt: Date | null;
  reopenReason: string | null;
}

/** Every close of an organisation, the latest month and version first. */
export function storedCloses(orgId: number): Promise<StoredClose[]> {
  return query<StoredClose>(
    sql`select id, to_char(month, 'YYYY-MM') as month, version, snapshot, sha256, closed_by as "closedBy",
        closed_at as "closedAt", reopened_by as "reopenedBy", reopened_at as "reopenedAt", reopen_reason as "reopenReason"
      from month_close where org_id = ${orgId} order by month_close.month desc, version desc`,
  );
}

/** The number of the last event that was there before what is read now. */
export async function eventWatermark(): Promise<string> {
  const [row] = await query<{ last: string }>(
    sql`select coalesce(pg_sequence_last_value(pg_get_serial_sequence('event', 'seq')::regclass), 0)::text as last`,
  );
  return row?.last ?? "0";
}
