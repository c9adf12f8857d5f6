import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { PayloadOf } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { rememberImport } from "@/lib/settings/repositories";
import { mapObservation } from "@/lib/sources/github-api/map-history";
import { coverageOf, type SyncState } from "./sync-states";
import { BEGINNING, type Head } from "./walk";

/** A repository where nothing happens says so this often: maturity goes by it. */
const SAY_AGAIN_MS = 3_600_000;

/**
 * Tells the log how far a repository is known: its default branch's head, from when on and up to when. In the
 * transaction that keeps what was read; where nothing changed, no more than once an hour.
 */
export async function observe(client: PoolClient, state: SyncState, head: Head): Promise<void> {
  const { from, to } = await coverageOf(client, state);
  if (to === null || from === null) return;
  const completeFrom = from.getTime() <= BEGINNING.getTime() ? null : from.toISOString();
  const [last] = await query<{ payload: PayloadOf<"repository.observed"> }>(
    sql`select payload from event where org_id = ${state.orgId} and subject = ${`repository:${state.repo}`}
        and kind = 'repository.observed' and source = 'github'
      order by occurred_at desc, id limit 1`,
    client,
  );
  const said = last?.payload;
  const same = said?.headSha === head.sha && said.branch === head.branch && said.completeFrom === completeFrom;
  if (said !== undefined && same && to.getTime() - Date.parse(said.completeTo) < SAY_AGAIN_MS) return;
  const { branch, sha, url } = head;
  const observation = { branch, headSha: sha, url, completeFrom, completeTo: to.toISOString() };
  await appendEvents(client, [[mapObservation(state, observation)]]);
  await rememberImport(client, { orgId: state.orgId, name: state.repo, url, branch, headSha: sha });
}
