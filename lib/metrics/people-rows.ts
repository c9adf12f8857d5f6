import type { FactView } from "./columns/store";
import type { Coverage } from "./coverage";
import { rowGroups } from "./groups";
import { countPeople } from "./people/count-people";
import type { Bucket } from "./rows";
import { DimensionLabels, GroupSpace } from "./scan/group-space";
import type { MetricsQuery } from "./schema";
import type { Selection } from "./selection";
import type { Group } from "./types";

interface PeopleFrame {
  view: FactView;
  selection: Selection;
  query: MetricsQuery;
  coverageOfGroup: (group: Group) => Coverage | null;
}

/** People who were active, those of them with agents, and pull requests that name nobody on the roster. */
export interface PeopleTally {
  n: number;
  k: number;
  unnamed: number;
}

/** The groups of a metric that counts people, in their order, each with what was counted for it in a bucket. */
export function peopleTallies(
  { coverageOfGroup, query, selection, view }: PeopleFrame,
  buckets: readonly Bucket[],
): { group: Group; countIn: (bucket: number) => PeopleTally }[] {
  const { filters, groupBy } = query;
  const labels = new DimensionLabels(view.directory);
  const space = new GroupSpace(groupBy, labels);
  const wholes = new GroupSpace(
    groupBy.filter((dimension) => dimension !== "agent"),
    labels,
  );
  const slugs = new Map(selection.orgs.map(({ id, slug }) => [id, slug]));
  const { everybody, withAgents } = countPeople({
    tables: selection.orgs.flatMap(({ id }) => view.table(id) ?? []),
    space,
    wholes,
    selection,
    buckets: buckets.map(({ end, from, start, to }) => ({ start: Math.max(start, from), end: Math.min(end, to) })),
    // What was merged at the very instant up to which data exist is part of them.
    endOf: (orgId) => (coverageOfGroup({ org: slugs.get(orgId) ?? "" })?.to.getTime() ?? 0) + 1,
  });
  const seen = groupBy.includes("agent") ? withAgents : everybody;
  return rowGroups(space, [...seen.keys()], filters).map((code) => {
    const whole = everybody.get(space.codeIn(wholes, code));
    const own = withAgents.get(code);
    return {
      group: space.groupOf(code),
      countIn: (bucket) => ({
        n: whole?.people[bucket] ?? 0,
        k: own?.[bucket] ?? 0,
        unnamed: whole?.unnamed[bucket] ?? 0,
      }),
    };
  });
}
