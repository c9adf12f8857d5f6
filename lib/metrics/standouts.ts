import type { Scope } from "@/lib/auth/scope";
import { UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import { runMetricsQueries } from "./query";
import type { RankingQuery } from "./schema";
import { hypergeometricTail } from "./statistics/hypergeometric-tail";
import type { MetricRow, Standout, Standouts } from "./types";

const DIMENSIONS = ["all", "category", "team", "repo"] as const;
/** A month of fewer says nothing, and would only make what counts as chance wider. */
const ENOUGH = 10;
/** Of what is shown about so much may be chance. */
const FALSE_DISCOVERIES = 0.1;
const MOST = 5;

interface Cell extends Standout {
  p: number;
}

/** What a row is of: a value of its dimension, or everything. */
function groupOf(row: MetricRow, dimension: Standout["dimension"]): string | null {
  return dimension === "all" ? "" : (row.group[dimension] ?? null);
}

/**
 * Months in which a share was higher than in the rest of the period by more than chance, of everything and of each kind of work,
 * team and repository. Each is held against all other months and values of its dimension by Fisher’s exact test; of each dimension those
 * are shown of which at most one in ten can be expected to be chance (Benjamini and Hochberg).
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered
 */
export async function runStandouts(scope: Scope, query: RankingQuery): Promise<Standouts> {
  const { metric, ...rest } = query;
  const answers = await runMetricsQueries(
    scope,
    DIMENSIONS.map((dimension) => ({
      ...rest,
      metrics: [metric],
      groupBy: dimension === "all" ? [] : [dimension],
      grain: "month" as const,
    })),
  );
  const families = DIMENSIONS.map((dimension, index) =>
    cellsOf(dimension, answers[index]?.results[0]?.rows ?? []).filter(({ n }) => n >= ENOUGH),
  );
  const standouts = families
    .flatMap(discoveries)
    .sort((a, b) => a.p - b.p || (a.month < b.month ? -1 : 1))
    .slice(0, MOST)
    .map(({ p: _, ...standout }) => standout);
  return { asOf: answers[0]?.asOf ?? null, metric, compared: sum(families.map((cells) => cells.length)), standouts };
}

/** The cells of one dimension that stand out (Benjamini and Hochberg 1995). */
function discoveries(cells: readonly Cell[]): Cell[] {
  const sorted = cells.toSorted((a, b) => a.p - b.p);
  const last = sorted.findLastIndex(({ p }, index) => p <= (FALSE_DISCOVERIES * (index + 1)) / sorted.length);
  return sorted.slice(0, last + 1);
}

function cellsOf(dimension: Standout["dimension"], rows: readonly MetricRow[]): Cell[] {
  const counted = rows.flatMap((row) => {
    const value = groupOf(row, dimension);
    const { bucket, k, n } = row;
    if (value === null || value === UNASSIGNED_TEAM || bucket === null || k === null || n === null) return [];
    return [{ value, month: bucket, k, n }];
  });
  const [marked, total] = [sum(counted.map(({ k }) => k)), sum(counted.map(({ n }) => n))];
  return counted.map((cell) => ({
    ...cell,
    dimension,
    elsewhere: { k: marked - cell.k, n: total - cell.n },
    // Alone there is nothing to be held against.
    p: cell.n === total ? 1 : hypergeometricTail(cell.k, cell.n, marked, total),
  }));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
