import type { RatioSums } from "./ratio-interval";
import { Z95 } from "./wilson";

/** The sums of two arms within one kind of work, of which the first is held against the second. */
export interface FactorCell {
  first: RatioSums;
  second: RatioSums;
}

export interface StandardisedFactor {
  value: number;
  /** 95 %, by the delta method on the logarithm; null where an arm has too few to vary. */
  lo: number | null;
  hi: number | null;
  /** Ratio of the ratios as they are, whatever the mix of work. */
  crude: number;
  /** Of each arm as it is. */
  first: number;
  second: number;
  /** Kinds of work that both arms did, and those of one alone, which are left out of the value. */
  used: number;
  dropped: number;
}

const NO_SUMS: RatioSums = { n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };

/** The sums of several cells together. */
export function addSums(all: readonly RatioSums[]): RatioSums {
  return all.reduce(
    (sum, one) => ({
      n: sum.n + one.n,
      x: sum.x + one.x,
      y: sum.y + one.y,
      xx: sum.xx + one.xx,
      xy: sum.xy + one.xy,
      yy: sum.yy + one.yy,
    }),
    NO_SUMS,
  );
}

/** Σ of the squared distances of a cell's subjects from its ratio. */
function squaresOf({ x, xx, xy, y, yy }: RatioSums): number {
  const ratio = x / y;
  return Math.max(0, xx - 2 * ratio * xy + ratio * ratio * yy);
}

/**
 * Σ of the cells' ratios by their weights, and its variance by the delta method. A cell of one subject is taken to vary as
 * those of the other cells do; null where none has two.
 */
function combine(cells: readonly { weight: number; sums: RatioSums }[]) {
  const spare = cells.reduce((sum, { sums }) => sum + Math.max(0, sums.n - 1), 0);
  const pooled = cells.reduce((sum, { sums }) => sum + (sums.n < 2 ? 0 : squaresOf(sums)), 0) / spare;
  let ratio = 0;
  let variance = 0;
  for (const { sums, weight } of cells) {
    const { n, x, y } = sums;
    ratio += weight * (x / y);
    variance += (weight / y) ** 2 * n * (n < 2 ? pooled : squaresOf(sums) / (n - 1));
  }
  return { ratio, variance: spare === 0 ? null : variance };
}

/**
 * The ratio of two ratios of sums, each as if both arms did the same mix of work: the cells' ratios, weighted with the
 * cells' share of Σy over both arms (metrics.md 2.4 and G12).
 * @returns null where no cell has both arms, or nothing of the second is counted
 */
export function standardisedFactor(cells: readonly FactorCell[]): StandardisedFactor | null {
  const used = cells.filter(({ first, second }) => first.y > 0 && second.y > 0);
  const total = used.reduce((sum, { first, second }) => sum + first.y + second.y, 0);
  const weighted = used.map((cell) => ({ ...cell, weight: (cell.first.y + cell.second.y) / total }));
  const first = combine(weighted.map(({ first: sums, weight }) => ({ sums, weight })));
  const second = combine(weighted.map(({ second: sums, weight }) => ({ sums, weight })));
  if (used.length === 0 || second.ratio === 0) return null;
  const own = addSums(cells.map((cell) => cell.first));
  const other = addSums(cells.map((cell) => cell.second));
  const value = first.ratio / second.ratio;
  const isVarying = first.variance !== null && second.variance !== null && first.ratio > 0;
  const deviation = isVarying
    ? Math.sqrt((first.variance ?? 0) / first.ratio ** 2 + (second.variance ?? 0) / second.ratio ** 2)
    : null;
  return {
    value,
    lo: deviation === null ? null : value * Math.exp(-Z95 * deviation),
    hi: deviation === null ? null : value * Math.exp(Z95 * deviation),
    crude: own.x / own.y / (other.x / other.y),
    first: own.x / own.y,
    second: other.x / other.y,
    used: used.length,
    dropped: cells.filter((cell) => cell.first.y + cell.second.y > 0).length - used.length,
  };
}
