import type { Scope } from "@/lib/auth/scope";
import type { Queryable } from "@/lib/db/pool";
import { query as run } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type Directory, loadDirectory } from "@/lib/metrics/directory";
import type { RollbackListQuery } from "@/lib/metrics/list-schema";
import { withSnapshot } from "@/lib/metrics/snapshot";
import type { Page, RollbackItem } from "@/lib/metrics/types";
import { decodeCursor, encodeCursor } from "./cursor";
import { afterPosition, instantKey, integerKey, type KeysetSort, keysetOrder, textKey } from "./keyset";
import { resolveList } from "./list-frame";
import { createRollbackReader, ROLLBACK_COLUMNS, ROLLBACK_SOURCE, type RollbackRow } from "./rollback-item";

const TIES = [
  { column: sql`v.repo_id`, read: integerKey },
  { column: sql`v.revert_key`, read: textKey },
  { column: sql`v.target_key`, read: textKey },
];
const SORTED = {
  revertedAt: { column: sql`v.reverted_at`, read: instantKey },
  hours: { column: sql`v.seconds`, read: integerKey },
} as const;

function sortOf(sort: RollbackListQuery["sort"]): KeysetSort {
  const descending = sort.startsWith("-");
  const name = (descending ? sort.slice(1) : sort) as keyof typeof SORTED;
  return { ...SORTED[name], descending, ties: TIES };
}

/** The page of a list, inside of a snapshot that the caller holds. */
export async function readRollbacks(
  client: Queryable,
  directory: Directory,
  query: RollbackListQuery,
): Promise<Page<RollbackItem>> {
  const { conditions, selection, within } = await resolveList(client, directory, query);
  const sort = sortOf(query.sort);
  const source = sql`${ROLLBACK_SOURCE} where ${sql.join(
    [
      sql`v.org_id = any(${selection.orgs.map(({ id }) => id)}::int[])`,
      sql`v.repo_id = any(${selection.repos.map(({ id }) => id)}::int[])`,
      sql`v.kind = any(${query.kind}::text[])`,
      within(query.by === "revert" ? sql`v.reverted_at` : sql`v.target_merged_at`),
      ...conditions.values(),
    ],
    " AND ",
  )}`;
  const after =
    query.cursor === undefined ? sql.empty : sql`and ${afterPosition(sort, decodeCursor(query.cursor, query.sort))}`;
  const [count] = await run<{ total: number }>(sql`select count(*) as total ${source}`, client);
  const rows = await run<RollbackRow & { sorted: string | null }>(
    sql`select ${ROLLBACK_COLUMNS}, ${sort.column}::text as sorted ${source} ${after}
      order by ${keysetOrder(sort)} limit ${query.limit + 1}`,
    client,
  );
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(createRollbackReader(directory)),
    nextCursor:
      last === undefined
        ? null
        : encodeCursor({
            sort: query.sort,
            value: last.sorted,
            tie: [String(last.repo_id), last.revert_key, last.target_key],
          }),
    total: count?.total ?? 0,
  };
}

/**
 * One page of revert verdicts with their evidence, full reverts unless other kinds are asked for. A filter about pull
 * requests leaves out what has none: unresolved reverts and reverts of direct pushes.
 * @throws {AppError} `unprocessable` for a filter value that is not known or a cursor of another sort.
 */
export async function listRollbacks(scope: Scope, query: RollbackListQuery): Promise<Page<RollbackItem>> {
  return withSnapshot(async (client) => readRollbacks(client, await loadDirectory(scope, client), query));
}
