import { AUTHOR_KINDS, CATEGORIES, type Dimension } from "@/lib/core/dimensions";
import type { MetricsQuery } from "@/lib/metrics/schema";
import type { DimensionValues, MetricDescriptor, MetricFilters } from "@/lib/metrics/types";
import type { Random } from "@/prisma/seed/random";

/** The dimensions that a page filters by. */
const FILTERS = ["team", "repo", "agent", "authorKind", "category"] as const;
type FilterDimension = (typeof FILTERS)[number];
const MOST_FILTERS = 3;
/** Chance that a filter names a second and a third value. */
const FURTHER_VALUE = 0.3;

/** One question to one metric: twelve months in weekly buckets. */
export interface QueryCase {
  /** `rollback_rate_7d by team where agent, category`; without filters it is the name that a peer may use. */
  name: string;
  metric: string;
  filters: readonly FilterDimension[];
  groupBy: readonly Dimension[];
  query: MetricsQuery;
}

/** All subsets of at most `most` items, in the order of the list, the empty one first. */
export function subsets<One>(items: readonly One[], most: number): One[][] {
  const sets: One[][] = [[]];
  for (const item of items) {
    sets.push(...sets.filter((set) => set.length < most).map((set) => [...set, item]));
  }
  return sets;
}

/** What can be asked for in a filter, by dimension. */
type FilterValues = Readonly<Record<FilterDimension, readonly string[]>>;

function valuesOf({ teams, repos, agents }: DimensionValues): FilterValues {
  return {
    team: teams.map(({ value }) => value),
    repo: repos.map(({ value }) => value),
    agent: agents.map(({ value }) => value),
    authorKind: AUTHOR_KINDS,
    category: CATEGORIES,
  };
}

function drawFilters(dimensions: readonly FilterDimension[], values: FilterValues, random: Random): MetricFilters {
  return Object.fromEntries(
    dimensions.map((dimension) => {
      const more = random.chance(FURTHER_VALUE) ? random.int(2, 3) : 1;
      return [dimension, random.sample(values[dimension], more)];
    }),
  );
}

export interface QueryPeriod {
  from: string;
  to: string;
}

function makeCase(
  { id }: MetricDescriptor,
  filters: readonly FilterDimension[],
  groupBy: readonly Dimension[],
  drawn: MetricFilters,
  period: QueryPeriod,
): QueryCase {
  const by = groupBy.length === 0 ? "" : ` by ${groupBy.join(", ")}`;
  const where = filters.length === 0 ? "" : ` where ${filters.join(", ")}`;
  return {
    name: `${id}${by}${where}`,
    metric: id,
    filters,
    groupBy,
    query: { metrics: [id], ...period, grain: "week", groupBy: [...groupBy], filters: drawn },
  };
}

/**
 * Questions to every metric that is registered: all without a filter by nothing and by each dimension, then a seeded
 * choice of filters (none to three) crossed with groups (none to two).
 * @param most how many in all; the first part is never cut
 */
export function queryCases(
  metrics: readonly MetricDescriptor[],
  dimensions: DimensionValues,
  period: QueryPeriod,
  most: number,
  random: Random,
): QueryCase[] {
  const values = valuesOf(dimensions);
  const usable = FILTERS.filter((dimension) => values[dimension].length > 0);
  const plain: QueryCase[] = [];
  const crossed: (() => QueryCase)[] = [];
  for (const metric of metrics) {
    for (const groupBy of subsets(metric.dimensions, 2)) {
      for (const filters of subsets(usable, MOST_FILTERS)) {
        if (filters.length === 0 && groupBy.length < 2) plain.push(makeCase(metric, filters, groupBy, {}, period));
        else {
          crossed.push(() => makeCase(metric, filters, groupBy, drawFilters(filters, values, random), period));
        }
      }
    }
  }
  const chosen = random.sample(crossed, Math.max(0, most - plain.length));
  return [...plain, ...chosen.map((make) => make())];
}
