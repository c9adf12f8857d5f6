import { Decimal } from "@/lib/core/decimal";
import type { COST_BASIS_CODE } from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import { toMinor } from "@/lib/core/money";
import type { CostItemName, CostLine } from "./read-cost-file";

/** One entry of the ledger: what was paid on a day for the same thing; minor units. */
export interface LedgerEntry {
  day: string;
  team: string | null;
  agent: string | null;
  item: CostItemName;
  provider: string;
  currency: string;
  /** How it is known. */
  basis: CostBasis;
  minor: bigint;
}

export type CostBasis = keyof typeof COST_BASIS_CODE;

type Key = Omit<LedgerEntry, "minor">;

const keyOf = ({ agent, basis, currency, day, item, provider, team }: Key): string =>
  JSON.stringify([day, team, agent, item, provider, currency, basis]);

/** What is posted has at most fifteen digits (events/schema), also where it brings one entry to the opposite of another. */
const MOST_MINOR = 10n ** 15n / 2n;

/**
 * Lines of a bill as entries of the ledger: lines of the same day, team, agent, item, provider and currency are added up exactly, and
 * each sum is rounded once (metrics.md 3.4). In the order of their days.
 * @param pointer the field that the lines came in
 * @throws {AppError} `unprocessable` there, where one of them is more than can be kept
 */
export function ledgerEntries(lines: readonly CostLine[], basis: CostBasis, pointer: string): LedgerEntry[] {
  const sums = new Map<string, { key: Key; amount: Decimal }>();
  for (const { amount, ...line } of lines) {
    const key = { ...line, basis };
    const known = sums.get(keyOf(key));
    if (known === undefined) sums.set(keyOf(key), { key, amount });
    else known.amount = known.amount.plus(amount);
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { amount, key }]) => ({ ...key, minor: kept(toMinor(amount, key.currency), key, pointer) }));
}

function kept(minor: bigint, { currency, day }: Key, pointer: string): bigint {
  if (minor > -MOST_MINOR && minor < MOST_MINOR) return minor;
  const message = `What is paid in ${currency} on ${day} adds up to more than can be kept.`;
  throw new AppError({ code: "unprocessable", message, pointer });
}

/** What has to be posted so that entries stand in the place of those that were there: nothing where both are the same. */
export function differences(before: readonly LedgerEntry[], after: readonly LedgerEntry[]): LedgerEntry[] {
  const left = new Map(before.map((entry) => [keyOf(entry), entry]));
  const changed = after.flatMap((entry): LedgerEntry[] => {
    const known = left.get(keyOf(entry));
    left.delete(keyOf(entry));
    const minor = entry.minor - (known?.minor ?? 0n);
    return minor === 0n ? [] : [{ ...entry, minor }];
  });
  const gone = [...left.values()]
    .filter(({ minor }) => minor !== 0n)
    .map((entry) => ({ ...entry, minor: -entry.minor }));
  return [...changed, ...gone].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Sums by currency, in the order of their codes. */
export function byCurrency(entries: readonly LedgerEntry[]): { currency: string; minor: string }[] {
  const sums = new Map<string, bigint>();
  for (const { currency, minor } of entries) sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => ({ currency, minor: String(minor) }));
}

/** The exact sum of lines by currency, in major units, before anything is rounded. */
export function exactSums(lines: readonly CostLine[]): Map<string, string> {
  const sums = new Map<string, Decimal>();
  for (const { amount, currency } of lines) sums.set(currency, (sums.get(currency) ?? new Decimal(0)).plus(amount));
  return new Map([...sums].map(([currency, amount]) => [currency, amount.toFixed()]));
}

/** Sums by month, item and currency, oldest first. */
export function byMonth(entries: readonly LedgerEntry[]) {
  const sums = new Map<string, { month: string; item: CostItemName; currency: string; minor: bigint }>();
  for (const { currency, day, item, minor } of entries) {
    const month = day.slice(0, 7);
    const key = `${month} ${item} ${currency}`;
    const known = sums.get(key) ?? { month, item, currency, minor: 0n };
    sums.set(key, { ...known, minor: known.minor + minor });
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { minor, ...rest }]) => ({ ...rest, minor: String(minor) }));
}
