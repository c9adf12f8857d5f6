import { Decimal } from "@/lib/core/decimal";
import { toMajor } from "@/lib/core/money";
import { ASSUMPTION_KEYS, type AssumptionKey, inputWords } from "@/lib/core/roi-inputs";
import type { MetricRow } from "@/lib/metrics/types";
import type { InputKey } from "@/lib/roi/engine/inputs";
import { type Assumption, assumptionOn, type MoneyPlans } from "./assumptions";
import { COST_ITEMS, type CostItem } from "./cost-days";
import type { MeasuredRows } from "./measured";
import type { CostSums } from "./sum-costs";
import type { GroupModel, ModelInput, Said, Spending } from "./types";

/** Months have 30.4375 days on average. */
const MONTH_MS = 30.4375 * 86_400_000;
/** Digits of what is measured: more would only look exact. */
const DIGITS = 6;

export interface GroupModelInput {
  plans: MoneyPlans;
  /** The organisations of the group. */
  orgIds: readonly number[];
  /** The one team that the group is; null: several, or none in particular. */
  team: { orgId: number; id: number } | null;
  /** On which day what was said must hold. */
  day: string;
  /** Part of its organisations’ pull requests of agents that the group is, 0..1. */
  part: Decimal;
  /** Milliseconds that data are known of. */
  observed: number;
  measured: MeasuredRows;
  costs: CostSums;
}

const text = (value: number | Decimal): string => new Decimal(String(value)).toDecimalPlaces(DIGITS).toFixed();

/** What was said of each input; null in `differ` for one of which organisations say different things. */
function saidOf({ day, orgIds, plans, team }: GroupModelInput) {
  const said = new Map<AssumptionKey, Assumption>();
  const differ: AssumptionKey[] = [];
  for (const key of ASSUMPTION_KEYS) {
    const found =
      team === null
        ? orgIds.flatMap((orgId) => assumptionOn(plans, { key, orgId, teamId: null, day }) ?? [])
        : [assumptionOn(plans, { key, orgId: team.orgId, teamId: team.id, day })].filter((one) => one !== null);
    const [first] = found;
    if (first === undefined) continue;
    if (found.some(({ value }) => value !== first.value)) differ.push(key);
    else said.set(key, first);
  }
  return { said, differ };
}

/** The one currency that is planned in and was paid in, or why there is none. */
function currencyOf({ costs, orgIds, plans }: GroupModelInput): { currency: string | null; reason: string | null } {
  const planned = new Set(orgIds.flatMap((orgId) => plans.currencies.get(orgId) ?? []));
  const all = [...new Set([...planned, ...costs.currencies])].sort();
  if (all.length > 1) {
    return { currency: null, reason: `amounts are in ${all.join(" and ")}, and rates between them cannot be entered` };
  }
  return { currency: all[0] ?? null, reason: null };
}

/** What is said of a whole organisation, and not of one pull request, one hour or all months. */
const SHARED: ReadonlySet<AssumptionKey> = new Set([
  "fixedMonthly",
  "seats",
  "governanceHours",
  "oneOff",
  "dipDevelopers",
  "softMonthly",
  "pullRequestsPerMonth",
]);

/** What was said, as an input of a group: of what is said of all, the group has its part. */
function sourceOf(said: Assumption, part: Decimal): ModelInput {
  const isParted = said.teamId === null && SHARED.has(said.key) && !part.eq(1);
  const parted = <Text extends string | null>(value: Text): Text =>
    (value === null || !isParted ? value : text(new Decimal(value).times(part))) as Text;
  return {
    value: parted(said.value as string),
    source: {
      kind: "said",
      basis: said.basis,
      of: said.teamId === null ? "organisation" : "team",
      why: said.why,
      by: said.enteredBy,
      at: said.enteredAt.toISOString(),
      validFrom: said.validFrom,
      low: parted(said.low),
      high: parted(said.high),
      part: isParted ? part.toNumber() : null,
    },
  };
}

const none = (value = "0"): ModelInput => ({ value, source: { kind: "none" } });

function measuredInput(metric: string, row: MetricRow | null, isShare: boolean): ModelInput | null {
  if (row === null || row.value === null) return null;
  return {
    value: text(row.value),
    source: { kind: "measured", metric, k: isShare ? row.k : null, n: row.n, lo: row.lo, hi: row.hi },
  };
}

/** What was paid for something, in major units: what is of all work by the agents’ part of it. */
function paidFor(item: CostItem, { costs, measured }: GroupModelInput, currency: string): Decimal {
  const { ofAgents, ofAll } = costs.byItem[item];
  const shared = new Decimal(String(ofAll));
  // Checks run for people’s pull requests too; everything else is bought for agents alone.
  const part =
    item !== "ci" || measured.mergedByAnybody === 0
      ? shared
      : shared.times(measured.merged).div(measured.mergedByAnybody);
  return toMajor(new Decimal(String(ofAgents)).plus(part).toDecimalPlaces(0), currency);
}

/**
 * Everything that the model of a group is worked out from (metrics.md 3.1): what was measured and paid in the period, what
 * somebody said, and what is taken where nobody did. Without what must be said there is no model, and it says what is missing.
 */
export function groupModel(input: GroupModelInput): GroupModel {
  const { costs, measured, observed } = input;
  const { currency, reason } = currencyOf(input);
  const { differ, said } = saidOf(input);
  const model = { currency, inputs: null, missing: [], said: told(said), reason, spending: null };
  if (reason !== null) return model;
  const months = observed / MONTH_MS;
  const hasCosts = costs.entries > 0;
  const money = currency ?? "USD";
  const paid = Object.fromEntries(COST_ITEMS.map((item) => [item, paidFor(item, input, money)])) as Record<
    CostItem,
    Decimal
  >;
  const given = (key: AssumptionKey): ModelInput | null => {
    const found = said.get(key);
    return found === undefined ? null : sourceOf(found, input.part);
  };
  const usual = (key: AssumptionKey): ModelInput => {
    const { usual: taken } = inputWords(key);
    if (taken === undefined) return none();
    return { value: taken.value, source: { kind: "usual", low: taken.low ?? null, high: taken.high ?? null } };
  };
  const ledger = (amount: Decimal): ModelInput | null =>
    hasCosts && !amount.isZero() ? { value: text(amount), source: { kind: "ledger", entries: costs.entries } } : null;
  const perMonth = (amount: Decimal) => (months > 0 ? amount.div(String(months)) : new Decimal(0));
  const perPullRequest = (amount: Decimal) => (measured.merged > 0 ? amount.div(measured.merged) : new Decimal(0));

  const spending = spend({ input, months, paid, said, hasCosts });
  const missing = ASSUMPTION_KEYS.filter((key) => inputWords(key).isRequired === true && !said.has(key));
  const [rollback, rework] = [
    measuredInput("rollback_rate_7d", measured.agents.rollback_rate_7d, true),
    measuredInput("pr_rework_rate", measured.agents.pr_rework_rate, true),
  ];
  const whyNot = reasonFor({ differ, missing, measured, months, currency, rollback });
  if (whyNot !== null) return { ...model, missing, reason: whyNot, spending };

  const developerRate = given("developerRate") ?? none();
  const sameRate: ModelInput = { value: developerRate.value, source: { kind: "same", as: "developerRate" } };
  const review = measuredInput("review_hours_per_pr", measured.agents.review_hours_per_pr, false);
  const delegation = said.get("delegationHours");
  // Seats without a price would be free: those of the ledger stand then.
  const seats = said.has("seatPrice") ? given("seats") : null;
  const inputs: Record<InputKey, ModelInput> = {
    pullRequestsPerMonth: given("pullRequestsPerMonth") ?? {
      value: text(new Decimal(measured.merged).div(String(months)).toDecimalPlaces(2)),
      source: { kind: "measured", metric: "agent_prs_merged", k: null, n: measured.merged, lo: null, hi: null },
    },
    rampMonths: given("rampMonths") ?? usual("rampMonths"),
    hoursSaved: given("hoursSaved") ?? none(),
    realisation: given("realisation") ?? usual("realisation"),
    developerRate,
    reviewerRate: given("reviewerRate") ?? sameRate,
    governanceRate: given("governanceRate") ?? sameRate,
    oversightHours: withDelegation(review, delegation),
    humanReviewHours: measuredInput("review_hours_per_pr", measured.people.review_hours_per_pr, false) ?? none(),
    reworkRate: rework ?? none(),
    baselineReworkRate: measuredInput("pr_rework_rate", measured.people.pr_rework_rate, true) ?? none(),
    hoursPerRework: given("hoursPerRework") ?? none(),
    rollbackRate: rollback ?? none(),
    baselineRollbackRate: measuredInput("rollback_rate_7d", measured.people.rollback_rate_7d, true) ?? none(),
    hoursPerRollback: given("hoursPerRollback") ?? none(),
    incidentShare: given("incidentShare") ?? none(),
    incidentCost: given("incidentCost") ?? none(),
    apiCost: ledger(perPullRequest(paid.api)) ?? none(),
    ciCost: ledger(perPullRequest(paid.ci)) ?? none(),
    fixedMonthly: fixedOf(given("fixedMonthly"), ledger(perMonth(paid.infrastructure))),
    seats: seats ?? (paid.seats.isZero() ? none() : { value: "1", source: { kind: "ledger", entries: costs.entries } }),
    seatPrice: seats === null ? (ledger(perMonth(paid.seats)) ?? none()) : (given("seatPrice") ?? none()),
    governanceHours: given("governanceHours") ?? none(),
    oneOff: given("oneOff") ?? ledger(paid.training) ?? none(),
    dipDevelopers: given("dipDevelopers") ?? none(),
    dipSalary: given("dipSalary") ?? none(),
    dipShare: given("dipShare") ?? usual("dipShare"),
    dipMonths: given("dipMonths") ?? usual("dipMonths"),
    softMonthly: given("softMonthly") ?? none(),
    discountRate: given("discountRate") ?? usual("discountRate"),
    horizonMonths: given("horizonMonths") ?? usual("horizonMonths"),
  };
  return { ...model, inputs, spending };
}

/** What was said, as it was said. */
const told = (said: ReadonlyMap<AssumptionKey, Assumption>): Said[] =>
  [...said.values()].flatMap(({ high, key, low, teamId, value }) =>
    value === null ? [] : [{ key, of: teamId === null ? "organisation" : "team", value, low, high } as const],
  );

/** Hours of review that were measured, and those of delegation that somebody said. */
function withDelegation(review: ModelInput | null, delegation: Assumption | undefined): ModelInput {
  if (delegation === undefined) return review ?? none();
  const entered = sourceOf(delegation, new Decimal(1));
  if (review === null) return entered;
  const hours = Number(entered.value);
  const { source } = review;
  const shifted =
    source.kind === "measured"
      ? {
          ...source,
          lo: source.lo === null ? null : source.lo + hours,
          hi: source.hi === null ? null : source.hi + hours,
        }
      : source;
  return { value: text(new Decimal(review.value).plus(entered.value)), source: shifted, and: entered.source };
}

/** Contracts that somebody said, and infrastructure of the ledger. */
function fixedOf(contracts: ModelInput | null, infrastructure: ModelInput | null): ModelInput {
  if (contracts === null || infrastructure === null) return contracts ?? infrastructure ?? none();
  return {
    value: text(new Decimal(contracts.value).plus(infrastructure.value)),
    source: infrastructure.source,
    and: contracts.source,
  };
}

function reasonFor({
  currency,
  differ,
  measured,
  missing,
  months,
  rollback,
}: {
  differ: readonly AssumptionKey[];
  missing: readonly AssumptionKey[];
  measured: MeasuredRows;
  months: number;
  currency: string | null;
  rollback: ModelInput | null;
}): string | null {
  const words = (keys: readonly AssumptionKey[]) => keys.map((key) => inputWords(key).label.toLowerCase()).join(", ");
  if (differ.length > 0) return `organisations differ in: ${words(differ)}; choose one of them`;
  if (missing.length > 0) return `nobody has entered: ${words(missing)}`;
  if (currency === null) return "nobody has said in which currency";
  if (measured.merged === 0 || months <= 0) return "no pull request of an agent was merged in this period";
  if (rollback === null) return measured.agents.rollback_rate_7d?.reason ?? "no rate of rollbacks is known yet";
  return null;
}

/** What agents cost in the period: what was paid, and hours of people at their rates. */
function spend({
  hasCosts,
  input,
  months,
  paid,
  said,
}: {
  input: GroupModelInput;
  months: number;
  paid: Readonly<Record<CostItem, Decimal>>;
  said: ReadonlyMap<AssumptionKey, Assumption>;
  hasCosts: boolean;
}): Spending | null {
  if (!hasCosts) return null;
  const { agents, merged } = input.measured;
  const rate = (key: "developerRate" | "reviewerRate" | "governanceRate") =>
    said.get(key)?.value ?? said.get("developerRate")?.value ?? null;
  const cost = (hours: Decimal | null, at: string | null) => (hours === null || at === null ? null : hours.times(at));
  const hoursOf = (count: Decimal | null, key: "hoursPerRework" | "hoursPerRollback") => {
    const hours = said.get(key)?.value ?? null;
    return count === null || hours === null ? null : count.times(hours);
  };
  const { pr_rework_rate: rework, review_hours_per_pr: review, rollback_rate_7d: rollback } = agents;
  const entered = (key: AssumptionKey): Decimal => {
    const found = said.get(key);
    return found === undefined ? new Decimal(0) : new Decimal(sourceOf(found, input.part).value);
  };
  const inMonths = (amount: Decimal) => amount.times(String(months));
  const seats = paid.seats.isZero() ? inMonths(entered("seats").times(entered("seatPrice"))) : paid.seats;
  const lines = { ...paid, seats, contracts: inMonths(entered("fixedMonthly")) };
  const hours = {
    review: cost(review?.value == null ? null : new Decimal(text(review.value)).times(merged), rate("reviewerRate")),
    rework: cost(
      hoursOf(rework?.value == null ? null : new Decimal(rework.k ?? 0), "hoursPerRework"),
      rate("developerRate"),
    ),
    // Of those that are too young as many as of the others.
    rollback: cost(
      hoursOf(rollback?.value == null ? null : new Decimal(text(rollback.value)).times(merged), "hoursPerRollback"),
      rate("developerRate"),
    ),
    // Nobody has to have any.
    governance: said.has("governanceHours")
      ? cost(inMonths(entered("governanceHours")), rate("governanceRate"))
      : new Decimal(0),
  };
  const amounts = [...Object.values(lines), ...Object.values(hours)];
  const total = amounts.reduce<Decimal>((sum, amount) => sum.plus(amount ?? 0), new Decimal(0));
  const mature = rollback?.n ?? 0;
  const fixed = (amount: Decimal) => amount.toDecimalPlaces(DIGITS).toFixed();
  return {
    months,
    merged,
    lines: Object.fromEntries(
      Object.entries(lines).map(([name, amount]) => [name, fixed(amount)]),
    ) as Spending["lines"],
    hours: Object.fromEntries(
      Object.entries(hours).map(([name, amount]) => [name, amount === null ? null : fixed(amount)]),
    ) as Spending["hours"],
    total: fixed(total),
    isPartial: Object.values(hours).includes(null),
    mature,
    safe: mature - (rollback?.k ?? 0),
  };
}
