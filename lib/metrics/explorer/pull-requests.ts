import type { Scope } from "@/lib/auth/scope";
import { type FactView, openFacts } from "@/lib/metrics/columns/store";
import { type FactTable, MISSING } from "@/lib/metrics/columns/table";
import type { Page, PullRequestItem, PullRequestOutcome } from "@/lib/metrics/explorer/types";
import type { PullRequestListQuery } from "@/lib/metrics/list-schema";
import { decodeCursor, encodeCursor, readWholeNumber } from "./cursor";
import { firstRows, type PageStart, type RowOrder, rankOf } from "./first-rows";
import { resolveList } from "./list-frame";
import { passingRows } from "./passing-rows";
import { createItemReader, type NarrowRow, narrowRowOf } from "./pull-request-item";
import { openTitles } from "./titles/title-store";
import { readWideRows } from "./wide-rows";

const COLUMNS = { mergedAt: "mergedAt", hoursToRollback: "rollbackSeconds", effectiveLines: "effectiveLines" } as const;

interface Sort {
  column: (typeof COLUMNS)[keyof typeof COLUMNS];
  /** 1: ascending; −1: descending, for which values and ties are negated. */
  way: 1 | -1;
}

function sortOf(sort: PullRequestListQuery["sort"]): Sort {
  const descending = sort.startsWith("-");
  const name = (descending ? sort.slice(1) : sort) as keyof typeof COLUMNS;
  return { column: COLUMNS[name], way: descending ? -1 : 1 };
}

/** Where the page before ended; the same of every table. */
interface After {
  rank: number;
  repoId: number;
  number: number;
}

function readAfter({ cursor, sort }: PullRequestListQuery, { way }: Sort): After | null {
  if (cursor === undefined) return null;
  const { tie, value } = decodeCursor(cursor, sort, 2);
  return {
    rank: value === null ? Number.POSITIVE_INFINITY : way * readWholeNumber(value),
    repoId: readWholeNumber(tie[0]),
    number: readWholeNumber(tie[1]),
  };
}

function orderOf({ number, repo, repos, ...columns }: FactTable, { column, way }: Sort): RowOrder {
  const values = columns[column];
  // Every pull request here has ended, so each value of that column is one.
  const missing = column === "mergedAt" ? Number.NaN : MISSING;
  const repoId = (row: number) => repos[repo[row] as number] as number;
  return {
    values,
    missing,
    way,
    compare: (a, b) => way * (repoId(a) - repoId(b) || (number[a] as number) - (number[b] as number)),
  };
}

function startIn({ number, repo, repos }: FactTable, after: After, { way }: Sort): PageStart {
  const key = (row: number) =>
    (repos[repo[row] as number] as number) - after.repoId || (number[row] as number) - after.number;
  return { rank: after.rank, follows: (row) => way * key(row) > 0 };
}

/** Pull requests of an organisation that ended in the same way. */
interface Ended {
  outcome: PullRequestOutcome;
  table: FactTable;
}

function endedTables(
  { closed, table }: Pick<FactView, "closed" | "table">,
  orgId: number,
  asked: PullRequestListQuery["ended"],
): Ended[] {
  const merged = asked === "closed" ? null : table(orgId);
  const unmerged = asked === "merged" ? null : closed(orgId);
  return [
    ...(merged === null ? [] : [{ outcome: "merged" as const, table: merged }]),
    ...(unmerged === null ? [] : [{ outcome: "closed" as const, table: unmerged }]),
  ];
}

/** A pull request on its way to a page. */
interface Candidate extends NarrowRow {
  rank: number;
}

/** The first candidates of one table after a position. */
function candidatesOf(
  { outcome, table }: Ended,
  rows: Uint32Array,
  { after, limit, sort }: { sort: Sort; after: After | null; limit: number },
): Candidate[] {
  const order = orderOf(table, sort);
  const start = after === null ? null : startIn(table, after, sort);
  const walk = { rows, backwards: sort.way === -1, isSorted: sort.column === "mergedAt" };
  return firstRows(walk, order, start, limit).map((row) => ({
    ...narrowRowOf(table, row, outcome),
    rank: rankOf(order, row),
  }));
}

/**
 * One page of pull requests, of those that were merged unless others are asked for, excluded ones among them and marked, with the evidence for each verdict.
 * @throws {AppError} `unprocessable` for a filter value that is not known or a cursor of another sort.
 */
export async function listPullRequests(scope: Scope, query: PullRequestListQuery): Promise<Page<PullRequestItem>> {
  const { limit, q } = query;
  const sort = sortOf(query.sort);
  const after = readAfter(query, sort);
  // Titles first: the facts may be newer than they are, but never know a pull request less.
  const titles = q === undefined || q === "" ? null : await openTitles();
  const facts = await openFacts(scope);
  const { directory } = facts;
  const frame = resolveList(directory, query);
  let total = 0;
  const tables = frame.selection.orgs.flatMap(({ id }) => endedTables(facts, id, query.ended));
  const candidates = tables.flatMap((ended) => {
    const passing = passingRows(ended.table, frame, query);
    const rows = titles === null ? passing : titles.found(ended.table, passing, q ?? "");
    total += rows.length;
    return candidatesOf(ended, rows, { sort, after, limit: limit + 1 });
  });
  candidates.sort((a, b) => a.rank - b.rank || sort.way * (a.repo_id - b.repo_id) || sort.way * (a.number - b.number));
  const shown = candidates.slice(0, limit);
  const last = candidates.length > limit ? shown.at(-1) : undefined;
  const read = createItemReader(directory);
  const wide = await readWideRows(scope, shown);
  return {
    // One that was removed since has nothing to show.
    items: shown.flatMap((row) => {
      const rest = wide(row);
      return rest === undefined ? [] : [read({ ...row, ...rest })];
    }),
    nextCursor:
      last === undefined
        ? null
        : encodeCursor({
            sort: query.sort,
            value: last.rank === Number.POSITIVE_INFINITY ? null : String(sort.way * last.rank),
            tie: [String(last.repo_id), String(last.number)],
          }),
    total,
  };
}
