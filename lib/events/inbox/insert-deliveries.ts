import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { Delivery, Receipt } from "./delivery";

const keyOf = (source: string, deliveryId: string): string => `${source}\n${deliveryId}`;

/**
 * Stores deliveries in one statement, which is one transaction: when it resolves they are on disk, as far as the server's
 * `synchronous_commit` and `fsync` say so. All bodies travel as one binary value, cut apart by the server: as a list of
 * values each would be written out in hexadecimal. Sorted by id, so that two batches never wait for each other in a ring.
 * @returns one receipt per delivery, in order; of one that stands here twice the second is the duplicate
 */
export async function insertDeliveries(deliveries: readonly Delivery[], client?: Queryable): Promise<Receipt[]> {
  const offsets: number[] = [];
  let length = 0;
  for (const { body } of deliveries) {
    offsets.push(length + 1);
    length += body.length;
  }
  const stored = await query<{ source: string; delivery_id: string }>(
    sql`insert into inbox (source, delivery_id, event, action, headers, body)
      select source, delivery_id, event, action, headers, substring(${Buffer.concat(
        deliveries.map(({ body }) => body),
        length,
      )}::bytea from start for length)
      from unnest(${deliveries.map(({ source }) => source)}::text[],
        ${deliveries.map(({ deliveryId }) => deliveryId)}::text[],
        ${deliveries.map(({ event }) => event)}::text[],
        ${deliveries.map(({ action }) => action)}::text[],
        ${deliveries.map(({ headers }) => JSON.stringify(headers))}::jsonb[],
        ${offsets}::integer[],
        ${deliveries.map(({ body }) => body.length)}::integer[])
        as d (source, delivery_id, event, action, headers, start, length)
      order by source, delivery_id
      on conflict (source, delivery_id) do nothing
      returning source, delivery_id`,
    client,
  );
  const fresh = new Set(stored.map((row) => keyOf(row.source, row.delivery_id)));
  return deliveries.map(({ source, deliveryId }) => ({ duplicate: !fresh.delete(keyOf(source, deliveryId)) }));
}
