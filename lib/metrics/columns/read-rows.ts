import { type BinaryRow, copyOut } from "@/lib/db/copy-out";
import type { PoolClient } from "@/lib/db/pool";
import { type Sql, sql } from "@/lib/db/sql";
import { ColumnWriter, type PullRequestRow } from "./column-writer";
import { MISSING } from "./table";

/** In the order in which `readRow` takes them. */
const COLUMNS = sql`f.merged_at, f.repo_id, f.number, f.team_id, f.rollback_seconds, f.agent_mask, f.effective_lines,
  f.agent_lines, f.prod_lines, f.author_kind, f.category, f.size_bucket, f.exclusion, f.confidence`;
const COLUMN_COUNT = 14;
/** A table's order: its times are whole milliseconds. */
const ORDER = sql`order by date_trunc('milliseconds', merged_at), repo_id, number`;

/** PostgreSQL counts from 2000. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = 8.64e15;
const LARGEST_INT32 = 2 ** 31 - 1;

const integer = (row: BinaryRow, column: number) => (row.isNull(column) ? MISSING : row.int32(column));

function readRow(from: BinaryRow, to: PullRequestRow): void {
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
}

async function readTable(client: PoolClient, orgId: number, statement: Sql): Promise<ColumnWriter> {
  const writer = new ColumnWriter(orgId);
  const row: PullRequestRow = {
    mergedAt: 0,
    repoId: 0,
    number: 0,
    teamId: MISSING,
    authorKind: 0,
    category: 0,
    sizeBucket: 0,
    exclusion: 0,
    confidence: 0,
    agentsHigh: 0,
    agentsLow: 0,
    rollbackSeconds: MISSING,
    effectiveLines: MISSING,
    agentLines: MISSING,
    prodLines: MISSING,
  };
  await copyOut(client, statement, COLUMN_COUNT, (fields) => {
    readRow(fields, row);
    writer.append(row);
  });
  return writer;
}

/** All pull requests of an organisation. */
export async function readOrganization(client: PoolClient, orgId: number): Promise<ColumnWriter> {
  return readTable(client, orgId, sql`select ${COLUMNS} from fact_pull_request f where f.org_id = ${orgId} ${ORDER}`);
}

/**
 * The pull requests that notes name, as they are now.
 * @param wholeRepos repositories of which every pull request is read
 * @param noteIds notes with numbers, of other repositories too
 */
export async function readNoted(
  client: PoolClient,
  orgId: number,
  { wholeRepos, noteIds }: { wholeRepos: number[]; noteIds: number[] },
): Promise<ColumnWriter> {
  // `offset 0` keeps each row a look-up by key: how many numbers the notes hold is hard to guess, and a wrong guess
  // would scan the whole table for a handful of rows.
  return readTable(
    client,
    orgId,
    sql`with noted as (
        select c.repo_id, n.number from fact_change c cross join lateral unnest(c.numbers) as n (number)
        where c.org_id = ${orgId} and c.id = any(${noteIds}::bigint[]) and c.repo_id <> all(${wholeRepos}::integer[])
        group by 1, 2
      )
      select * from (
        select f.* from noted cross join lateral (
          select ${COLUMNS} from fact_pull_request f
          where f.org_id = ${orgId} and f.repo_id = noted.repo_id and f.number = noted.number offset 0
        ) f
        union all
        select ${COLUMNS} from fact_pull_request f
          where f.org_id = ${orgId} and f.repo_id = any(${wholeRepos}::integer[])
      ) f ${ORDER}`,
  );
}
