import type { PoolClient } from "@/lib/db/pool";
import { getPrisma } from "@/lib/db/prisma-client";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { Selection } from "@/lib/settings/github/selection";

/** Stops asking GitHub for a connection; what is known stays. */
export async function pauseConnection(id: number): Promise<void> {
  await execute(sql`update github_connection set state = 'paused', state_reason = null where id = ${id}`);
}

/** Goes on, and tries at once what had failed. */
export async function resumeConnection(id: number, now: Date): Promise<void> {
  await withTransaction(async (client) => {
    await execute(
      sql`update github_connection set state = 'active', state_reason = null, wait_until = null where id = ${id}`,
      client,
    );
    await makeFailedDue(client, id, now);
  });
}

/** Tries at once what had failed or was not allowed, as far as the connection is not paused. */
export function tryAgainWhatFailed(id: number, now: Date): Promise<void> {
  return withTransaction((client) => makeFailedDue(client, id, now));
}

async function makeFailedDue(client: PoolClient, id: number, now: Date): Promise<void> {
  await execute(
    sql`update sync_state set state = case when cursor is null then 'idle' else 'reading' end, attempts = 0,
          next_try_at = least(next_try_at, ${now}::timestamptz)
        where connection_id = ${id} and (state in ('failed', 'unavailable') or attempts > 0)`,
    client,
  );
  await execute(
    sql`update refetch set attempts = 0, due_at = least(due_at, ${now}::timestamptz)
        where connection_id = ${id} and attempts > 0`,
    client,
  );
}

/** Reads other repositories or further back from the next list of repositories on, which is asked for at once. */
export async function chooseWhatIsRead(
  id: number,
  { depthDays, selection }: { selection?: Selection | undefined; depthDays?: number | null | undefined },
): Promise<void> {
  await getPrisma().githubConnection.update({
    where: { id },
    data: {
      ...(selection !== undefined && { selection }),
      ...(depthDays !== undefined && { depthDays }),
      listedAt: null,
    },
  });
}
