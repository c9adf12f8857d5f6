import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { requestDeployed, requestDeployedBy } from "./deployed/request-deployed";
import { type Followed, followEvents } from "./increment";
import { loadProjectionContext, type RepositoryKey } from "./projection-context";
import { type ProjectionProgress, replaceFacts } from "./replace-facts";
import { lockRepository } from "./repository-lock";

/** More new events than this are not followed one by one. */
const MAX_FOLLOWED = 20_000;

interface Request {
  id: number;
  whole: boolean;
  event_ids: string[];
}

/**
 * Brings the facts of one repository up to date, in one transaction: readers see the old state until the new one is
 * whole, and being killed in the middle leaves the old state and the requests. Follows the new events where that is
 * exact and passes over the whole repository where it is not; the result depends on the set of events alone, not on
 * their order, number of deliveries, or on which of the two it was. Does nothing when nothing is asked for.
 * @param options.wait false: leave the repository to another process that is at it
 * @returns whether another process was at it
 */
export async function projectRepository(
  key: RepositoryKey,
  onProgress: ProjectionProgress = () => {},
  options: { wait?: boolean } = {},
): Promise<{ busy: boolean }> {
  const { busy, followed } = await withTransaction(
    async (client): Promise<Outcome> => {
      if (!(await lockRepository(client, key, { wait: options.wait ?? true }))) return { busy: true, followed: null };
      // Another process may have done the work while this one waited for the lock.
      const requests = await query<Request>(
        sql`select id, whole, event_ids from projection_request
          where org_id = ${key.orgId} and repo = ${key.repo} order by id`,
        client,
      );
      if (requests.length === 0) return { busy: false, followed: null };
      // Read after the requests: one that came with other settings must not be worked off with those before.
      const context = await loadProjectionContext(client, key);
      const eventIds = newEvents(requests);
      const followed = eventIds === null ? null : await followEvents(client, context, eventIds);
      if (followed === null) await replaceFacts(client, context, onProgress);
      if (followed === null || eventIds === null || followed.hasReverts) await requestDeployed(client, context);
      else await requestDeployedBy(client, context, eventIds);
      // Exactly those: one with a smaller id may have been committed since, by a transaction that took longer.
      await execute(
        sql`delete from projection_request where org_id = ${key.orgId} and id = any(${requests.map(({ id }) => id)}::bigint[])`,
        client,
      );
      return { busy: false, followed };
    },
    { bulk: true },
  );
  // Not before it is committed: a state beside facts that were rolled back would be ahead of them.
  followed?.keep();
  return { busy };
}

interface Outcome {
  busy: boolean;
  followed: Followed | null;
}

/** The events that requests name; null where one asks for the whole repository. */
function newEvents(requests: Request[]): string[] | null {
  if (requests.some(({ whole }) => whole)) return null;
  const ids = new Set(requests.flatMap(({ event_ids }) => event_ids));
  return ids.size > MAX_FOLLOWED ? null : [...ids];
}
