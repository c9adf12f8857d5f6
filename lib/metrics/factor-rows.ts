import type { Dimension } from "@/lib/core/dimensions";
import { rowGroups } from "./groups";
import { type MetricTally, unknownOf } from "./scan/metric-tally";
import type { Filters } from "./schema";
import type { RatioSums } from "./statistics/ratio-interval";
import { addSums, type FactorCell, standardisedFactor } from "./statistics/standardised-factor";
import type { Group } from "./types";

/** What a factor's cells are told apart by, besides what was asked for. */
const CELL_DIMENSIONS = ["authorKind", "category"] as const satisfies readonly Dimension[];

/** The groups that a factor is counted by, so that those that were asked for can be put together of them. */
export function cellGroups(groupBy: readonly Dimension[]): Dimension[] {
  return [...new Set<Dimension>([...groupBy, ...CELL_DIMENSIONS])];
}

/** What was counted of one group in one bucket. */
export interface FactorTally {
  n: number;
  excluded: Record<string, number>;
  factor: ReturnType<typeof standardisedFactor>;
}

type Arm = "first" | "second";
const armOf = (kind: string | undefined): Arm | null =>
  kind === "agent" || kind === "assisted" ? "first" : kind === "human" ? "second" : null;

interface OuterGroup {
  group: Group;
  /** Codes of the cells, by kind of work and arm. */
  cells: Map<string, Record<Arm, number[]>>;
}

/** The groups that were asked for, in their order, each with the cells that it is made of. */
function outerGroups({ groups: space, numerators }: MetricTally, groupBy: readonly Dimension[], filters: Filters) {
  const outer = new Map<string, OuterGroup>();
  for (const code of rowGroups(space, numerators.groups, filters)) {
    const cell = space.groupOf(code);
    const group = Object.fromEntries(groupBy.map((dimension) => [dimension, cell[dimension]])) as Group;
    const key = JSON.stringify(group);
    const known = outer.get(key) ?? { group, cells: new Map() };
    outer.set(key, known);
    const arm = armOf(cell.authorKind);
    if (arm === null) continue;
    const category = cell.category ?? "";
    const arms = known.cells.get(category) ?? { first: [], second: [] };
    known.cells.set(category, arms);
    arms[arm].push(code);
  }
  return [...outer.values()];
}

function readSums(
  { denominators, numerators }: MetricTally,
  codes: readonly number[],
  bucket: number,
  buckets: number,
) {
  return addSums(
    codes.flatMap((code): RatioSums[] => {
      const [above, below] = [numerators.find(code), denominators.find(code)];
      if (above < 0 || below < 0) return [];
      const at = below * buckets + bucket;
      const sums: RatioSums = { n: denominators.n[at] as number, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
      denominators.readDenominatorSums(at, sums);
      numerators.readNumeratorSums(above * buckets + bucket, sums);
      return [sums];
    }),
  );
}

/** What was left out of some cells, by reason. */
function excludedOf(
  { definition, denominators }: MetricTally,
  codes: readonly number[],
  bucket: number,
  buckets: number,
) {
  const excluded: Record<string, number> = {};
  for (const code of codes) {
    const below = denominators.find(code);
    if (below < 0) continue;
    const own = denominators.excludedAt(below * buckets + bucket, unknownOf(definition));
    for (const [reason, count] of Object.entries(own)) excluded[reason] = (excluded[reason] ?? 0) + count;
  }
  return excluded;
}

/** A factor's groups in order, each with what was counted for it in a bucket. */
export function factorTallies(
  metric: MetricTally,
  asked: { groupBy: readonly Dimension[]; filters: Filters; buckets: number },
): { group: Group; tallyIn: (bucket: number) => FactorTally }[] {
  const { buckets, filters, groupBy } = asked;
  return outerGroups(metric, groupBy, filters).map(({ cells, group }) => ({
    group,
    tallyIn: (bucket) => {
      const arms = [...cells.values()];
      const sums = arms.map(
        ({ first, second }): FactorCell => ({
          first: readSums(metric, first, bucket, buckets),
          second: readSums(metric, second, bucket, buckets),
        }),
      );
      return {
        n: sums.reduce((sum, { first, second }) => sum + first.n + second.n, 0),
        excluded: excludedOf(
          metric,
          arms.flatMap(({ first, second }) => [...first, ...second]),
          bucket,
          buckets,
        ),
        factor: standardisedFactor(sums),
      };
    },
  }));
}
