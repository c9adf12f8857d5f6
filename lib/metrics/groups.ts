import {
  AUTHOR_KINDS,
  CATEGORIES,
  CATEGORY_SEVERITY,
  type Dimension,
  SEVERITIES,
  SIZE_BUCKETS,
} from "@/lib/core/dimensions";
import { FAILURE_CAUSES } from "@/lib/core/failure-causes";
import type { GroupSpace } from "./scan/group-space";
import type { Filters } from "./schema";
import type { Group } from "./types";

/** Words that a row shows only when something has them: there is no row of automation that nothing was in. */
const ONLY_WHEN_SEEN = new Set<string>(["automation", "unknown"]);

function closedWords(dimension: Dimension, filters: Filters): readonly string[] | null {
  switch (dimension) {
    case "authorKind":
      return filters.authorKind ?? AUTHOR_KINDS;
    case "category":
      return CATEGORIES.filter(
        (category) =>
          (filters.category?.includes(category) ?? true) &&
          (filters.severity?.includes(CATEGORY_SEVERITY[category]) ?? true),
      );
    case "severity":
      return filters.severity ?? SEVERITIES;
    case "sizeBucket":
      return filters.sizeBucket ?? SIZE_BUCKETS;
    case "cause":
      return FAILURE_CAUSES.filter((cause) => filters.cause?.includes(cause) ?? true);
    default:
      return null;
  }
}

/** The values that a filter names of a dimension without closed words. */
function namedValues(dimension: Dimension, filters: Filters): readonly string[] {
  const named = dimension === "org" || dimension === "repo" || dimension === "team" || dimension === "agent";
  return named ? (filters[dimension] ?? []) : [];
}

const ORDERS: Partial<Record<Dimension, readonly string[]>> = {
  authorKind: AUTHOR_KINDS,
  category: CATEGORIES,
  severity: SEVERITIES,
  sizeBucket: SIZE_BUCKETS,
  cause: FAILURE_CAUSES,
};

/** Positions of a dimension's labels in the order of rows: the vocabulary's, or by text. */
function inOrder(dimension: Dimension, labels: readonly string[]): number[] {
  const order = ORDERS[dimension];
  const positions = labels.map((_, position) => position);
  if (order !== undefined)
    return positions.sort((a, b) => order.indexOf(labels[a] ?? "") - order.indexOf(labels[b] ?? ""));
  return positions.sort(
    (a, b) => Number((labels[a] ?? "") > (labels[b] ?? "")) - Number((labels[a] ?? "") < (labels[b] ?? "")),
  );
}

const consistent = ({ category, severity }: Group) =>
  category === undefined ||
  severity === undefined ||
  CATEGORIES.every((word) => word !== category || CATEGORY_SEVERITY[word] === severity);

/** Numbers of every combination of the closed words that rows are filled up with. */
function closedCombinations(space: GroupSpace, closed: readonly Dimension[], filters: Filters): number[] {
  const groups = closed.reduce<Group[]>(
    (partial, dimension) => {
      const words = (closedWords(dimension, filters) ?? []).filter((word) => !ONLY_WHEN_SEEN.has(word));
      return partial.flatMap((group) => words.map((word) => ({ ...group, [dimension]: word })));
    },
    [{}],
  );
  return groups.filter(consistent).map((group) => space.sumOf(closed, group));
}

/** Sorts groups by their dimensions, the first one first. */
function sorted(space: GroupSpace, codes: ReadonlySet<number>): number[] {
  const orders = space.groupBy.map((dimension) => inOrder(dimension, space.labelsOf(dimension)));
  const ranks = orders.map((order) => {
    const rankOf = new Int32Array(order.length);
    for (const [rank, position] of order.entries()) rankOf[position] = rank;
    return rankOf;
  });
  const { groupBy } = space;
  const strides = groupBy.map((dimension) => space.strideOf(dimension));
  const sizes = orders.map(({ length }) => length);
  // One number per group, in which the first dimension weighs most, so that sorting them sorts the groups.
  const keys = new Float64Array(codes.size);
  let at = 0;
  for (const code of codes) {
    let key = 0;
    for (let index = 0; index < groupBy.length; index += 1) {
      const [size, stride] = [sizes[index] as number, strides[index] as number];
      key = key * size + ((ranks[index] as Int32Array)[Math.floor(code / stride) % size] as number);
    }
    keys[at] = key;
    at += 1;
  }
  keys.sort();
  return Array.from(keys, (key) => {
    let rest = key;
    let code = 0;
    for (let index = groupBy.length - 1; index >= 0; index -= 1) {
      const size = sizes[index] as number;
      code += ((orders[index] as number[])[rest % size] as number) * (strides[index] as number);
      rest = Math.floor(rest / size);
    }
    return code;
  });
}

/**
 * Numbers of the groups that a metric has rows for, in order: what was seen, and every word of a closed vocabulary, so
 * that an empty category is there; and what a filter names, so that a repository without pull requests is there too.
 */
export function rowGroups(space: GroupSpace, seen: readonly number[], filters: Filters): number[] {
  const open = space.groupBy.filter((dimension) => closedWords(dimension, filters) === null);
  const closed = space.groupBy.filter((dimension) => !open.includes(dimension));
  const onlyWhenSeen = space.groupBy.map((dimension) => ({
    dimension,
    marked: space.labelsOf(dimension).map((label) => ONLY_WHEN_SEEN.has(label)),
  }));
  const codes = new Set<number>();
  const bases = new Set<number>();
  for (const code of seen) {
    bases.add(space.keep(code, open));
    if (onlyWhenSeen.some(({ dimension, marked }) => marked[space.positionIn(code, dimension)])) codes.add(code);
  }
  const [only] = open;
  if (only === undefined) bases.add(0);
  else if (open.length === 1) {
    for (const value of namedValues(only, filters)) {
      const position = space.labelsOf(only).indexOf(value);
      if (position >= 0) bases.add(position * space.strideOf(only));
    }
  }
  const filled = closedCombinations(space, closed, filters);
  for (const base of bases) for (const code of filled) codes.add(base + code);
  return sorted(space, codes);
}
