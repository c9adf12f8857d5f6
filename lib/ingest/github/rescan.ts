import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";

const HOUR_MS = 3_600_000;
/** Ages at which a merged pull request is read again: what is counted of it is counted over these windows. */
const AGES_MS = [24 * HOUR_MS, 7 * 24 * HOUR_MS, 30 * 24 * HOUR_MS];
const EVERY_MS = HOUR_MS;
/** After a pause no more is made up for: the walk after it meets everything that changed. */
const LONGEST_MS = 48 * HOUR_MS;

/**
 * Has merged pull requests read again that came of age since it was last asked, once an hour: not everything that happens
 * around one moves its `updatedAt`, and no webhook is certain to arrive.
 */
export async function rescanMatured(connectionId: number, now: Date): Promise<void> {
  await withTransaction(async (client) => {
    const [row] = await query<{ rescanned_at: Date | null }>(
      sql`select rescanned_at from github_connection where id = ${connectionId} for update`,
      client,
    );
    const last = row?.rescanned_at?.getTime() ?? null;
    if (row === undefined || (last !== null && last > now.getTime() - EVERY_MS)) return;
    await execute(sql`update github_connection set rescanned_at = ${now} where id = ${connectionId}`, client);
    if (last === null) return;
    const since = Math.max(last, now.getTime() - LONGEST_MS);
    for (const age of AGES_MS) {
      await execute(
        sql`insert into refetch (org_id, connection_id, repo_id, kind, node_id, due_at, requested_at)
          select distinct g.org_id, g.connection_id, g.repo_id, 'pull_request', split_part(e.id, ':', 3),
            ${now}::timestamptz, ${now}::timestamptz
          from github_connection c
            join fact_pull_request f on f.org_id = c.org_id and f.merged_at > ${new Date(since - age)}
              and f.merged_at <= ${new Date(now.getTime() - age)}
            join github_repository g on g.org_id = f.org_id and g.repo_id = f.repo_id and g.connection_id = c.id
              and g.selected and g.gone_at is null
            join repository r on r.org_id = f.org_id and r.id = f.repo_id
            join event e on e.org_id = f.org_id and e.subject = 'pull_request:' || r.name || '#' || f.number::text
              and e.kind = 'pull_request.opened' and e.source = 'github'
          where c.id = ${connectionId}
          on conflict (org_id, connection_id, repo_id, kind, node_id) do nothing`,
        client,
      );
    }
  });
}
