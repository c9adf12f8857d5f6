import { Decimal } from "@/lib/core/decimal";
import { ASSUMPTION_KEYS, type AssumptionKey, inputWords } from "@/lib/core/roi-inputs";
import type { MetricRow } from "@/lib/metrics/types";
import { type Assumption, assumptionOn, type MoneyPlans } from "./assumptions";
import type { CostItem } from "./cost-days";
import type { MeasuredMetric, MeasuredRows } from "./measured";
import type { Share, SharedAmount } from "./shared-costs";
import type { CostSums } from "./sum-costs";
import type { ModelInput } from "./types";

/** Digits of what is measured: more would only look exact. */
const DIGITS = 6;

/** A whole model, or what was spent alone. */
export type Wanted = "model" | "spending";

/** What a team, or what is of none, is modelled from. */
export interface GroupModelInput {
  plans: MoneyPlans;
  orgId: number;
  /** null: those in no team, or what falls to nobody. */
  teamId: number | null;
  /** On which day what was said must hold. */
  day: string;
  /** Months that data are known of. */
  months: number;
  measured: MeasuredRows;
  /** The same of its whole organisation: where nothing is measured of a team, that of all is taken. */
  ofAll: MeasuredRows;
  /** What was paid for the team by itself. */
  costs: CostSums;
  /** Its part of what is of all; null: there is none. */
  share: Share | null;
  /** Something is known of what its organisation paid. */
  hasCosts: boolean;
  /** What must be said is said of its teams, and need not be said of it. */
  isLenient?: boolean;
  wanted: Wanted;
  /** ISO 4217, or why there is none. */
  currency: { code: string | null; reason: string | null };
}

/** Decimal text of what is measured. */
export const measuredText = (value: number | Decimal): string =>
  new Decimal(String(value)).toDecimalPlaces(DIGITS).toFixed();

/** What was said of each input of a team, or of its organisation where nothing was said of the team. */
export function saidOf({
  day,
  orgId,
  plans,
  teamId,
}: Pick<GroupModelInput, "day" | "orgId" | "plans" | "teamId">): Map<AssumptionKey, Assumption> {
  return new Map(
    ASSUMPTION_KEYS.flatMap((key) => {
      const found = assumptionOn(plans, { key, orgId, teamId, day });
      return found === null ? [] : [[key, found] as const];
    }),
  );
}

/** What is said of a whole organisation, and not of one pull request, one hour or all months. */
export const SHARED = [
  "fixedMonthly",
  "seats",
  "governanceHours",
  "oneOff",
  "dipDevelopers",
  "softMonthly",
  "pullRequestsPerMonth",
] as const satisfies readonly AssumptionKey[];
const IS_SHARED: ReadonlySet<AssumptionKey> = new Set(SHARED);

/** What was said of an organisation that its teams share, each with what one of it costs. */
export function sharedAmounts(said: ReadonlyMap<AssumptionKey, Assumption>): SharedAmount[] {
  const saidValue = (key: AssumptionKey) => said.get(key)?.value ?? inputWords(key).usual?.value ?? null;
  const costOf: Record<(typeof SHARED)[number], () => string | null> = {
    fixedMonthly: () => "1",
    oneOff: () => "1",
    softMonthly: () => "1",
    seats: () => saidValue("seatPrice"),
    governanceHours: () => saidValue("governanceRate") ?? saidValue("developerRate"),
    dipDevelopers: () => {
      const [salary, share] = [saidValue("dipSalary"), saidValue("dipShare")];
      return salary === null || share === null ? null : new Decimal(salary).times(share).div(12).toFixed();
    },
    pullRequestsPerMonth: () => null,
  };
  return SHARED.flatMap((key) => {
    const quantity = said.get(key)?.value ?? null;
    if (quantity === null) return [];
    const unitCost = costOf[key]();
    return [{ key, quantity: new Decimal(quantity), unitCost: unitCost === null ? null : new Decimal(unitCost) }];
  });
}

/** What was said, as an input of a team: of what is said of all, it has its part. */
export function sourceOf(said: Assumption, share: Share | null): ModelInput {
  const own = said.teamId === null && IS_SHARED.has(said.key) ? share?.said.get(said.key) : undefined;
  const end = (text: string | null) =>
    text === null || own === undefined ? text : measuredText(new Decimal(text).times(own.part));
  return {
    value: own === undefined ? (said.value as string) : own.quantity.toFixed(),
    source: {
      kind: "said",
      basis: said.basis,
      of: said.teamId === null ? "organisation" : "team",
      why: said.why,
      by: said.enteredBy,
      at: said.enteredAt.toISOString(),
      validFrom: said.validFrom,
      low: end(said.low),
      high: end(said.high),
      part: own === undefined || own.part.eq(1) ? null : own.part.toDecimalPlaces(DIGITS).toNumber(),
    },
  };
}

export const none = (value = "0"): ModelInput => ({ value, source: { kind: "none" } });

/** A row of a metric as an input. */
export function measuredInput(
  metric: MeasuredMetric,
  row: MetricRow | null,
  of: "group" | "organisation" = "group",
): ModelInput | null {
  if (row === null || row.value === null) return null;
  const isShare = metric !== "review_hours_per_pr";
  return {
    value: measuredText(row.value),
    source: { kind: "measured", metric, k: isShare ? row.k : null, n: row.n, lo: row.lo, hi: row.hi, of },
  };
}

/**
 * What was paid of an item for agents, whole minor units: what is for all work by the agents’ part of it. Checks run for
 * people’s pull requests too; everything else is bought for agents alone.
 */
export function paidForAgents(item: CostItem, costs: CostSums, { merged, mergedByAnybody }: MeasuredRows): Decimal {
  const { ofAgents, ofAll } = costs.byItem[item];
  const all = new Decimal(String(ofAll));
  const part = item !== "ci" || mergedByAnybody === 0 ? all : all.times(merged).div(mergedByAnybody);
  return new Decimal(String(ofAgents)).plus(part).toDecimalPlaces(0);
}
