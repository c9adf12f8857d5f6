import { AUTHOR_KIND_CODE, type Dimension, EXCLUSION_CODE } from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import { type Sql, sql } from "@/lib/db/sql";
import { PULL_REQUEST_DIMENSIONS } from "./definitions/pull-request-dimensions";
import { repositoryTable } from "./maturity";
import type { Period } from "./period";
import type { Selection } from "./selection";

/** Refuses a dimension that pull requests do not have. */
export function assertGroupable(
  groupBy: readonly Dimension[],
  dimensions: readonly Dimension[] = PULL_REQUEST_DIMENSIONS,
  what = "Pull requests",
): void {
  const foreign = groupBy.findIndex((dimension) => !dimensions.includes(dimension));
  if (foreign < 0) return;
  throw new AppError({
    code: "unprocessable",
    message: `${what} cannot be grouped by ${groupBy[foreign]}.`,
    pointer: `/groupBy/${foreign}`,
  });
}

/** Conditions that keep rows `f` inside of the organisations, the period and the filters. */
export function periodConditions(selection: Selection, period: Period): Sql[] {
  return [
    sql`f.org_id = any(${selection.orgs.map(({ id }) => id)}::int[])`,
    sql`f.merged_at >= ${period.from.toISOString()}::timestamptz`,
    sql`f.merged_at < ${period.to.toISOString()}::timestamptz`,
  ];
}

/**
 * The eligible pull requests of a period as `from … where …`, with their repository `r` and its cutoff `r.m0` for a
 * window: agent and assisted ones, unless author kinds are told apart or chosen.
 */
export function cohortSource(
  selection: Selection,
  period: Period,
  { byKind, window }: { byKind: boolean; window: number },
): Sql {
  const conditions = [
    ...periodConditions(selection, period),
    sql`f.exclusion = ${EXCLUSION_CODE.none}`,
    ...(byKind || selection.conditions.has("authorKind")
      ? []
      : [sql`f.author_kind in (${AUTHOR_KIND_CODE.agent}, ${AUTHOR_KIND_CODE.assisted})`]),
    ...selection.conditions.values(),
  ];
  return sql`from fact_pull_request f join ${repositoryTable(selection.repos, [window])} on r.id = f.repo_id
    where ${sql.join(conditions, " AND ")}`;
}
