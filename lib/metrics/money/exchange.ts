import { Decimal } from "@/lib/core/decimal";
import { toMajor, toMinor } from "@/lib/core/money";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** What one unit of a currency was worth in another in a month, as somebody said. */
export interface ExchangeRate {
  orgId: number;
  currency: string;
  into: string;
  /** `2026-03`. */
  month: string;
  /** Decimal text; null: what was said before is taken back. */
  rate: string | null;
  why: string;
  enteredBy: string;
  enteredAt: Date;
}

/** Reads all of them, what was said last first. */
export function loadExchangeRates(client: Queryable): Promise<ExchangeRate[]> {
  return query<ExchangeRate>(
    sql`select org_id as "orgId", currency, into_currency as "into", to_char(month, 'YYYY-MM') as month,
        trim_scale(rate)::text as rate, why, entered_by as "enteredBy", entered_at as "enteredAt"
      from exchange_rate order by id desc`,
    client,
  );
}

/** What is said of currencies. */
interface CurrencyPlans {
  /** In which each organisation plans. */
  currencies: ReadonlyMap<number, string>;
  /** What was said last first. */
  exchangeRates: readonly ExchangeRate[];
}

/** An amount as it is counted. */
export interface Exchanged {
  /** Whole minor units of `currency`. */
  minor: number;
  currency: string;
  /** The rate that it was converted at; null: it was paid in this currency, or no rate is known. */
  rate: string | null;
  /** It is in another currency than its organisation plans in, and nobody said what that is worth. */
  isLacking: boolean;
}

/** Converts what one organisation paid into the currency that it plans in. */
export class Exchange {
  /** null: nobody said. */
  readonly into: string | null;
  private readonly rates = new Map<string, ExchangeRate>();

  constructor({ currencies, exchangeRates }: CurrencyPlans, orgId: number) {
    this.into = currencies.get(orgId) ?? null;
    for (const one of exchangeRates) {
      const key = `${one.currency} ${one.month}`;
      if (one.orgId === orgId && one.into === this.into && !this.rates.has(key)) this.rates.set(key, one);
    }
  }

  /** Whether an amount is in another currency than is planned in. */
  isForeign(currency: string): boolean {
    return this.into !== null && currency !== this.into;
  }

  /** What holds for a currency in a month. */
  rateOf(currency: string, month: string): ExchangeRate | null {
    const found = this.rates.get(`${currency} ${month}`);
    return found === undefined || found.rate === null ? null : found;
  }

  /** An amount of minor units at the rate of its month, rounded once, halves away from zero (metrics.md 3.4). */
  convert(minor: number, currency: string, month: string): Exchanged {
    if (this.into === null || currency === this.into) return { minor, currency, rate: null, isLacking: false };
    const rate = this.rateOf(currency, month)?.rate ?? null;
    if (rate === null) return { minor, currency, rate: null, isLacking: true };
    const worth = toMinor(toMajor(String(minor), currency).times(new Decimal(rate)), this.into);
    return { minor: Number(worth), currency: this.into, rate, isLacking: false };
  }
}
