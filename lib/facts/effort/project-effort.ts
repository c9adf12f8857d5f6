import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { effortOf } from "./estimate-effort";

/** Requests that one transaction works off: an import leaves many that name the same people. */
const REQUESTS_AT_ONCE = 2_000;
/** People whose reviews one statement looks at. */
const REVIEWERS_AT_ONCE = 200;

interface EffortRequest {
  reviewers: string[];
  repo_id: number | null;
  numbers: number[];
}

/** The people that requests are about: those they name, and those who reviewed the pull requests that they name. */
async function reviewersOf(client: PoolClient, orgId: number, requests: readonly EffortRequest[]): Promise<string[]> {
  const named = requests.flatMap(({ reviewers }) => reviewers);
  const pullRequests = requests.flatMap(({ numbers, repo_id }) =>
    repo_id === null ? [] : numbers.map((number) => [repo_id, number] as const),
  );
  const rows = await query<{ reviewer: string }>(
    sql`select distinct v.reviewer::text as reviewer
      from (select distinct repo_id, number from unnest(${pullRequests.map(([repo]) => repo)}::integer[],
          ${pullRequests.map(([, number]) => number)}::integer[]) as p (repo_id, number)) p
        join fact_review v on v.org_id = ${orgId} and v.repo_id = p.repo_id and v.number = p.number
      where v.reviewer_kind = 1 and v.reviewer is not null`,
    client,
  );
  return [...new Set([...named, ...rows.map(({ reviewer }) => reviewer)])].sort();
}

/** Writes what some people spent, as the reviews are now: only rows that say something else are touched. */
async function writeEffort(client: PoolClient, orgId: number, reviewers: readonly string[]): Promise<void> {
  await execute(
    sql`with fresh as materialized (${effortOf(orgId, reviewers)}), gone as (
        delete from fact_review_effort f
        where f.org_id = ${orgId} and f.reviewer = any(${[...reviewers]}::bigint[]) and not exists (
          select from fresh where fresh.repo_id = f.repo_id and fresh.number = f.number and fresh.reviewer = f.reviewer)
      )
      insert into fact_review_effort as f select * from fresh order by repo_id, number, reviewer
      on conflict (org_id, repo_id, number, reviewer) do update set seconds = excluded.seconds
        where f.seconds <> excluded.seconds`,
    client,
  );
}

/** Works off the oldest requests of an organisation. @returns how many; 0 when there are none left */
async function projectRequests(orgId: number): Promise<number> {
  return withTransaction(
    async (client) => {
      // One at a time, so that whoever looks later writes later. No repository has a number below 0.
      await query(sql`select pg_advisory_xact_lock(${orgId}::integer, -2)`, client);
      const requests = await query<EffortRequest>(
        sql`delete from effort_request where org_id = ${orgId} and id in (
            select id from effort_request where org_id = ${orgId} order by id limit ${REQUESTS_AT_ONCE})
          returning reviewers::text[], repo_id, numbers`,
        client,
      );
      const reviewers = await reviewersOf(client, orgId, requests);
      for (let start = 0; start < reviewers.length; start += REVIEWERS_AT_ONCE) {
        await writeEffort(client, orgId, reviewers.slice(start, start + REVIEWERS_AT_ONCE));
      }
      return requests.length;
    },
    { bulk: true },
  );
}

/**
 * Estimates again what people spent on reviews, wherever a review, the lines of what was reviewed, or who opened it changed:
 * triggers note it in `effort_request`. Safe to kill, and to run from several processes.
 * @returns how many requests were worked off
 */
export async function projectPendingEffort(): Promise<number> {
  const rows = await query<{ org_id: number }>(sql`select distinct org_id from effort_request order by org_id`);
  let requests = 0;
  for (const { org_id } of rows) {
    for (let done = REQUESTS_AT_ONCE; done === REQUESTS_AT_ONCE; requests += done) done = await projectRequests(org_id);
  }
  return requests;
}
