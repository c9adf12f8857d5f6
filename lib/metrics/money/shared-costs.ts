import { Decimal } from "@/lib/core/decimal";
import { allocateMinor, toMajor, toMinor } from "@/lib/core/money";
import type { AllocationKey, AssumptionKey } from "@/lib/core/roi-inputs";
import { COST_ITEMS, type CostItem } from "./cost-days";

/** Of what is said of a whole organisation, the quantity that falls to one of its teams. */
export interface SharedPart {
  quantity: Decimal;
  /** Of the whole, 0..1. */
  part: Decimal;
}

/** Of what is shared, what falls to one team, or to nobody. */
export interface Share {
  said: ReadonlyMap<AssumptionKey, SharedPart>;
  /** What was paid for no team in particular, whole minor units. */
  paid: Readonly<Record<CostItem, bigint>>;
  /** Items some of which are estimated and not billed or metered. */
  estimated: ReadonlySet<CostItem>;
}

/** A team among those that something is shared out to. */
export interface Sharer {
  /** By the key that costs are allocated by; not negative. */
  weight: Decimal;
  /** Pull requests of agents merged. */
  merged: number;
  /** Of what is said of the organisation, what is said of this team itself: it has no part of the rest. */
  own: ReadonlyMap<AssumptionKey, Decimal>;
}

/** One thing that is said of a whole organisation. */
export interface SharedAmount {
  key: AssumptionKey;
  /** How much of it, in the unit of the input. */
  quantity: Decimal;
  /** What one of it costs a month, or once, in major units; null: it costs nothing, so that quantities are shared. */
  unitCost: Decimal | null;
}

/** Digits of a quantity whose amount must come out whole again. */
const DIGITS = 30;

export const NOTHING_PAID: Readonly<Record<CostItem, bigint>> = Object.fromEntries(
  COST_ITEMS.map((item) => [item, 0n]),
) as Record<CostItem, bigint>;

/**
 * Shares out what is of a whole organisation to its teams (metrics.md 3.2): to the minor unit, by largest remainder, so that
 * the parts come to the whole. What is said of a team itself is its part; the others share the rest.
 * @param sharers the teams, and last but not among them nobody, who has what is not allocated
 * @returns one share for each team, and one more of what falls to none
 */
export function shareOut({
  allocation,
  amounts,
  currency,
  estimated = new Set(),
  paid,
  sharers,
}: {
  allocation: AllocationKey;
  amounts: readonly SharedAmount[];
  /** What was paid for no team in particular, whole minor units. */
  paid: Readonly<Record<CostItem, bigint>>;
  estimated?: ReadonlySet<CostItem>;
  currency: string;
  sharers: readonly Sharer[];
}): { shares: Share[]; unallocated: Share } {
  const shares = Array.from({ length: sharers.length + 1 }, () => ({
    said: new Map<AssumptionKey, SharedPart>(),
    paid: { ...NOTHING_PAID },
    estimated,
  }));
  const weights = sharers.map(({ weight }) => (allocation === "none" ? new Decimal(0) : weight));
  for (const item of COST_ITEMS) {
    for (const [index, minor] of split(paid[item], weights).entries())
      (shares[index] as (typeof shares)[0]).paid[item] = minor;
  }
  for (const amount of amounts) {
    const { key, quantity } = amount;
    const given = sharers.map(({ own }) => own.get(key) ?? null);
    const rest = Decimal.max(
      0,
      given.reduce<Decimal>((left, own) => left.minus(own ?? 0), quantity),
    );
    // How many are merged is of whoever merges them, however costs are allocated.
    const of = key === "pullRequestsPerMonth" ? sharers.map(({ merged }) => new Decimal(merged)) : weights;
    const parts = quantities(
      { ...amount, quantity: rest },
      of.map((weight, index) => (given[index] === null ? weight : new Decimal(0))),
      currency,
    );
    for (const [index, share] of shares.entries()) {
      const own = parts[index] as Decimal;
      if (given[index] == null)
        share.said.set(key, { quantity: own, part: quantity.isZero() ? new Decimal(0) : own.div(quantity) });
    }
  }
  return { shares: shares.slice(0, -1), unallocated: shares.at(-1) as Share };
}

const isNothing = (weights: readonly Decimal[]) => weights.every((weight) => weight.isZero());

/** A total by weights, and last what falls to none of them. */
function split(total: bigint, weights: readonly Decimal[]): bigint[] {
  if (isNothing(weights)) return [...weights.map(() => 0n), total];
  return [...allocateMinor(total, weights), 0n];
}

/** Quantities whose amounts are whole minor units that add up. */
function quantities({ quantity, unitCost }: SharedAmount, weights: readonly Decimal[], currency: string): Decimal[] {
  const nothing = weights.map(() => new Decimal(0));
  if (isNothing(weights)) return [...nothing, quantity];
  if (unitCost === null || unitCost.isZero() || quantity.isZero()) {
    const sum = weights.reduce((all, weight) => all.plus(weight), new Decimal(0));
    return [...weights.map((weight) => quantity.times(weight).div(sum).toDecimalPlaces(DIGITS)), new Decimal(0)];
  }
  const total = toMinor(quantity.times(unitCost), currency);
  return split(total, weights).map((minor) => toMajor(minor, currency).div(unitCost).toDecimalPlaces(DIGITS));
}
