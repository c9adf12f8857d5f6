import { REVERT_KINDS } from "@/lib/core/dimensions";
import { type BinaryRow, copyOut } from "@/lib/db/copy-out";
import type { PoolClient } from "@/lib/db/pool";
import { type Sql, sql } from "@/lib/db/sql";
import { HELD, SUBJECT_CODE } from "@/lib/metrics/columns/table";
import { Following, type OrgChange } from "@/lib/metrics/explorer/following";
import { type Verdict, VerdictTable } from "./verdict-table";

/** By organisation. */
export type Verdicts = ReadonlyMap<number, VerdictTable>;

/** In the order in which `readVerdict` takes them. */
const COLUMNS = sql`v.repo_id, v.kind, v.reverted_at, v.target_merged_at, v.target_number, v.seconds, v.revert_key,
  v.target_key, f.team_id, f.agent_mask, f.author_kind, f.category, f.size_bucket, f.exclusion, f.confidence, v.org_id`;
const COLUMN_COUNT = 16;
const SOURCE = sql`fact_rollback v left join fact_pull_request f
  on f.org_id = v.org_id and f.repo_id = v.repo_id and f.number = v.target_number`;

const KINDS: readonly string[] = REVERT_KINDS;

/** PostgreSQL counts microseconds from 2000. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);

const text = (row: BinaryRow, column: number) => Buffer.from(row.bytes(column)).toString("utf8");
const instant = (row: BinaryRow, column: number) => Math.floor(row.int64(column) / 1000) + POSTGRES_EPOCH_MS;

function readVerdict(row: BinaryRow): Verdict {
  const kind = text(row, 1);
  const position = KINDS.indexOf(kind);
  if (position < 0) throw new Error(`The fact tables hold the unknown kind of revert "${kind}"`);
  return {
    repoId: row.int32(0),
    kind: position,
    revertedAt: instant(row, 2),
    mergedAt: row.isNull(3) ? null : instant(row, 3),
    targetNumber: row.isNull(4) ? null : row.int32(4),
    seconds: row.isNull(5) ? null : row.int64(5),
    revertKey: text(row, 6),
    targetKey: text(row, 7),
    pullRequest: row.isNull(9)
      ? null
      : {
          subject: SUBJECT_CODE.merged,
          // Lists of reverts are not narrowed by why something failed.
          cause: HELD,
          teamId: row.isNull(8) ? null : row.int32(8),
          agentMask: BigInt.asUintN(64, (BigInt(row.high32(9)) << 32n) | BigInt.asUintN(32, BigInt(row.low32(9)))),
          authorKind: row.int16(10),
          category: row.int16(11),
          sizeBucket: row.int16(12),
          exclusion: row.int16(13),
          confidence: row.int16(14),
        },
  };
}

async function readVerdicts(
  client: PoolClient,
  statement: Sql,
  onVerdict: (orgId: number, verdict: Verdict) => void,
): Promise<void> {
  await copyOut(client, statement, COLUMN_COUNT, (row) => onVerdict(row.int32(15), readVerdict(row)));
}

function tableOf(tables: Map<number, VerdictTable>, orgId: number): VerdictTable {
  const table = tables.get(orgId) ?? new VerdictTable();
  tables.set(orgId, table);
  return table;
}

async function load(client: PoolClient): Promise<Map<number, VerdictTable>> {
  const tables = new Map<number, VerdictTable>();
  await readVerdicts(client, sql`select ${COLUMNS} from ${SOURCE}`, (orgId, verdict) => {
    tableOf(tables, orgId).add(verdict);
  });
  return tables;
}

/** The verdicts about noted pull requests go, and come back as they are now. */
async function follow(
  client: PoolClient,
  tables: Map<number, VerdictTable>,
  { orgId, numbers, wholeRepos, noteIds }: OrgChange,
): Promise<void> {
  const fresh: Verdict[] = [];
  const ofOrg = sql`select ${COLUMNS} from ${SOURCE} where v.org_id = ${orgId}`;
  await readVerdicts(
    client,
    wholeRepos === null
      ? ofOrg
      : sql`with noted as (
            select distinct c.repo_id, n.number from fact_change c cross join lateral unnest(c.numbers) as n (number)
            where c.org_id = ${orgId} and c.id = any(${noteIds}::bigint[]) and c.repo_id <> all(${wholeRepos}::int[])
          )
          ${ofOrg} and v.repo_id = any(${wholeRepos}::int[])
          union all
          ${ofOrg} and (v.repo_id, v.target_number) in (select repo_id, number from noted)
          union all
          ${ofOrg} and v.target_number is null and v.repo_id in (select repo_id from noted where number = 0)`,
    (_, verdict) => fresh.push(verdict),
  );
  const whole = new Set(wholeRepos ?? []);
  const table = tableOf(tables, orgId);
  table.remove(
    (repoId, number) => wholeRepos === null || whole.has(repoId) || numbers.get(repoId)?.has(number) === true,
  );
  for (const verdict of fresh) table.add(verdict);
}

/** Next.js bundles this module once per entry, so the verdicts of a process hang on the global object. */
const holder: typeof globalThis & { fleetgaugeVerdicts?: Following<Map<number, VerdictTable>> } = globalThis;

/** The revert verdicts of all organisations, loaded by the first list of them and up to date since. */
export async function openVerdicts(): Promise<Verdicts> {
  // Rows that go leave no room unused: the last one takes their place.
  holder.fleetgaugeVerdicts ??= new Following({ load, follow, isWasteful: () => false });
  return holder.fleetgaugeVerdicts.current();
}
