import type { Scope } from "@/lib/auth/scope";
import { openFacts } from "@/lib/metrics/columns/store";
import { dayCosts } from "./cost-lines";
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
  const sums = new Map<string, CurrencySums>();
  for (const { agent, currency, day, entries, item, minor, provider, team } of dayCosts(
    await openFacts(scope),
    asked,
  )) {
    const own = sums.get(currency) ?? new CurrencySums();
    sums.set(currency, own);
    const place = { month: day.slice(0, 7), item, team: team ?? "", agent: agent?.key ?? "", provider };
    own.add(place, BigInt(minor), entries);
  }
  return { currencies: [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, own]) => own.report(currency)) };
}
