import type { PoolClient } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { appendFew } from "./append-few";
import { LogWriter } from "./log-writer";
import type { FleetEvent } from "./schema";
import { withoutErased } from "./without-erased";

export interface AppendResult {
  /** Events handed in, with those already known. */
  received: number;
  /** Events that were new. */
  added: number;
}

/** Up to here one statement is faster than COPY. */
const FEW = 500;

/**
 * Appends events to the log inside the caller's transaction and asks for the projection of what is new: of each
 * repository's line, and of what happened around it. An id that is already there is left as it is: delivering twice
 * changes nothing. Streams, so memory does not grow with the number of events; when the source throws, the caller's
 * rollback leaves nothing behind.
 */
export async function appendEvents(
  client: PoolClient,
  batches: AsyncIterable<FleetEvent[]> | Iterable<FleetEvent[]>,
): Promise<AppendResult> {
  let few: FleetEvent[] = [];
  let writer: LogWriter | null = null;
  try {
    for await (const batch of withoutErased(client, batches)) {
      if (writer === null && few.length + batch.length <= FEW) {
        few.push(...batch);
        continue;
      }
      writer ??= new LogWriter(client);
      await writer.add([...few, ...batch]);
      few = [];
    }
    if (writer === null) return { received: few.length, added: await appendFew(client, few) };
    await writer.finish();
  } catch (error) {
    await writer?.abandon();
    throw error;
  }
  const { added, received } = writer;
  return { received, added };
}

/**
 * Asks for a look at a repository although it has no new events: settings that facts depend on changed. The projection
 * compares them with those that the facts were made with.
 */
export async function requestProjection(client: PoolClient, orgId: number, repo: string): Promise<void> {
  await execute(sql`insert into projection_request (org_id, repo, whole) values (${orgId}, ${repo}, false)`, client);
}
