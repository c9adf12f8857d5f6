import { AUTHOR_KIND_CODE, EXCLUSION_CODE, SIZE_BUCKET_CODE } from "@/lib/core/dimensions";
import { type BinaryRow, copyOut } from "@/lib/db/copy-out";
import type { PoolClient } from "@/lib/db/pool";
import { type Sql, sql } from "@/lib/db/sql";
import { ColumnWriter, type FactRow } from "./column-writer";
import { causeWord, HELD, MISSING, NO_NUMBERS, type NumberColumn, PULL_REQUEST_NUMBERS, SUBJECT_CODE } from "./table";

/** In the order in which `readRow` takes them, before the numbers of the course. */
const MERGED = sql`f.merged_at, f.repo_id, f.number, f.team_id, f.rollback_seconds, f.agent_mask, f.effective_lines,
  f.agent_lines, f.prod_lines, f.author_kind, f.category, f.size_bucket, f.exclusion, f.confidence, f.person_id,
  c.failure_cause`;
/** A closed pull request landed nowhere; what a program opened is left out, as it is of the merged ones. */
const CLOSED = sql`f.closed_at as merged_at, f.repo_id, f.number, f.team_id, null::bigint, f.agent_mask, null::integer,
  null::integer, null::integer, f.author_kind, f.category, ${SIZE_BUCKET_CODE.unknown}::smallint,
  case when f.author_kind = ${AUTHOR_KIND_CODE.automation}::smallint then ${EXCLUSION_CODE.automation}
    else ${EXCLUSION_CODE.none} end::smallint, f.confidence, null::integer,
  c.failure_cause`;
const COURSE = sql`c.cycle_seconds, c.coding_seconds, c.pickup_seconds, c.review_seconds, c.merge_seconds, c.deploy_seconds,
  c.deploy_watched, c.human_reviews, c.review_rounds, c.reworked, c.auto_merged, c.intervened, c.undone_seconds,
  c.defects_30d, c.defects_90d, c.security_90d, c.effort_seconds, c.debugged_30d, c.fix_watched,
  c.features, c.commits, c.coverage_delta, c.patch_covered, c.patch_coverable,
  c.churn_lines, c.churned_14d, c.churned_21d, c.findings, c.caught, c.caught_or_found, c.violations,
  c.redeployed_seconds, c.redeploy_unclear, c.incident_seconds, c.hotfix_seconds,
  c.all_defects_30d, c.all_defects_90d, c.reverted_seconds, c.unclear_seconds`;
const WITH_COURSE = sql`left join fact_pull_request_course c
  on c.org_id = f.org_id and c.repo_id = f.repo_id and c.number = f.number`;

/** Pull requests that were merged, or closed without it: as columns they are alike. */
export type Ending = "merged" | "closed";

const SOURCES: Readonly<Record<Ending, { columns: Sql; rows: Sql; endedAt: Sql }>> = {
  merged: { columns: sql`${MERGED}, ${COURSE}`, rows: sql`fact_pull_request f`, endedAt: sql`f.merged_at` },
  closed: { columns: sql`${CLOSED}, ${COURSE}`, rows: sql`fact_closed_pull_request f`, endedAt: sql`f.closed_at` },
};

const OWN_COLUMNS = 16;
const COURSE_NUMBERS = PULL_REQUEST_NUMBERS.slice(PULL_REQUEST_NUMBERS.indexOf("cycleSeconds"));
/** A table's order: its times are whole milliseconds. */
const orderOf = (endedAt: Sql): Sql => sql`order by date_trunc('milliseconds', ${endedAt}), f.repo_id, f.number`;

/** PostgreSQL counts from 2000. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = 8.64e15;
const LARGEST_INT32 = 2 ** 31 - 1;

const integer = (row: BinaryRow, column: number) => (row.isNull(column) ? MISSING : row.int32(column));

function readRow(from: BinaryRow, to: FactRow): void {
  to.mergedAt = Math.floor(from.int64(0) / 1000) + POSTGRES_EPOCH_MS;
  // `infinity` is the largest number of microseconds.
  if (Math.abs(to.mergedAt) > LATEST_MS) throw new RangeError("A pull request was merged at a time that is no date");
  to.repoId = from.int32(1);
  to.number = from.int32(2);
  to.teamId = integer(from, 3);
  to.rollbackSeconds = from.isNull(4) ? MISSING : Math.min(from.int64(4), LARGEST_INT32);
  to.agentsHigh = from.high32(5);
  to.agentsLow = from.low32(5);
  to.effectiveLines = integer(from, 6);
  to.agentLines = integer(from, 7);
  to.prodLines = integer(from, 8);
  to.authorKind = from.int16(9);
  to.category = from.int16(10);
  to.sizeBucket = from.int16(11);
  to.exclusion = from.int16(12);
  to.confidence = from.int16(13);
  to.person = integer(from, 14);
  to.cause = from.isNull(15) ? HELD : causeWord(from.int32(15));
  for (let index = 0; index < COURSE_NUMBERS.length; index += 1) {
    to[COURSE_NUMBERS[index] as NumberColumn] = integer(from, OWN_COLUMNS + index);
  }
}

async function readTable(client: PoolClient, orgId: number, ending: Ending, statement: Sql): Promise<ColumnWriter> {
  const writer = new ColumnWriter(orgId);
  const row: FactRow = {
    mergedAt: 0,
    repoId: 0,
    number: 0,
    teamId: MISSING,
    authorKind: 0,
    category: 0,
    sizeBucket: 0,
    exclusion: 0,
    confidence: 0,
    subject: SUBJECT_CODE[ending],
    cause: HELD,
    agentsHigh: 0,
    agentsLow: 0,
    ...NO_NUMBERS,
  };
  await copyOut(client, statement, OWN_COLUMNS + COURSE_NUMBERS.length, (fields) => {
    readRow(fields, row);
    writer.append(row);
  });
  return writer;
}

/** All pull requests of an organisation that ended so. */
export async function readOrganization(client: PoolClient, orgId: number, ending: Ending): Promise<ColumnWriter> {
  const { columns, endedAt, rows } = SOURCES[ending];
  return readTable(
    client,
    orgId,
    ending,
    sql`select ${columns} from ${rows} ${WITH_COURSE} where f.org_id = ${orgId} ${orderOf(endedAt)}`,
  );
}

/**
 * The pull requests that notes name, as they are now.
 * @param wholeRepos repositories of which every pull request is read
 * @param noteIds notes with numbers, of other repositories too
 */
export async function readNoted(
  client: PoolClient,
  orgId: number,
  ending: Ending,
  { wholeRepos, noteIds }: { wholeRepos: number[]; noteIds: number[] },
): Promise<ColumnWriter> {
  const { columns, rows } = SOURCES[ending];
  // `offset 0` keeps each row a look-up by key: how many numbers the notes hold is hard to guess, and a wrong guess
  // would scan the whole table for a handful of rows.
  return readTable(
    client,
    orgId,
    ending,
    sql`with noted as (
        select c.repo_id, n.number from fact_change c cross join lateral unnest(c.numbers) as n (number)
        where c.org_id = ${orgId} and c.id = any(${noteIds}::bigint[]) and c.repo_id <> all(${wholeRepos}::integer[])
        group by 1, 2
      )
      select * from (
        select f.* from noted cross join lateral (
          select ${columns} from ${rows} ${WITH_COURSE}
          where f.org_id = ${orgId} and f.repo_id = noted.repo_id and f.number = noted.number offset 0
        ) f
        union all
        select ${columns} from ${rows} ${WITH_COURSE}
          where f.org_id = ${orgId} and f.repo_id = any(${wholeRepos}::integer[])
      ) f ${orderOf(sql`f.merged_at`)}`,
  );
}
