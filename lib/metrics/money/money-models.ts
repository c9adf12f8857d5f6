import { Decimal } from "@/lib/core/decimal";
import { UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import { dayOf } from "@/lib/core/zoned-time";
import type { FactView } from "@/lib/metrics/columns/store";
import type { Coverage } from "@/lib/metrics/coverage";
import { rowGroups } from "@/lib/metrics/groups";
import type { Bucket } from "@/lib/metrics/rows";
import { DimensionLabels, GroupSpace } from "@/lib/metrics/scan/group-space";
import type { MetricsQuery } from "@/lib/metrics/schema";
import type { Selection } from "@/lib/metrics/selection";
import type { Group, MetricsResponse } from "@/lib/metrics/types";
import { groupModel } from "./group-model";
import { measureInputs } from "./measured";
import { NO_COSTS, sumCosts } from "./sum-costs";
import type { GroupModel } from "./types";

/** What the models of a query are made from. */
export interface MoneyFrame {
  view: FactView;
  selection: Selection;
  query: MetricsQuery;
  timeZone: string;
  coverageOfGroup: (group: Group) => Coverage | null;
  ask: (query: MetricsQuery) => MetricsResponse;
}

/** One group of a query with the model of each of its buckets. */
export interface GroupModels {
  group: Group;
  modelIn: (bucket: number) => GroupModel;
}

/** The team that a group is, where it is one. */
function teamOf({ selection, view }: MoneyFrame, { org, team }: Group): { orgId: number; id: number } | null {
  if (team === undefined || team === UNASSIGNED_TEAM) return null;
  const orgs = new Set(selection.orgs.flatMap(({ id, slug }) => (org === undefined || slug === org ? id : [])));
  const [only, other] = view.directory.teams.filter(({ orgId, slug }) => slug === team && orgs.has(orgId));
  return only === undefined || other !== undefined ? null : { orgId: only.orgId, id: only.id };
}

/** The one team that a filter leaves of a query, so that what was said of it holds for the whole answer. */
function filteredTeam(frame: MoneyFrame): { orgId: number; id: number } | null {
  const [only, other] = frame.query.filters.team ?? [];
  return only === undefined || other !== undefined ? null : teamOf(frame, { team: only });
}

const NOT_SHOWN: GroupModel = {
  currency: null,
  inputs: null,
  missing: [],
  said: [],
  reason: "money is shown to finance and administrators",
  spending: null,
};

/** The groups of a query about money, in their order. */
export function moneyModels(frame: MoneyFrame, buckets: readonly Bucket[]): GroupModels[] {
  const { coverageOfGroup, query, selection, timeZone, view } = frame;
  const space = new GroupSpace(query.groupBy, new DimensionLabels(view.directory));
  const { money } = view;
  if (money === null) {
    return rowGroups(space, [], query.filters).map((code) => ({
      group: space.groupOf(code),
      modelIn: () => NOT_SHOWN,
    }));
  }
  const spans = buckets.map(({ end, from, start, to }) => ({ start: Math.max(start, from), end: Math.min(end, to) }));
  const measured = measureInputs(query, frame.ask);
  const costs = sumCosts({ costs: money.costs, space, selection, buckets: spans });
  const codes = rowGroups(space, [...new Set([...costs.keys(), ...groupsOf(frame, space)])], query.filters);
  const slugs = new Map(selection.orgs.map(({ id, slug }) => [slug, id]));
  const partIn = createParts(frame);
  return codes.map((code) => {
    const group = space.groupOf(code);
    const coverage = coverageOfGroup(group);
    const orgId = group.org === undefined ? undefined : slugs.get(group.org);
    const known = new Map<number, GroupModel>();
    const modelIn = (index: number): GroupModel => {
      const bucket = buckets[index] as Bucket;
      const span = spans[index] as { start: number; end: number };
      const end = Math.min(span.end, coverage?.to.getTime() ?? span.end);
      const start = Math.max(span.start, coverage?.from?.getTime() ?? span.start);
      const own = measured(bucket.label, group);
      return groupModel({
        plans: money.plans,
        part: partIn(bucket.label, group, own.merged),
        orgIds: orgId === undefined ? selection.orgs.map(({ id }) => id) : [orgId],
        team: teamOf(frame, group) ?? filteredTeam(frame),
        // What holds on the last day of the period.
        day: dayOf(new Date(span.end - 1), timeZone),
        observed: Math.max(0, end - start),
        measured: own,
        costs: costs.get(code)?.[index] ?? NO_COSTS,
      });
    };
    return {
      group,
      modelIn: (index) => {
        const model = known.get(index) ?? modelIn(index);
        known.set(index, model);
        return model;
      },
    };
  });
}

/**
 * Which part of its organisations’ pull requests of agents a group merged: by it what is paid for all of them is shared out.
 * All of it where nothing parts them, and where nothing was merged.
 */
function createParts({ ask, query }: MoneyFrame): (bucket: string | null, group: Group, merged: number) => Decimal {
  const { filters, from, grain, groupBy, timeZone, to } = query;
  if (!groupBy.includes("team") && filters.team === undefined) return () => new Decimal(1);
  const { results } = ask({
    from,
    to,
    grain,
    groupBy: ["org"],
    metrics: ["agent_prs_merged"],
    filters: { ...(filters.org && { org: filters.org }), authorKind: ["agent", "assisted"] },
    ...(timeZone !== undefined && { timeZone }),
  });
  const rows = results[0]?.rows ?? [];
  return (bucket, group, merged) => {
    const all = rows
      .filter((row) => row.bucket === bucket && (group.org === undefined || row.group.org === group.org))
      .reduce((sum, { value }) => sum + (value ?? 0), 0);
    return all === 0 ? new Decimal(1) : new Decimal(merged).div(all);
  };
}

/** Numbers of the groups that merged something in the period, whether anything was paid for them or not. */
function groupsOf({ ask, query }: MoneyFrame, space: GroupSpace): number[] {
  const { filters, from, groupBy, timeZone, to } = query;
  if (groupBy.length === 0) return [];
  const { results } = ask({
    from,
    to,
    grain: null,
    groupBy,
    metrics: ["agent_prs_merged"],
    filters,
    ...(timeZone !== undefined && { timeZone }),
  });
  return (results[0]?.rows ?? []).map(({ group }) => space.sumOf(groupBy, group));
}
