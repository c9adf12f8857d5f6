import type { Scope } from "@/lib/auth/scope";
import { openFacts } from "@/lib/metrics/columns/store";
import { selectPullRequests } from "@/lib/metrics/selection";
import { NO_MONEY_PLANS } from "./assumptions";
import { type DayCost, dayCosts } from "./cost-lines";
import { Exchange } from "./exchange";
import type { MoneyQuery } from "./schema";
import type {
  CostBasis,
  CostComparison,
  CostItemName,
  CostReport,
  CostShare,
  CurrencyCosts,
  ExchangedMonth,
} from "./types";

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
  readonly byCentre = new Shares();
  readonly byAgent = new Shares();
  readonly byProvider = new Shares();

  add(
    {
      agent,
      centre,
      item,
      month,
      provider,
      team,
    }: Record<"month" | "team" | "centre" | "agent" | "provider", string> & {
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
    this.byCentre.add(centre, minor, entries);
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
      byCentre: this.byCentre.list(),
      byAgent: this.byAgent.list(),
      byProvider: this.byProvider.list(),
    };
  }
}

/** How providers' bills compare with what was metered and estimated, by month. */
class Comparisons {
  private readonly months = new Map<
    string,
    { key: Omit<CostComparison, CostBasis | "counted">; sums: Map<string, bigint> }
  >();

  add({ basis, counts, currency, day, item, minor, provider }: DayCost): void {
    const key = { month: day.slice(0, 7), provider, item, currency };
    const name = JSON.stringify([key.month, provider.toLowerCase(), item, currency]);
    const own = this.months.get(name) ?? { key, sums: new Map<string, bigint>() };
    this.months.set(name, own);
    for (const into of [basis, ...(counts ? ["counted"] : [])])
      own.sums.set(into, (own.sums.get(into) ?? 0n) + BigInt(minor));
  }

  /** Those of which more than bills tell; the latest month first. */
  list(): CostComparison[] {
    return [...this.months]
      .filter(([, { sums }]) => [sums.get("metered"), sums.get("estimated")].some((sum) => (sum ?? 0n) !== 0n))
      .sort(([, a], [, b]) =>
        a.key.month === b.key.month ? (a.key.provider < b.key.provider ? -1 : 1) : a.key.month < b.key.month ? 1 : -1,
      )
      .map(([, { key, sums }]) => {
        const sumOf = (basis: string) => sums.get(basis)?.toString() ?? null;
        return {
          ...key,
          billed: sumOf("billed"),
          metered: sumOf("metered"),
          estimated: sumOf("estimated"),
          counted: sumOf("counted") ?? "0",
        };
      });
  }
}

/** What was paid in another currency than is planned in, by organisation, month and currency. */
class ExchangedMonths {
  private readonly months = new Map<
    string,
    { org: string; month: string; currency: string; minor: bigint; worth: bigint }
  >();

  constructor(private readonly exchanges: ReadonlyMap<string, Exchange>) {}

  add({ currency, day, minor, org: { slug: org }, paid }: DayCost): void {
    const was = paid ?? { minor, currency };
    if (this.exchanges.get(org)?.isForeign(was.currency) !== true) return;
    const month = day.slice(0, 7);
    const key = `${org} ${month} ${was.currency}`;
    const own = this.months.get(key) ?? { org, month, currency: was.currency, minor: 0n, worth: 0n };
    this.months.set(key, { ...own, minor: own.minor + BigInt(was.minor), worth: own.worth + BigInt(minor) });
  }

  /** The latest month first. */
  list(): ExchangedMonth[] {
    const all = [...this.months.values()].sort((a, b) =>
      a.month === b.month ? (`${a.org} ${a.currency}` < `${b.org} ${b.currency}` ? -1 : 1) : a.month < b.month ? 1 : -1,
    );
    return all.map(({ currency, minor, month, org, worth }) => {
      const exchange = this.exchanges.get(org);
      const rate = exchange?.rateOf(currency, month) ?? null;
      return {
        org,
        month,
        currency,
        minor: String(minor),
        into: exchange?.into ?? currency,
        rate: rate?.rate ?? null,
        converted: rate === null ? null : String(worth),
        said: rate === null ? null : { why: rate.why, by: rate.enteredBy, at: rate.enteredAt.toISOString() },
      };
    });
  }
}

/**
 * What was paid in a period, by what it was paid for, team, agent and provider, exact to the minor unit. What was paid in another
 * currency than is planned in is converted where the rate of its month is known; currencies are never added up otherwise.
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered
 */
export async function readCosts(scope: Scope, asked: MoneyQuery): Promise<CostReport> {
  const view = await openFacts(scope);
  const { orgs } = selectPullRequests(view.directory, asked.filters);
  const plans = view.money?.plans ?? NO_MONEY_PLANS;
  const exchanged = new ExchangedMonths(new Map(orgs.map(({ id, slug }) => [slug, new Exchange(plans, id)])));
  const sums = new Map<string, CurrencySums>();
  const comparisons = new Comparisons();
  for (const line of dayCosts(view, asked, "all")) {
    comparisons.add(line);
    if (!line.counts) continue;
    const { agent, centre, currency, day, entries, item, minor, provider, team } = line;
    exchanged.add(line);
    const own = sums.get(currency) ?? new CurrencySums();
    sums.set(currency, own);
    const place = { item, team: team ?? "", centre: centre?.code ?? "", agent: agent?.key ?? "", provider };
    own.add({ month: day.slice(0, 7), ...place }, BigInt(minor), entries);
  }
  return {
    currencies: [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, own]) => own.report(currency)),
    exchanged: exchanged.list(),
    comparisons: comparisons.list(),
    centres: plans.costCentres.flatMap(({ at, orgId, teamId, ...centre }) => {
      const org = orgs.find(({ id }) => id === orgId);
      const team = view.directory.teams.find(({ id }) => id === teamId);
      return org === undefined || team === undefined
        ? []
        : [{ ...centre, org: org.slug, team: team.slug, at: at.toISOString() }];
    }),
  };
}
