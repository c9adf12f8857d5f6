import type { Scope } from "@/lib/auth/scope";
import { DAY_SECONDS, EXCLUSION_CODE } from "@/lib/core/dimensions";
import { query as run } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import { loadDirectory } from "@/lib/metrics/directory";
import type { PullRequestListQuery } from "@/lib/metrics/list-schema";
import { repositoryTable } from "@/lib/metrics/maturity";
import { withSnapshot } from "@/lib/metrics/snapshot";
import type { Page, PullRequestItem } from "@/lib/metrics/types";
import { decodeCursor, encodeCursor } from "./cursor";
import { afterPosition, instantKey, integerKey, type KeysetSort, keysetOrder } from "./keyset";
import { resolveList } from "./list-frame";
import { createItemReader, ITEM_COLUMNS, type ItemRow } from "./pull-request-item";

const WINDOW_SECONDS = { "24h": DAY_SECONDS, "7d": 7 * DAY_SECONDS } as const;

const TIES = [
  { column: sql`f.repo_id`, read: integerKey },
  { column: sql`f.number`, read: integerKey },
];
const SORTED = {
  mergedAt: { column: sql`f.merged_at`, read: instantKey },
  hoursToRollback: { column: sql`f.rollback_seconds`, read: integerKey },
  effectiveLines: { column: sql`f.effective_lines`, read: integerKey },
} as const;

function sortOf(sort: PullRequestListQuery["sort"]): KeysetSort {
  const descending = sort.startsWith("-");
  const name = (descending ? sort.slice(1) : sort) as keyof typeof SORTED;
  return { ...SORTED[name], descending, ties: TIES };
}

/** Matches a part of the title, whatever wildcards it holds, or the number. */
function searchCondition(q: string): Sql {
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const number = /^#?(\d{1,9})$/.exec(q)?.[1];
  return number === undefined
    ? sql`d.title ilike ${pattern}`
    : sql`(d.title ilike ${pattern} or f.number = ${Number(number)})`;
}

function conditionsOf(query: PullRequestListQuery): Sql[] {
  const { counted, q, rolledBack, window } = query;
  const conditions: Sql[] = [];
  if (window !== undefined) conditions.push(sql`f.merged_at <= r.m0`);
  if (counted !== undefined) conditions.push(sql`(f.exclusion = ${EXCLUSION_CODE.none}) = ${counted}`);
  if (rolledBack !== undefined) {
    const within = window === undefined ? sql`true` : sql`f.rollback_seconds <= ${WINDOW_SECONDS[window]}`;
    conditions.push(sql`(f.rollback_seconds is not null and ${within}) = ${rolledBack}`);
  }
  if (q !== undefined && q !== "") conditions.push(searchCondition(q));
  return conditions;
}

/**
 * One page of merged pull requests, excluded ones among them and marked, with the evidence for each verdict.
 * @throws {AppError} `unprocessable` for a filter value that is not known or a cursor of another sort.
 */
export async function listPullRequests(scope: Scope, query: PullRequestListQuery): Promise<Page<PullRequestItem>> {
  return withSnapshot(async (client) => {
    const directory = await loadDirectory(scope, client);
    const { conditions, selection, within } = await resolveList(client, directory, query);
    const sort = sortOf(query.sort);
    const window = query.window === undefined ? 0 : WINDOW_SECONDS[query.window];
    const searched = query.q !== undefined && query.q !== "";
    const source = sql`from fact_pull_request f join ${repositoryTable(selection.repos, [window])} on r.id = f.repo_id
      ${searched ? sql`join fact_pull_request_detail d using (org_id, repo_id, number)` : sql.empty}
      where ${sql.join(
        [
          sql`f.org_id = any(${selection.orgs.map(({ id }) => id)}::int[])`,
          within(sql`f.merged_at`),
          ...conditions.values(),
          ...conditionsOf(query),
        ],
        " AND ",
      )}`;
    const after =
      query.cursor === undefined ? sql.empty : sql`and ${afterPosition(sort, decodeCursor(query.cursor, query.sort))}`;
    const [count] = await run<{ total: number }>(sql`select count(*) as total ${source}`, client);
    const rows = await run<ItemRow & { sorted: string | null }>(
      sql`with page as (
          select f.*, ${sort.column}::text as sorted ${source} ${after}
          order by ${keysetOrder(sort)} limit ${query.limit + 1}
        )
        select ${ITEM_COLUMNS}, f.sorted from page f
        join fact_pull_request_detail d on (d.org_id, d.repo_id, d.number) = (f.org_id, f.repo_id, f.number)
        order by ${keysetOrder(sort)}`,
      client,
    );
    const read = createItemReader(directory);
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(read),
      nextCursor:
        last === undefined
          ? null
          : encodeCursor({ sort: query.sort, value: last.sorted, tie: [String(last.repo_id), String(last.number)] }),
      total: count?.total ?? 0,
    };
  });
}
