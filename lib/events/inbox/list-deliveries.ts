import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { DeliveriesQuery, DeliveryDetail, DeliveryItem } from "./delivery-schemas";

/** Bytes of a body that a reader is shown; GitHub sends up to 25 MB. */
const SHOWN_BYTES = 200_000;

type Row = Omit<DeliveryItem, "receivedAt" | "processedAt"> & { receivedAt: Date; processedAt: Date | null };

const COLUMNS = sql`id::text as id, delivery_id as "deliveryId", event, action, received_at as "receivedAt",
  octet_length(body) as bytes, state, coalesce(last_error, reason) as reason, attempts, processed_at as "processedAt"`;

const toItem = <Of extends Row>({ processedAt, receivedAt, ...row }: Of) => ({
  ...row,
  receivedAt: receivedAt.toISOString(),
  processedAt: processedAt?.toISOString() ?? null,
});

/** A page of deliveries, newest first. */
export async function listDeliveries({
  cursor,
  event,
  limit,
  state,
}: DeliveriesQuery): Promise<{ items: DeliveryItem[]; nextCursor: string | null }> {
  const rows = await query<Row>(
    sql`select ${COLUMNS} from inbox
      where (${state ?? null}::text is null or state = ${state ?? null})
        and (${event ?? null}::text is null or event = ${event ?? null})
        and (${cursor ?? null}::bigint is null or id < ${cursor ?? null}::bigint)
      order by id desc limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit).map(toItem);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

const missing = () => new AppError({ code: "not_found", message: "There is no such delivery." });

/** One delivery as it came. @throws {AppError} `not_found` */
export async function getDelivery(id: string): Promise<DeliveryDetail> {
  if (!/^[1-9]\d{0,17}$/.test(id)) throw missing();
  const [row] = await query<Row & { headers: Record<string, string>; start: Buffer }>(
    sql`select ${COLUMNS}, headers, substring(body from 1 for ${SHOWN_BYTES}) as start from inbox where id = ${id}::bigint`,
  );
  if (row === undefined) throw missing();
  const { start, ...rest } = toItem(row);
  return { ...rest, body: start.toString("utf8"), cut: rest.bytes > start.length };
}

/** Has a delivery read again, as if it had just come. @throws {AppError} `not_found` */
export async function replayDelivery(id: string): Promise<void> {
  if (!/^[1-9]\d{0,17}$/.test(id)) throw missing();
  const changed = await execute(
    sql`update inbox set state = 'received', reason = null, last_error = null where id = ${id}::bigint`,
  );
  if (changed === 0) throw missing();
}
