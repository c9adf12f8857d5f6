import { SETTLE_SECONDS } from "@/lib/core/dimensions";
import { type Sql, sql } from "@/lib/db/sql";
import type { CoveredRepo } from "./selection";

const CUTOFFS = ["m0", "m1", "m2", "m3"] as const;
const CUTOFF_COLUMNS = { m0: "r.m0", m1: "r.m1", m2: "r.m2", m3: "r.m3" } as const;
const CUTOFF_NAMES = { m0: "m0", m1: "m1", m2: "m2", m3: "m3" } as const;

function cutoffAt(index: number): (typeof CUTOFFS)[number] {
  const name = CUTOFFS[index];
  if (name === undefined) throw new Error(`A query can hold ${CUTOFFS.length} windows at most`);
  return name;
}

/**
 * The repositories of a selection as a table `r`: their id and, per window, the merge time up to which a pull request
 * is mature (metrics.md G8: watermark − window − settle).
 */
export function repositoryTable(repos: readonly CoveredRepo[], windows: readonly number[]): Sql {
  const cutoffs = windows.map((window) =>
    repos.map(({ coverage }) => new Date(coverage.to.getTime() - (window + SETTLE_SECONDS) * 1000).toISOString()),
  );
  const columns = [
    sql`${repos.map(({ id }) => id)}::int[]`,
    ...cutoffs.map((instants) => sql`${instants}::timestamptz[]`),
  ];
  const names = sql.join([sql`id`, ...windows.map((_, index) => sql.ident(CUTOFF_NAMES, cutoffAt(index)))]);
  return sql`unnest(${sql.join(columns)}) as r(${names})`;
}

/** Whether the row `f`, joined to its repository `r`, is mature for the window at that position of `repositoryTable`. */
export function isMature(index: number): Sql {
  return sql`f.merged_at <= ${sql.ident(CUTOFF_COLUMNS, cutoffAt(index))}`;
}
