import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { DeliveriesQuery, DeliveryDetail, DeliveryItem, DoorTraffic } from "./delivery-schemas";

/** Bytes of a body that a reader is shown; GitHub sends up to 25 MB. */
const SHOWN_BYTES = 200_000;

type Row = Omit<DeliveryItem, "receivedAt" | "processedAt"> & { receivedAt: Date; processedAt: Date | null };

/** Deliveries that a search looks through, of those that everything else of it lets through. */
const SEARCHED = 20_000;

const COLUMNS = sql`id::text as id, source, delivery_id as "deliveryId", event, action, received_at as "receivedAt",
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
  q,
  source,
  state,
}: DeliveriesQuery): Promise<{ items: DeliveryItem[]; nextCursor: string | null }> {
  const rows = await query<Row>(
    sql`select ${COLUMNS} from (select * from inbox
      where (${state ?? null}::text is null or state = ${state ?? null})
        and (${event ?? null}::text is null or event = ${event ?? null})
        and (${source ?? null}::text is null or source = ${source ?? null})
        and (${cursor ?? null}::bigint is null or id < ${cursor ?? null}::bigint)
        order by id desc limit ${q === undefined ? limit + 1 : SEARCHED}) i
      where ${q ?? null}::text is null or position(convert_to(${q ?? ""}, 'UTF8') in body) > 0
        or position(${q ?? ""} in coalesce(last_error, reason, '')) > 0
      order by i.id desc limit ${limit + 1}`,
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

/** Deliveries that are counted by their senders: it is asked every few seconds. */
const COUNTED = 100_000;

/** What came in from each sender, among the newest 100,000 deliveries. */
export async function listTraffic(): Promise<DoorTraffic[]> {
  // Of telemetry only what was refused is kept as a delivery; the rest is counted where it is taken.
  const rows = await query<Omit<DoorTraffic, "lastAt"> & { lastAt: Date }>(
    sql`with kept as (
        select source, max(greatest(received_at, processed_at)) as last_at,
          count(*) filter (where received_at > now() - interval '7 days') as messages,
          count(*) filter (where state = 'failed') as failed
        from (select source, state, received_at, processed_at from inbox order by id desc limit ${COUNTED}) newest
        group by source
      ), told as (
        select 'otlp/' || agent as source, max(last_at) as last_at,
          coalesce(sum(requests) filter (where day > current_date - 7), 0) as messages
        from telemetry_tally group by agent
      )
      select source, greatest(k.last_at, t.last_at) as "lastAt",
        case when t.source is null then k.messages else t.messages end::double precision as "messages7d",
        coalesce(k.failed, 0)::double precision as failed
      from kept k full join told t using (source) order by source`,
  );
  return rows.map(({ lastAt, ...row }) => ({ ...row, lastAt: lastAt.toISOString() }));
}
