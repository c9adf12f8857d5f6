import { dayOf } from "@/lib/core/zoned-time";
import type { GroupSpace } from "@/lib/metrics/scan/group-space";
import type { Selection } from "@/lib/metrics/selection";
import type { MoneyPlans } from "./assumptions";
import { COST_ITEMS, type CostItem, type Costs, costBasisOf, costItemOf } from "./cost-days";
import { Exchange } from "./exchange";

/** What was paid in one bucket of one group, in whole minor units. */
export interface CostSums {
  /** By what it was paid for; what is of an agent by itself, and what is of all work. */
  byItem: Readonly<Record<CostItem, { ofAgents: number; ofAll: number }>>;
  /** After what is paid in another currency than is planned in was converted. */
  currencies: ReadonlySet<string>;
  /** Rates that are not known, such as `USD 2026-03`. */
  lacking: ReadonlySet<string>;
  entries: number;
  /** Items some of which are estimated and not billed or metered. */
  estimated: ReadonlySet<CostItem>;
}

interface MutableSums extends CostSums {
  byItem: Record<CostItem, { ofAgents: number; ofAll: number }>;
  currencies: Set<string>;
  lacking: Set<string>;
  estimated: Set<CostItem>;
}

const emptySums = (): MutableSums => ({
  byItem: Object.fromEntries(COST_ITEMS.map((item) => [item, { ofAgents: 0, ofAll: 0 }])) as MutableSums["byItem"],
  currencies: new Set(),
  lacking: new Set(),
  entries: 0,
  estimated: new Set(),
});

export const NO_COSTS: CostSums = emptySums();

interface CostInput {
  costs: Costs;
  plans: MoneyPlans;
  space: GroupSpace;
  selection: Selection;
  /** In milliseconds, ascending. A day belongs to the bucket that it begins in. */
  buckets: readonly { start: number; end: number }[];
}

/** Adds up what was paid by group, which are numbers of `space`, and bucket, in the currencies that are planned in. */
export function sumCosts({ buckets, costs, plans, selection, space }: CostInput): Map<number, CostSums[]> {
  const teams = selection.narrowings.get("team");
  const sums = new Map<number, MutableSums[]>();
  for (const { id: orgId, timeZone } of selection.orgs) {
    const exchange = new Exchange(plans, orgId);
    // Costs have no repository: of the parts of a group only the organisation is asked.
    const ofOrg = space.ofRepo(orgId, -1);
    for (const day of costs.get(orgId)?.values() ?? []) {
      const bucket = buckets.findIndex(({ end, start }) => day.at >= start && day.at < end);
      if (bucket < 0) continue;
      const month = day.currencies.some((currency) => exchange.isForeign(currency))
        ? dayOf(new Date(day.at), timeZone).slice(0, 7)
        : "";
      for (let index = 0; index < day.amounts.length; index += 1) {
        if (day.counted?.[index] === 0) continue;
        const paidIn = day.currencies[index] as string;
        const { currency, isLacking, minor } = exchange.convert(day.amounts[index] as number, paidIn, month);
        const teamId = day.teams[index] === 0 ? null : (day.teams[index] as number);
        if (teams?.by === "team" && !teams.ids.has(teamId)) continue;
        for (const org of ofOrg) {
          for (const team of space.ofTeam(teamId)) {
            const own = sums.get(org + team) ?? buckets.map(emptySums);
            sums.set(org + team, own);
            const into = own[bucket] as MutableSums;
            const name = costItemOf(day.items[index] as number);
            const item = into.byItem[name];
            if (costBasisOf(day.bases[index] as number) === "estimated") into.estimated.add(name);
            item[(day.agents[index] as number) < 0 ? "ofAll" : "ofAgents"] += minor;
            into.currencies.add(currency);
            if (isLacking) into.lacking.add(`${paidIn} ${month}`);
            into.entries += day.entries[index] as number;
          }
        }
      }
    }
  }
  return sums;
}

/** Several sums as one. */
export function addCosts(all: readonly CostSums[]): CostSums {
  const total = emptySums();
  for (const { byItem, currencies, entries, estimated, lacking } of all) {
    for (const item of COST_ITEMS) {
      total.byItem[item].ofAgents += byItem[item].ofAgents;
      total.byItem[item].ofAll += byItem[item].ofAll;
    }
    for (const currency of currencies) total.currencies.add(currency);
    for (const one of lacking) total.lacking.add(one);
    for (const item of estimated) total.estimated.add(item);
    total.entries += entries;
  }
  return total;
}
