import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { PayloadOf } from "@/lib/events/schema";
import type { Repository } from "@/lib/sources/git-history/inspect";

/**
 * The head up to which the log already holds all that this clone could tell, or undefined to read from the start: after
 * an import of another branch, of a part of the history, of a clone that held less, or by a version that told less.
 */
export async function knownHeadOf(orgId: number, repository: Repository): Promise<string | undefined> {
  const observations = await query<{ payload: PayloadOf<"repository.observed"> }>(
    sql`select payload from event
      where org_id = ${orgId} and repo = ${repository.repo} and kind = 'repository.observed' and source = 'git'
      order by seq desc`,
  );
  const held = observations.find(
    ({ payload }) =>
      payload.branch === repository.branch &&
      payload.history === "full" &&
      ((payload.lineCounts === "known" && payload.tracesFixes === true) || repository.lacks !== "nothing") &&
      (payload.pullRequestRefs || repository.pullRequestRefs.size === 0),
  );
  return held?.payload.headSha;
}
