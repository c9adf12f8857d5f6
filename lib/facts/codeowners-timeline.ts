import { type Codeowners, parseCodeowners } from "@/lib/attribution/codeowners";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { PayloadOf } from "@/lib/events/schema";
import type { Line } from "./line";

/** Which CODEOWNERS file was in force at a position of the line. */
export interface CodeownersTimeline {
  at(position: number): Codeowners | null;
}

/**
 * Reads the CODEOWNERS history of a repository. A file that was there before the imported range holds from the start.
 */
export async function loadCodeownersTimeline(
  client: PoolClient,
  orgId: number,
  repo: string,
  line: Line,
): Promise<CodeownersTimeline> {
  const rows = await query<{ payload: PayloadOf<"codeowners.changed"> }>(
    sql`select payload from event where org_id = ${orgId} and repo = ${repo} and kind = 'codeowners.changed'
      order by occurred_at, id`,
    client,
  );
  const versions = rows
    .map(({ payload }) => ({
      position: line.positionOf.get(payload.sha) ?? -1,
      owners: payload.rules === null ? null : parseCodeowners(payload.rules),
    }))
    .sort((a, b) => a.position - b.position);
  return {
    at(position) {
      let owners: Codeowners | null = null;
      for (const version of versions) {
        if (version.position > position) break;
        owners = version.owners;
      }
      return owners;
    },
  };
}
