import { COST_BASIS_CODE } from "@/lib/core/dimensions";

/** What of a day of costs decides what counts; one position of each list is one entry. */
interface KnownDay {
  items: Uint8Array;
  providers: readonly string[];
  amounts: Float64Array;
  bases: Uint8Array;
  counted: Uint8Array | null;
}

const DAY_MS = 86_400_000;
const { billed: BILLED, metered: METERED } = COST_BASIS_CODE;

const monthOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 7);

/** Days on which something was told of a provider and item, by basis; what was taken back again is nothing. */
class ToldDays {
  private readonly sums = new Map<string, Map<number, number>>();

  add(key: string, day: number, amount: number): void {
    const own = this.sums.get(key) ?? new Map<number, number>();
    this.sums.set(key, own.set(day, (own.get(day) ?? 0) + amount));
  }

  has(key: string, day: number): boolean {
    return (this.sums.get(key)?.get(day) ?? 0) > 0;
  }

  /** The last day that all of them together cover, of each key. */
  lastCovered(): Map<string, number> {
    return new Map(
      [...this.sums].flatMap(([key, days]) => {
        const told = [...days].flatMap(([day, amount]) => (amount > 0 ? day : []));
        if (told.length === 0) return [];
        return [[key, told.length === 1 ? Number.POSITIVE_INFINITY : Math.max(...told)]];
      }),
    );
  }
}

/**
 * Which costs count, of each provider and item: what was billed stands before what was metered, and that before an estimate, and
 * no two are added up. A bill of one day in a month is the bill of that month; bills of several days cover the month up to
 * the last of them, since the rest may still come. What was metered covers its own day.
 * @param days by the number of the day since 1970
 */
export function withPrecedence<Day extends KnownDay>(days: ReadonlyMap<number, Day>): Map<number, Day> {
  const isPlain = ({ bases, counted }: Day) => counted === null && bases.every((basis) => basis === BILLED);
  if ([...days.values()].every(isPlain)) return new Map(days);
  const [bills, meters] = [new ToldDays(), new ToldDays()];
  const keyOf = ({ items, providers }: Day, index: number) => `${providers[index]?.toLowerCase()}\n${items[index]}`;
  for (const [number, day] of days) {
    for (let index = 0; index < day.amounts.length; index += 1) {
      const amount = day.amounts[index] as number;
      const key = keyOf(day, index);
      if (day.bases[index] === BILLED) bills.add(`${key}\n${monthOf(number)}`, number, amount);
      if (day.bases[index] === METERED) meters.add(key, number, amount);
    }
  }
  const lastBilled = bills.lastCovered();
  const isBilled = (key: string, day: number) => (lastBilled.get(`${key}\n${monthOf(day)}`) ?? -1) >= day;
  return new Map(
    [...days].map(([number, day]) => {
      const counted = day.bases.map((basis, index) => {
        if (basis === BILLED) return 1;
        const key = keyOf(day, index);
        return isBilled(key, number) || (basis !== METERED && meters.has(key, number)) ? 0 : 1;
      });
      return [number, { ...day, counted: counted.includes(0) ? counted : null }];
    }),
  );
}
