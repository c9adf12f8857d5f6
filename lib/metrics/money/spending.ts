import { Decimal } from "@/lib/core/decimal";
import type { AssumptionKey } from "@/lib/core/roi-inputs";
import type { Assumption } from "./assumptions";
import type { CostItem } from "./cost-days";
import type { MeasuredMetric } from "./measured";
import { type GroupModelInput, measuredText, sourceOf } from "./model-inputs";
import type { Spending } from "./types";

type Lines<Name extends string, Amount> = Readonly<Record<Name, Amount>>;

const entriesOf = <Name extends string, Amount>(lines: Lines<Name, Amount>) =>
  Object.entries(lines) as [Name, Amount][];

/** What agents cost in the period: what was paid, and hours of people at their rates. */
export function spend({
  input,
  months,
  paid,
  said,
}: {
  input: GroupModelInput;
  months: number;
  /** Major units. */
  paid: Lines<CostItem, Decimal>;
  said: ReadonlyMap<AssumptionKey, Assumption>;
}): Spending {
  const { measured, ofAll, share } = input;
  const { merged } = measured;
  const rateOf = (key: "developerRate" | "reviewerRate" | "governanceRate") =>
    said.get(key)?.value ?? said.get("developerRate")?.value ?? null;
  const cost = (hours: Decimal | null, at: string | null) => (hours === null || at === null ? null : hours.times(at));
  /** Of one that was merged; where nothing is measured of the team, as of all. */
  const measuredOf = (metric: MeasuredMetric): Decimal | null => {
    const value = measured.agents[metric]?.value ?? ofAll.agents[metric]?.value ?? null;
    return value === null ? null : new Decimal(measuredText(value));
  };
  const of = (count: Decimal | null, key: "hoursPerRework" | "hoursPerRollback") => {
    const hours = said.get(key)?.value ?? null;
    return count === null || hours === null ? null : count.times(hours);
  };
  const entered = (key: AssumptionKey): Decimal => {
    const found = said.get(key);
    return found === undefined ? new Decimal(0) : new Decimal(sourceOf(found, share).value);
  };
  const inMonths = (amount: Decimal) => amount.times(String(months));
  const rework = measured.agents.pr_rework_rate;
  const rollback = measured.agents.rollback_rate_7d;
  const nothing = merged === 0 ? new Decimal(0) : null;
  const reworked = rework?.value == null ? measuredOf("pr_rework_rate")?.times(merged) : new Decimal(rework.k ?? 0);
  const seats = paid.seats.isZero() ? inMonths(entered("seats").times(entered("seatPrice"))) : paid.seats;
  const lines = { ...paid, seats, contracts: inMonths(entered("fixedMonthly")) };
  const hours = {
    review: nothing ?? cost(measuredOf("review_hours_per_pr")?.times(merged) ?? null, rateOf("reviewerRate")),
    rework: nothing ?? cost(of(reworked ?? null, "hoursPerRework"), rateOf("developerRate")),
    // Of those that are too young as many as of the others.
    rollback:
      nothing ??
      cost(of(measuredOf("rollback_rate_7d")?.times(merged) ?? null, "hoursPerRollback"), rateOf("developerRate")),
    // Nobody has to have any.
    governance: said.has("governanceHours")
      ? cost(inMonths(entered("governanceHours")), rateOf("governanceRate"))
      : new Decimal(0),
  };
  const mature = rollback?.n ?? 0;
  return spendingOf({ months, merged, lines, hours, mature, safe: mature - (rollback?.k ?? 0) });
}

type Amounts = Pick<Spending, "months" | "merged" | "mature" | "safe"> & {
  lines: Lines<keyof Spending["lines"], Decimal>;
  hours: Lines<keyof Spending["hours"], Decimal | null>;
};

function spendingOf({ hours, lines, ...counts }: Amounts): Spending {
  const amounts = [...Object.values(lines), ...Object.values(hours)];
  const total = amounts.reduce<Decimal>((sum, amount) => sum.plus(amount ?? 0), new Decimal(0));
  return {
    ...counts,
    lines: Object.fromEntries(
      entriesOf(lines).map(([name, amount]) => [name, measuredText(amount)]),
    ) as Spending["lines"],
    hours: Object.fromEntries(
      entriesOf(hours).map(([name, amount]) => [name, amount === null ? null : measuredText(amount)]),
    ) as Spending["hours"],
    total: measuredText(total),
    isPartial: Object.values(hours).includes(null),
  };
}

/** What several teams cost together; null where nothing is known of any. What one of them does not know, all do not. */
export function sumSpending(parts: readonly (Spending | null)[]): Spending | null {
  const known = parts.filter((part) => part !== null);
  const [first] = known;
  if (first === undefined) return null;
  const sum = (of: (part: Spending) => string | null): Decimal | null =>
    known.reduce<Decimal | null>((total, part) => {
      const amount = of(part);
      return total === null || amount === null ? null : total.plus(amount);
    }, new Decimal(0));
  const count = (of: (part: Spending) => number) => known.reduce((total, part) => total + of(part), 0);
  return spendingOf({
    months: Math.max(...known.map(({ months }) => months)),
    merged: count(({ merged }) => merged),
    mature: count(({ mature }) => mature),
    safe: count(({ safe }) => safe),
    lines: Object.fromEntries(
      entriesOf(first.lines).map(([name]) => [name, sum(({ lines }) => lines[name]) ?? new Decimal(0)]),
    ) as Amounts["lines"],
    hours: Object.fromEntries(
      entriesOf(first.hours).map(([name]) => [name, sum(({ hours }) => hours[name])]),
    ) as Amounts["hours"],
  });
}
