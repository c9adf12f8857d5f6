import {
  AUTHOR_KINDS,
  CATEGORIES,
  CATEGORY_SEVERITY,
  type Dimension,
  SEVERITIES,
  SIZE_BUCKETS,
  UNASSIGNED_TEAM,
} from "@/lib/core/dimensions";
import type { CellKeys } from "./cell-keys";
import type { Directory } from "./directory";
import type { Filters } from "./schema";
import type { MetricRow } from "./types";
import { authorKindOf, categoryOf, sizeBucketNameOf, UNKNOWN_AGENT } from "./vocabulary";

export type Group = MetricRow["group"];

/** Reads the values of a cell's group; several for an agent mask, none where a dimension does not apply. */
export type GroupReader = (dimension: Dimension, cell: CellKeys) => string[];

const AGENT_AUTHORED = new Set(["agent", "assisted"]);

function defined<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("The statement did not return a key that the query groups by");
  return value;
}

/** A reader of group values for what the scope may name. */
export function createGroupReader(directory: Directory): GroupReader {
  const orgs = new Map(directory.orgs.map(({ id, slug }) => [id, slug]));
  const repos = new Map(directory.repos.map(({ id, value }) => [id, value]));
  const teams = new Map(directory.teams.map(({ id, slug }) => [id, slug]));
  const agentsOf = (cell: CellKeys): string[] => {
    const mask = BigInt(defined(cell.agent_mask));
    if (mask === 0n) return AGENT_AUTHORED.has(authorKindOf(defined(cell.author_kind))) ? [UNKNOWN_AGENT] : [];
    return directory.agents.filter(({ code }) => ((mask >> BigInt(code)) & 1n) === 1n).map(({ key }) => key);
  };
  const one = (value: string | undefined) => (value === undefined ? [] : [value]);
  const readers: Readonly<Record<Dimension, (cell: CellKeys) => string[]>> = {
    org: (cell) => one(orgs.get(defined(cell.org_id))),
    repo: (cell) => one(repos.get(defined(cell.repo_id))),
    team: ({ team_id }) => one(team_id === null ? UNASSIGNED_TEAM : (teams.get(defined(team_id)) ?? UNASSIGNED_TEAM)),
    agent: agentsOf,
    authorKind: (cell) => [authorKindOf(defined(cell.author_kind))],
    category: (cell) => [categoryOf(defined(cell.category))],
    severity: (cell) => [CATEGORY_SEVERITY[categoryOf(defined(cell.category))]],
    sizeBucket: (cell) => [sizeBucketNameOf(defined(cell.size_bucket))],
    environment: () => [],
  };
  return (dimension, cell) => readers[dimension](cell);
}

/** Every group of a cell: one per combination, several only where an agent mask names several agents. */
export function groupsOf(cell: CellKeys, groupBy: readonly Dimension[], read: GroupReader): Group[] {
  return groupBy.reduce<Group[]>(
    (groups, dimension) =>
      groups.flatMap((group) => read(dimension, cell).map((value) => ({ ...group, [dimension]: value }))),
    [{}],
  );
}

/** A text that two groups share exactly when they agree on these dimensions. */
export function groupKey(group: Group, groupBy: readonly Dimension[]): string {
  return JSON.stringify(groupBy.map((dimension) => group[dimension] ?? null));
}

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
    default:
      return null;
  }
}

const ORDERS: Partial<Record<Dimension, readonly string[]>> = {
  authorKind: AUTHOR_KINDS,
  category: CATEGORIES,
  severity: SEVERITIES,
  sizeBucket: SIZE_BUCKETS,
};

function compareGroups(a: Group, b: Group, groupBy: readonly Dimension[]): number {
  for (const dimension of groupBy) {
    const [left = "", right = ""] = [a[dimension], b[dimension]];
    const order = ORDERS[dimension];
    const difference = order ? order.indexOf(left) - order.indexOf(right) : Number(left > right) - Number(left < right);
    if (difference !== 0) return difference;
  }
  return 0;
}

const consistent = ({ category, severity }: Group) =>
  category === undefined ||
  severity === undefined ||
  CATEGORIES.every((word) => word !== category || CATEGORY_SEVERITY[word] === severity);

/**
 * The groups that a metric has rows for, in order: what was seen, and every word of a closed vocabulary, so that an
 * empty category is there; and what a filter names, so that a repository without pull requests is there too.
 */
export function rowGroups(seen: readonly Group[], groupBy: readonly Dimension[], filters: Filters): Group[] {
  const open = groupBy.filter((dimension) => closedWords(dimension, filters) === null);
  const groups = new Map<string, Group>();
  const bases = new Map<string, Group>();
  for (const group of seen) {
    const base = Object.fromEntries(open.map((dimension) => [dimension, group[dimension]])) as Group;
    bases.set(groupKey(base, open), base);
    if (groupBy.some((dimension) => ONLY_WHEN_SEEN.has(group[dimension] ?? ""))) {
      groups.set(groupKey(group, groupBy), group);
    }
  }
  const [only] = open;
  if (only === undefined) bases.set("", {});
  if (open.length === 1 && only !== undefined) {
    const named = only === "org" || only === "repo" || only === "team" || only === "agent" ? filters[only] : undefined;
    for (const value of named ?? []) bases.set(groupKey({ [only]: value }, open), { [only]: value });
  }
  for (const base of bases.values()) {
    const filled = groupBy.reduce<Group[]>(
      (partial, dimension) => {
        const words = closedWords(dimension, filters)?.filter((word) => !ONLY_WHEN_SEEN.has(word));
        return words === undefined
          ? partial
          : partial.flatMap((group) => words.map((word) => ({ ...group, [dimension]: word })));
      },
      [base],
    );
    for (const group of filled.filter(consistent)) groups.set(groupKey(group, groupBy), group);
  }
  return [...groups.values()].sort((a, b) => compareGroups(a, b, groupBy));
}
