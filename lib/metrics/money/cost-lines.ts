import type { Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/core/errors";
import { toMajor } from "@/lib/core/money";
import { dayOf } from "@/lib/core/zoned-time";
import { type FactView, openFacts } from "@/lib/metrics/columns/store";
import { resolvePeriod, resolveTimeZone } from "@/lib/metrics/period";
import { selectPullRequests } from "@/lib/metrics/selection";
import { NO_MONEY_PLANS } from "./assumptions";
import { CentresOfTeams, type TeamCentre } from "./cost-centres";
import { costBasisOf, costItemOf, seesMoney } from "./cost-days";
import { Exchange } from "./exchange";
import type { MoneyQuery } from "./schema";
import type { CostBasis, CostItemName } from "./types";

/** What was paid on one day for the same thing, as it is kept. */
export interface DayCost {
  org: { slug: string; name: string; fiscalStart: number };
  /** Of the organisation's calendar, `2026-01-31`. */
  day: string;
  /** Whole minor units, of the currency that is planned in where its worth in that is known. */
  minor: number;
  currency: string;
  /** What it was paid in, where that is another currency, and the rate of its month; null: nothing was converted. */
  paid: { minor: number; currency: string; rate: string } | null;
  item: CostItemName;
  provider: string;
  /** Slug; null: of no team. */
  team: string | null;
  /** That its team is of on the day; null: of none. */
  centre: { code: string; name: string } | null;
  agent: { key: string; name: string } | null;
  entries: number;
  basis: CostBasis;
  /** Whether it counts, or the same cost is known better. */
  counts: boolean;
}

/**
 * What was paid in a period, by organisation and day.
 * @param which what counts, or also what is known better by other entries
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered
 */
export function dayCosts(
  { directory, money }: FactView,
  asked: MoneyQuery,
  which: "counted" | "all" = "counted",
): Iterable<DayCost> {
  const selection = selectPullRequests(directory, asked.filters);
  const period = resolvePeriod(asked, resolveTimeZone(asked.timeZone, selection.orgs));
  const [from, to] = [period.from.getTime(), period.to.getTime()];
  const slugs = new Map(directory.teams.map(({ id, slug }) => [id, slug]));
  const agents = new Map(directory.agents.map(({ code, key, name }) => [code, { key, name }]));
  const teams = selection.narrowings.get("team");
  function* costs(): Generator<DayCost> {
    const centres = new CentresOfTeams(money?.plans.costCentres ?? []);
    for (const { fiscalStart, id, name, slug, timeZone } of selection.orgs) {
      const exchange = new Exchange(money?.plans ?? NO_MONEY_PLANS, id);
      const days = [...(money?.costs.get(id)?.values() ?? [])].sort((a, b) => a.at - b.at);
      for (const day of days) {
        if (day.at < from || day.at >= to) continue;
        const named = dayOf(new Date(day.at), timeZone);
        for (let index = 0; index < day.amounts.length; index += 1) {
          const counts = day.counted?.[index] !== 0;
          if (which === "counted" && !counts) continue;
          const teamId = day.teams[index] as number;
          if (teams?.by === "team" && !teams.ids.has(teamId === 0 ? null : teamId)) continue;
          const paid = { minor: day.amounts[index] as number, currency: day.currencies[index] as string };
          const { currency, minor, rate } = exchange.convert(paid.minor, paid.currency, named.slice(0, 7));
          yield {
            org: { slug, name, fiscalStart },
            day: named,
            minor,
            currency,
            paid: rate === null ? null : { ...paid, rate },
            item: costItemOf(day.items[index] as number),
            provider: day.providers[index] as string,
            team: slugs.get(teamId) ?? null,
            // Of teams that are told of together nobody learns the centres of each.
            centre: slugs.has(teamId) ? centreOf(centres.on(teamId, named)) : null,
            agent: agents.get(day.agents[index] as number) ?? null,
            entries: day.entries[index] as number,
            basis: costBasisOf(day.bases[index] as number),
            counts,
          };
        }
      }
    }
  }
  return costs();
}

const centreOf = (centre: TeamCentre | null) => centre && { code: centre.code, name: centre.name };

/** What was paid on one day for the same thing, as it was paid; the amount in major units, exact. */
export type CostLineItem = Omit<DayCost, "minor" | "entries" | "paid" | "counts"> & { amount: string };

/**
 * What was paid in a period, line by line, in the currencies that it was paid in.
 * @throws {AppError} `forbidden` for whoever sees no money, `unprocessable` with the pointer of what cannot be answered
 */
export async function listCostLines(scope: Scope, asked: MoneyQuery): Promise<Iterable<CostLineItem>> {
  if (!seesMoney(scope))
    throw new AppError({ code: "forbidden", message: "Money is shown to finance and administrators." });
  const costs = dayCosts(await openFacts(scope), asked);
  function* lines(): Generator<CostLineItem> {
    for (const { counts: _, entries: __, minor, paid, ...line } of costs) {
      const was = paid ?? { minor, currency: line.currency };
      yield { ...line, currency: was.currency, amount: toMajor(String(was.minor), was.currency).toFixed() };
    }
  }
  return lines();
}
