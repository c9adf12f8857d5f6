import { FEED_BIT } from "@/lib/core/feeds";
import { analyzeGrown } from "@/lib/db/analyze-grown";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { ACTIVITY_TABLES } from "@/lib/facts/activity/tables";
import { COURSE_COLUMNS } from "./course-columns";
import { type CoursePlace, coursesOf } from "./work-out-courses";

/** Requests that one transaction works off, and pull requests of one statement. */
const REQUESTS_AT_ONCE = 500;
const NUMBERS_AT_ONCE = 20_000;
/** Stands among the numbers of a request where more may be told of than before. */
const FEED_MARK = 0;

const COLUMN_NAMES = Object.fromEntries(COURSE_COLUMNS.map((column) => [column, column])) as Record<
  (typeof COURSE_COLUMNS)[number],
  string
>;
/** What courses are worked out of, by the names that SQL takes. */
const READ = {
  ...ACTIVITY_TABLES,
  fact_pull_request: "fact_pull_request",
  fact_pull_request_detail: "fact_pull_request_detail",
  fact_pull_request_deployment: "fact_pull_request_deployment",
  fact_review_effort: "fact_review_effort",
  fact_rollback: "fact_rollback",
};
const columnsOf = (table: Sql): Sql =>
  sql.join(COURSE_COLUMNS.map((column) => sql`${table}.${sql.ident(COLUMN_NAMES, column)}`));
const COLUMNS = sql.join(COURSE_COLUMNS.map((column) => sql.ident(COLUMN_NAMES, column)));

/** Writes the courses of some pull requests as the facts are now: only rows that say something else are touched. */
async function writeCourses(client: PoolClient, place: CoursePlace): Promise<void> {
  const { numbers, orgId, repoId } = place;
  const asked = numbers === null ? sql`true` : sql`f.number = any(${[...numbers]}::integer[])`;
  await execute(
    sql`with fresh as materialized (${coursesOf(place)}), gone as (
        delete from fact_pull_request_course f
        where f.org_id = ${orgId} and f.repo_id = ${repoId} and ${asked}
          and not exists (select from fresh where fresh.number = f.number)
      )
      insert into fact_pull_request_course as f (org_id, repo_id, number, ${COLUMNS})
      select org_id, repo_id, number, ${COLUMNS} from fresh order by number
      on conflict (org_id, repo_id, number) do update set (${COLUMNS}) = row(${columnsOf(sql`excluded`)})
        where (${columnsOf(sql`f`)}) is distinct from (${columnsOf(sql`excluded`)})`,
    client,
  );
}

/**
 * Notes what is told of repositories that something is new of: deployments of each by itself, defects and incidents of all of an
 * organisation, for they are reported in one place.
 * @returns the repositories of which more is told than before: every course of theirs may say something else now
 */
async function noteFeeds(client: PoolClient, orgId: number, repoIds: readonly number[]): Promise<number[]> {
  const own = await query<{ id: number }>(
    sql`update repository r set feeds = r.feeds | own.bits from (
        select o.id, ((case when exists (select from fact_deployment d where d.org_id = ${orgId} and d.repo_id = o.id and d.status = 1)
            then ${FEED_BIT.deployments} else 0 end)
          | (case when exists (select from fact_fix_owner w where w.org_id = ${orgId} and w.repo_id = o.id)
            then ${FEED_BIT.tracedFixes} else 0 end))::smallint as bits
        from repository o where o.org_id = ${orgId} and o.id = any(${[...repoIds]}::integer[])
      ) own
      where r.org_id = ${orgId} and r.id = own.id and r.feeds | own.bits <> r.feeds
      returning r.id`,
    client,
  );
  const shared = await query<{ id: number }>(
    sql`update repository r set feeds = r.feeds | told.bits from (
        select ((case when exists (select from fact_defect where org_id = ${orgId}) then ${FEED_BIT.defects} else 0 end)
          | (case when exists (select from fact_incident where org_id = ${orgId}) then ${FEED_BIT.incidents} else 0 end)
          | (case when exists (select from fact_defect where org_id = ${orgId} and before_merge)
            then ${FEED_BIT.caughtDefects} else 0 end)
          )::smallint as bits
      ) told
      where r.org_id = ${orgId} and r.feeds | told.bits <> r.feeds returning r.id`,
    client,
  );
  return [...new Set([...own, ...shared].map(({ id }) => id))];
}

interface CourseRequest {
  id: number;
  repo_id: number | null;
  numbers: number[] | null;
}

/** The pull requests that requests are about, by repository; null: every one of it. */
function numbersByRepo(requests: readonly CourseRequest[]): Map<number, Set<number> | null> {
  const byRepo = new Map<number, Set<number> | null>();
  for (const { numbers, repo_id } of requests) {
    if (repo_id === null) continue;
    const known = byRepo.get(repo_id);
    if (known === null || numbers === null) byRepo.set(repo_id, null);
    else byRepo.set(repo_id, new Set([...(known ?? []), ...numbers]));
  }
  return byRepo;
}

/** Works off the oldest requests of an organisation. @returns how many; 0 when there are none left */
async function projectRequests(orgId: number): Promise<number> {
  return withTransaction(
    async (client) => {
      // One at a time, so that whoever looks later writes later. No repository has a number below 0.
      await query(sql`select pg_advisory_xact_lock(${orgId}::integer, -1)`, client);
      const requests = await query<CourseRequest>(
        sql`delete from course_request where org_id = ${orgId} and id in (
            select id from course_request where org_id = ${orgId} order by id limit ${REQUESTS_AT_ONCE})
          returning id, repo_id, numbers`,
        client,
      );
      if (requests.length === 0) return 0;
      const byRepo = numbersByRepo(requests);
      if (requests.some(({ numbers }) => numbers === null || numbers.includes(FEED_MARK))) {
        for (const repoId of await noteFeeds(client, orgId, [...byRepo.keys()])) byRepo.set(repoId, null);
      }
      for (const [repoId, numbers] of [...byRepo].sort(([a], [b]) => a - b)) {
        await writeInPortions(client, {
          orgId,
          repoId,
          numbers: numbers === null ? null : await withSiblings(client, { orgId, repoId, numbers: [...numbers] }),
        });
      }
      return requests.length;
    },
    { bulk: true },
  );
}

/**
 * The numbers and those of all that close an issue with them, since which of them was the last to close it may have changed, and
 * whoever brought the lines that one of these fixes changes.
 */
async function withSiblings(
  client: PoolClient,
  { numbers, orgId, repoId }: { orgId: number; repoId: number; numbers: number[] },
): Promise<number[]> {
  const siblings = await query<{ number: number }>(
    sql`select distinct o.number from fact_issue_link l join fact_issue_link o
        on o.org_id = l.org_id and o.repo_id = l.repo_id and o.issue = l.issue
      where l.org_id = ${orgId} and l.repo_id = ${repoId} and l.number = any(${numbers}::integer[])`,
    client,
  );
  const related = [...new Set([...numbers, ...siblings.map(({ number }) => number)])];
  const owners = await query<{ owner: number }>(
    sql`select distinct owner from fact_fix_owner
      where org_id = ${orgId} and repo_id = ${repoId} and number = any(${related}::integer[])`,
    client,
  );
  return [...new Set([...related, ...owners.map(({ owner }) => owner)])];
}

async function writeInPortions(client: PoolClient, { numbers, orgId, repoId }: CoursePlace): Promise<void> {
  if (numbers === null) return writeCourses(client, { orgId, repoId, numbers: null });
  for (let start = 0; start < numbers.length; start += NUMBERS_AT_ONCE) {
    await writeCourses(client, { orgId, repoId, numbers: numbers.slice(start, start + NUMBERS_AT_ONCE) });
  }
}

/**
 * Works out the courses of pull requests of which something changed: triggers note them in `course_request`. A request and
 * what comes of it are one transaction, so a killed worker loses nothing. Safe to run from several processes.
 * @returns how many requests were worked off
 */
export async function projectPendingCourses(): Promise<number> {
  const rows = await query<{ org_id: number }>(sql`select distinct org_id from course_request order by org_id`);
  if (rows.length > 0) await analyzeGrown(READ);
  let requests = 0;
  for (const { org_id } of rows) {
    for (let done = REQUESTS_AT_ONCE; done === REQUESTS_AT_ONCE; requests += done) done = await projectRequests(org_id);
  }
  return requests;
}
