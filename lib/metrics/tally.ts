import type { Dimension } from "@/lib/core/dimensions";
import type { Cell, CompiledMetric } from "./compile";
import { type Group, type GroupReader, groupKey, groupsOf } from "./groups";
import type { RatioSums } from "./statistics/ratio-interval";
import { exclusionOf } from "./vocabulary";

/** What is known of one row of one metric before it becomes a value. */
export interface Tally {
  /** Mature eligible rows; of a ratio those whose lines are known. */
  n: number;
  /** Those that count. */
  k: number;
  immature: number;
  excluded: Record<string, number>;
  ratio: RatioSums;
  /** Cells behind the numerator and the denominator, for a resampled interval. */
  numeratorCells: Cell[];
  denominatorCells: Cell[];
}

function emptyTally(): Tally {
  return {
    n: 0,
    k: 0,
    immature: 0,
    excluded: {},
    ratio: { n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 },
    numeratorCells: [],
    denominatorCells: [],
  };
}

/** The tallies of one metric: of any bucket and group, also of those that no pull request is in. */
export interface Tallies {
  /** Groups that any cell passing the filters belongs to. */
  seen: Group[];
  at: (bucket: number, group: Group) => Tally;
}

class TallyMap {
  private readonly tallies = new Map<string, Tally>();

  constructor(private readonly groupBy: readonly Dimension[]) {}

  private key(bucket: number, group: Group): string {
    return `${bucket}|${groupKey(group, this.groupBy)}`;
  }

  read(bucket: number, group: Group): Tally {
    return this.tallies.get(this.key(bucket, group)) ?? emptyTally();
  }

  open(bucket: number, group: Group): Tally {
    const key = this.key(bucket, group);
    const tally = this.tallies.get(key) ?? emptyTally();
    this.tallies.set(key, tally);
    return tally;
  }
}

function addExcluded(tally: Tally, reason: string, count: number): void {
  tally.excluded[reason] = (tally.excluded[reason] ?? 0) + count;
}

/**
 * Adds cells up into the rows of one metric. The numerator follows every group and filter; the denominator of a share
 * leaves out the dimensions that it is a share of.
 */
export function tallyMetric(cells: readonly Cell[], metric: CompiledMetric, read: GroupReader): Tallies {
  const { definition, groupBy, parts } = metric;
  const { shareOf, measure } = definition;
  const wholeBy = groupBy.filter((dimension) => !shareOf.includes(dimension));
  const numerators = new TallyMap(groupBy);
  const denominators = new TallyMap(wholeBy);
  const seen = new Map<string, Group>();
  const holds = (cell: Cell, flag: number | null) => flag === null || cell.flags[flag] === true;
  const sum = (cell: Cell, position: number) => cell.sums[position] ?? 0;
  for (const cell of cells) {
    if (cell.failed.some((dimension) => !shareOf.some((shared) => shared === dimension))) continue;
    if (!holds(cell, parts.population)) continue;
    const exclusion = exclusionOf(cell.exclusion);
    const mature = holds(cell, parts.mature);
    const known = parts.ratio === null || holds(cell, parts.ratio.known);
    const counted = exclusion === "none" && mature && known;
    for (const group of groupsOf(cell, wholeBy, read)) {
      const tally = denominators.open(cell.bucket, group);
      if (exclusion !== "none") addExcluded(tally, exclusion, cell.count);
      else if (!mature) tally.immature += cell.count;
      else if (!known) addExcluded(tally, measure.kind === "ratio" ? measure.unknown : "unknown", cell.count);
      else tally.n += cell.count;
      if (!counted || parts.ratio === null) continue;
      tally.ratio.n += cell.count;
      tally.ratio.y += sum(cell, parts.ratio.y);
      tally.ratio.yy += sum(cell, parts.ratio.yy);
      tally.denominatorCells.push(cell);
    }
    if (cell.failed.length > 0) continue;
    for (const group of groupsOf(cell, groupBy, read)) {
      seen.set(groupKey(group, groupBy), group);
      if (!counted) continue;
      const tally = numerators.open(cell.bucket, group);
      if (holds(cell, parts.numerator)) tally.k += cell.count;
      if (parts.ratio === null) continue;
      tally.ratio.x += sum(cell, parts.ratio.x);
      tally.ratio.xx += sum(cell, parts.ratio.xx);
      tally.ratio.xy += sum(cell, parts.ratio.xy);
      tally.numeratorCells.push(cell);
    }
  }
  return {
    seen: [...seen.values()],
    at: (bucket, group) => {
      const numerator = numerators.read(bucket, group);
      const denominator = denominators.read(bucket, group);
      return {
        ...denominator,
        k: numerator.k,
        ratio: { ...denominator.ratio, x: numerator.ratio.x, xx: numerator.ratio.xx, xy: numerator.ratio.xy },
        numeratorCells: numerator.numeratorCells,
      };
    },
  };
}
