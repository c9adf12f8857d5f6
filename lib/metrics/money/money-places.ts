import { UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import type { FactView } from "@/lib/metrics/columns/store";
import type { Coverage } from "@/lib/metrics/coverage";
import type { MetricsQuery } from "@/lib/metrics/schema";
import type { Selection } from "@/lib/metrics/selection";
import type { Group, MetricsResponse } from "@/lib/metrics/types";

/** What the models of a query are made from. */
export interface MoneyFrame {
  view: FactView;
  selection: Selection;
  query: MetricsQuery;
  timeZone: string;
  coverageOfGroup: (group: Group) => Coverage | null;
  ask: (query: MetricsQuery) => MetricsResponse;
}

/** A team, or what is merged in none, of one organisation. */
export interface Place {
  org: string;
  orgId: number;
  /** Slug; null: in no team. */
  team: string | null;
  /** Small teams that are shown as one have several. */
  teamIds: readonly number[];
}

/** The groups that merged something in the period, whether anything was paid for them or not. */
export function mergingGroups({ filters, from, groupBy, timeZone, to }: MetricsQuery, ask: MoneyFrame["ask"]): Group[] {
  const { results } = ask({
    from,
    to,
    grain: null,
    groupBy,
    metrics: ["agent_prs_merged"],
    filters,
    ...(timeZone !== undefined && { timeZone }),
  });
  return (results[0]?.rows ?? []).map(({ group }) => group);
}

/** Every team that may have a part: those that merged or paid something, those with people, and of no team. */
export function placesOf({ selection, view }: MoneyFrame, seen: readonly Group[]): Place[] {
  const { plans } = view.money ?? { plans: null };
  return selection.orgs.flatMap(({ id: orgId, slug: org }) => {
    const idsOf = new Map<string, number[]>();
    for (const team of view.directory.teams) {
      if (team.orgId === orgId) idsOf.set(team.slug, [...(idsOf.get(team.slug) ?? []), team.id]);
    }
    const allocation = plans?.allocations.get(orgId) ?? "pull_requests";
    const merging = seen.flatMap((group) => (group.org === org && group.team !== undefined ? [group.team] : []));
    const named = new Set(allocation === "people" || allocation === "seats" ? [...merging, ...idsOf.keys()] : merging);
    const places: Place[] = [...named]
      .filter((team) => team !== UNASSIGNED_TEAM)
      .sort()
      .map((team) => ({ org, orgId, team, teamIds: idsOf.get(team) ?? [] }));
    if (named.has(UNASSIGNED_TEAM)) places.push({ org, orgId, team: null, teamIds: [] });
    return places;
  });
}
