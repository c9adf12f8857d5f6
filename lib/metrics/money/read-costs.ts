import type { Scope } from "@/lib/auth/scope";
import { dayOf } from "@/lib/core/zoned-time";
import { openFacts } from "@/lib/metrics/columns/store";
import { resolvePeriod, resolveTimeZone } from "@/lib/metrics/period";
import { selectPullRequests } from "@/lib/metrics/selection";
import { costItemOf } from "./cost-days";
import type { MoneyQuery } from "./schema";
import type { CostItemName, CostReport, CostShare, CurrencyCosts } from "./types";

/** Sums by name; whole minor units. */
class Shares {
  private readonly sums = new Map<string, { minor: bigint; entries: number }>();

  add(name: string, minor: bigint, entries: number): void {
    const own = this.sums.get(name) ?? { minor: 0n, entries: 0 };
    this.sums.set(name, { minor: own.minor + minor, entries: own.entries + entries });
  }

  /** The largest first. */
  list(): CostShare[] {
    return [...this.sums]
      .sort(([a, { minor: first }], [b, { minor: second }]) =>
        first === second ? (a < b ? -1 : 1) : first > second ? -1 : 1,
      )
      .map(([name, { entries, minor }]) => ({ name, minor: String(minor), entries }));
  }
}

class CurrencySums {
  private total = 0n;
  private entries = 0;
  private readonly months = new Map<string, Map<CostItemName, bigint>>();
  readonly byItem = new Shares();
  readonly byTeam = new Shares();
  readonly byAgent = new Shares();
  readonly byProvider = new Shares();

  add(
    {
      agent,
      item,
      month,
      provider,
      team,
    }: Record<"month" | "team" | "agent" | "provider", string> & {
      item: CostItemName;
    },
    minor: bigint,
    entries: number,
  ): void {
    this.total += minor;
    this.entries += entries;
    const own = this.months.get(month) ?? new Map<CostItemName, bigint>();
    this.months.set(month, own.set(item, (own.get(item) ?? 0n) + minor));
    this.byItem.add(item, minor, entries);
    this.byTeam.add(team, minor, entries);
    this.byAgent.add(agent, minor, entries);
    this.byProvider.add(provider, minor, entries);
  }

  report(currency: string): CurrencyCosts {
    return {
      currency,
      total: String(this.total),
      entries: this.entries,
      months: [...this.months]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([month, byItem]) => ({
          month,
          byItem: Object.fromEntries([...byItem].map(([item, minor]) => [item, String(minor)])),
        })),
      byItem: this.byItem.list(),
      byTeam: this.byTeam.list(),
      byAgent: this.byAgent.list(),
      byProvider: this.byProvider.list(),
    };
  }
}

/**
 * What was paid in a period, by what it was paid for, team, agent and provider, exact to the minor unit. Currencies are never
 * added up.
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered
 */
export async function readCosts(scope: Scope, asked: MoneyQuery): Promise<CostReport> {
  const { directory, money } = await openFacts(scope);
  const selection = selectPullRequests(directory, asked.filters);
  const timeZone = resolveTimeZone(asked.timeZone, selection.orgs);
  const period = resolvePeriod(asked, timeZone);
  const [from, to] = [period.from.getTime(), period.to.getTime()];
  const slugs = new Map(directory.teams.map(({ id, slug }) => [id, slug]));
  const agents = new Map(directory.agents.map(({ code, key }) => [code, key]));
  const teams = selection.narrowings.get("team");
  const sums = new Map<string, CurrencySums>();
  for (const { id: orgId, timeZone: zone } of selection.orgs) {
    for (const day of money?.costs.get(orgId)?.values() ?? []) {
      if (day.at < from || day.at >= to) continue;
      const month = dayOf(new Date(day.at), zone).slice(0, 7);
      for (let index = 0; index < day.amounts.length; index += 1) {
        const teamId = day.teams[index] as number;
        if (teams?.by === "team" && !teams.ids.has(teamId === 0 ? null : teamId)) continue;
        const currency = day.currencies[index] as string;
        const own = sums.get(currency) ?? new CurrencySums();
        sums.set(currency, own);
        own.add(
          {
            month,
            item: costItemOf(day.items[index] as number),
            team: slugs.get(teamId) ?? "",
            agent: agents.get(day.agents[index] as number) ?? "",
            provider: day.providers[index] as string,
          },
          BigInt(day.amounts[index] as number),
          day.entries[index] as number,
        );
      }
    }
  }
  return { currencies: [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, own]) => own.report(currency)) };
}
