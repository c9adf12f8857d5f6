import type { Scope } from "@/lib/auth/scope";
import { sql } from "@/lib/db/sql";
import { openFacts } from "@/lib/metrics/columns/store";
import type { Page, RollbackItem } from "@/lib/metrics/explorer/types";
import type { RollbackListQuery } from "@/lib/metrics/list-schema";
import { queryScoped } from "@/lib/metrics/scoped-snapshot";
import { decodeCursor, encodeCursor, readWholeNumber } from "./cursor";
import { firstRows, type PageStart, type RowOrder, rankOf } from "./first-rows";
import { resolveList } from "./list-frame";
import { createRollbackReader, ROLLBACK_COLUMNS, ROLLBACK_SOURCE, type RollbackRow } from "./rollback-item";
import { passingVerdicts } from "./verdicts/passing-verdicts";
import { openVerdicts } from "./verdicts/verdict-store";
import type { VerdictTable } from "./verdicts/verdict-table";

const COLUMNS = { revertedAt: "revertedAt", hours: "seconds" } as const;

interface Sort {
  column: (typeof COLUMNS)[keyof typeof COLUMNS];
  /** 1: ascending; −1: descending, for which values and ties are negated. */
  way: 1 | -1;
}

function sortOf(sort: RollbackListQuery["sort"]): Sort {
  const descending = sort.startsWith("-");
  const name = (descending ? sort.slice(1) : sort) as keyof typeof COLUMNS;
  return { column: COLUMNS[name], way: descending ? -1 : 1 };
}

/** Names a verdict, and orders verdicts of the same rank. */
interface Key {
  repoId: number;
  revertKey: string;
  targetKey: string;
}

function compareKeys(a: Key, b: Key): number {
  const text = (left: string, right: string) => Number(left > right) - Number(left < right);
  return a.repoId - b.repoId || text(a.revertKey, b.revertKey) || text(a.targetKey, b.targetKey);
}

/** A verdict on its way to a page. */
interface Candidate extends Key {
  orgId: number;
  rank: number;
}

function readAfter({ cursor, sort }: RollbackListQuery, { way }: Sort): (Key & { rank: number }) | null {
  if (cursor === undefined) return null;
  const { tie, value } = decodeCursor(cursor, sort, 3);
  return {
    rank: value === null ? Number.POSITIVE_INFINITY : way * readWholeNumber(value),
    repoId: readWholeNumber(tie[0]),
    revertKey: tie[1] ?? "",
    targetKey: tie[2] ?? "",
  };
}

/** The first candidates of one table after a position. */
function candidatesOf(
  orgId: number,
  table: VerdictTable,
  rows: Uint32Array,
  { column, way }: Sort,
  after: (Key & { rank: number }) | null,
  limit: number,
): Candidate[] {
  const { repos } = table.dictionaries;
  const keyOf = (row: number): Key => ({
    repoId: repos[table.repo[row] as number] as number,
    revertKey: table.revertKeys[row] ?? "",
    targetKey: table.targetKeys[row] ?? "",
  });
  const order: RowOrder = {
    values: table[column],
    missing: Number.POSITIVE_INFINITY,
    way,
    compare: (a, b) => way * compareKeys(keyOf(a), keyOf(b)),
  };
  const start: PageStart | null =
    after === null ? null : { rank: after.rank, follows: (row) => way * compareKeys(keyOf(row), after) > 0 };
  return firstRows({ rows, backwards: false, isSorted: false }, order, start, limit).map((row) => ({
    ...keyOf(row),
    orgId,
    rank: rankOf(order, row),
  }));
}

/** Reads whole verdicts in one statement and gives them in the order of the keys; one that is gone is left out. */
async function readVerdictRows(scope: Scope, keys: readonly Candidate[]): Promise<RollbackRow[]> {
  if (keys.length === 0) return [];
  return queryScoped<RollbackRow>(
    scope,
    sql`select ${ROLLBACK_COLUMNS} ${ROLLBACK_SOURCE}
      join unnest(${keys.map(({ orgId }) => orgId)}::int[], ${keys.map(({ repoId }) => repoId)}::int[],
        ${keys.map(({ revertKey }) => revertKey)}::text[], ${keys.map(({ targetKey }) => targetKey)}::text[])
        with ordinality as k(org_id, repo_id, revert_key, target_key, place)
        on (v.org_id, v.repo_id, v.revert_key, v.target_key) = (k.org_id, k.repo_id, k.revert_key, k.target_key)
      order by k.place`,
  );
}

/**
 * One page of revert verdicts with their evidence, full reverts unless other kinds are asked for. A filter about pull
 * requests leaves out what has none: unresolved reverts and reverts of direct pushes.
 * @throws {AppError} `unprocessable` for a filter value that is not known or a cursor of another sort.
 */
export async function listRollbacks(scope: Scope, query: RollbackListQuery): Promise<Page<RollbackItem>> {
  const { limit } = query;
  const sort = sortOf(query.sort);
  const after = readAfter(query, sort);
  const { directory } = await openFacts(scope);
  const verdicts = await openVerdicts();
  const frame = resolveList(directory, query);
  let total = 0;
  const candidates = frame.selection.orgs.flatMap(({ id }) => {
    const table = verdicts.get(id);
    if (table === undefined) return [];
    const rows = passingVerdicts(table, frame, query, scope.teams);
    total += rows.length;
    return candidatesOf(id, table, rows, sort, after, limit + 1);
  });
  candidates.sort((a, b) => a.rank - b.rank || sort.way * compareKeys(a, b));
  const shown = candidates.slice(0, limit);
  const last = candidates.length > limit ? shown.at(-1) : undefined;
  const rows = await readVerdictRows(scope, shown);
  return {
    items: rows.map(createRollbackReader(directory)),
    nextCursor:
      last === undefined
        ? null
        : encodeCursor({
            sort: query.sort,
            value: last.rank === Number.POSITIVE_INFINITY ? null : String(sort.way * last.rank),
            tie: [String(last.repoId), last.revertKey, last.targetKey],
          }),
    total,
  };
}
