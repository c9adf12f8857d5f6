import { copyOut } from "@/lib/db/copy-out";
import type { PoolClient } from "@/lib/db/pool";
import { type Sql, sql } from "@/lib/db/sql";
import { ColumnWriter, type FactRow } from "./column-writer";
import { COMMIT_NUMBERS, HELD, MISSING, NO_NUMBERS, SUBJECT_CODE } from "./table";

/** PostgreSQL counts from 2000. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);
const LARGEST_INT32 = 2 ** 31 - 1;

/** In the order in which a row takes them. */
const COLUMNS = sql`p.deployed_at, f.repo_id, f.number, f.team_id, f.agent_mask, f.author_kind, f.category, f.size_bucket,
  f.exclusion, f.confidence, least(greatest(floor(extract(epoch from p.deployed_at))
    - floor(extract(epoch from k.authored_at)), 0), ${LARGEST_INT32}::integer)::integer`;
const COLUMN_COUNT = 11;
const WITH_COMMITS = sql`join fact_pull_request f on f.org_id = p.org_id and f.repo_id = p.repo_id and f.number = p.number
  join fact_commit k on k.org_id = p.org_id and k.repo_id = p.repo_id and k.number = p.number and not k.is_merge`;
const ORDER = sql`order by date_trunc('milliseconds', p.deployed_at), f.repo_id, f.number`;

async function readTable(client: PoolClient, orgId: number, rows: Sql): Promise<ColumnWriter> {
  const writer = new ColumnWriter(orgId, COMMIT_NUMBERS);
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
    subject: SUBJECT_CODE.commit,
    cause: HELD,
    agentsHigh: 0,
    agentsLow: 0,
    ...NO_NUMBERS,
  };
  await copyOut(client, sql`select ${COLUMNS} from ${rows} ${ORDER}`, COLUMN_COUNT, (from) => {
    row.mergedAt = Math.floor(from.int64(0) / 1000) + POSTGRES_EPOCH_MS;
    row.repoId = from.int32(1);
    row.number = from.int32(2);
    row.teamId = from.isNull(3) ? MISSING : from.int32(3);
    row.agentsHigh = from.high32(4);
    row.agentsLow = from.low32(4);
    row.authorKind = from.int16(5);
    row.category = from.int16(6);
    row.sizeBucket = from.int16(7);
    row.exclusion = from.int16(8);
    row.confidence = from.int16(9);
    row.leadSeconds = from.int32(10);
    writer.append(row);
  });
  return writer;
}

/** The commits of pull requests that reached production, each at the time when it did. */
export async function readCommits(client: PoolClient, orgId: number): Promise<ColumnWriter> {
  return readTable(
    client,
    orgId,
    sql`(select * from fact_pull_request_deployment where org_id = ${orgId}) p ${WITH_COMMITS}`,
  );
}

/** Those of the pull requests that notes name, as they are now. */
export async function readNotedCommits(
  client: PoolClient,
  orgId: number,
  { wholeRepos, noteIds }: { wholeRepos: number[]; noteIds: number[] },
): Promise<ColumnWriter> {
  const deployed = sql`select d.* from (
      select c.repo_id, n.number from fact_change c cross join lateral unnest(c.numbers) as n (number)
      where c.org_id = ${orgId} and c.id = any(${noteIds}::bigint[]) and c.repo_id <> all(${wholeRepos}::integer[])
      group by 1, 2
    ) noted join fact_pull_request_deployment d
      on d.org_id = ${orgId} and d.repo_id = noted.repo_id and d.number = noted.number
    union all
    select * from fact_pull_request_deployment where org_id = ${orgId} and repo_id = any(${wholeRepos}::integer[])`;
  return readTable(client, orgId, sql`(${deployed}) p ${WITH_COMMITS}`);
}
