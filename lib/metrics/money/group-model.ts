import { Decimal } from "@/lib/core/decimal";
import { toMajor, toMinor } from "@/lib/core/money";
import { ASSUMPTION_KEYS, type AssumptionKey, inputWords } from "@/lib/core/roi-inputs";
import type { InputKey } from "@/lib/roi/engine/inputs";
import type { Assumption } from "./assumptions";
import { COST_ITEMS, type CostItem } from "./cost-days";
import type { MeasuredMetric, MeasuredRows } from "./measured";
import {
  type GroupModelInput,
  measuredInput,
  measuredText,
  none,
  paidForAgents,
  saidOf,
  sourceOf,
} from "./model-inputs";
import { NOTHING_PAID } from "./shared-costs";
import { spend } from "./spending";
import type { GroupModel, InputSource, ModelInput, Said } from "./types";

/** What is fixed where nothing is merged; of these the first is fixed always. */
const ITEMS_OF_NOTHING: readonly CostItem[] = ["infrastructure", "api", "ci"];

/**
 * Everything that the model of a team is worked out from (metrics.md 3.1): what was measured and paid in the period, what
 * somebody said, and what is taken where nobody did. Without what must be said there is no model, and it says what is missing.
 */
export function groupModel(input: GroupModelInput): GroupModel {
  const { costs, currency, measured, months, ofAll, share } = input;
  const said = saidOf(input);
  const model = {
    currency: currency.code,
    inputs: null,
    missing: [],
    said: told(said),
    reason: currency.reason,
    spending: null,
  };
  if (currency.reason !== null) return model;
  const money = currency.code ?? "USD";
  const shared = share?.paid ?? NOTHING_PAID;
  const paid = Object.fromEntries(
    COST_ITEMS.map((item) => [
      item,
      toMajor(paidForAgents(item, costs, measured).plus(new Decimal(String(shared[item]))), money),
    ]),
  ) as Record<CostItem, Decimal>;
  const given = (key: AssumptionKey): ModelInput | null => {
    const found = said.get(key);
    return found === undefined ? null : sourceOf(found, share);
  };
  const usual = (key: AssumptionKey): ModelInput => {
    const { usual: taken } = inputWords(key);
    if (taken === undefined) return none();
    return { value: taken.value, source: { kind: "usual", low: taken.low ?? null, high: taken.high ?? null } };
  };
  const isEstimated = (item: CostItem) => costs.estimated.has(item) || share?.estimated.has(item) === true;
  const paidSource = (items: readonly CostItem[]): InputSource => ({
    kind: "ledger",
    entries: costs.entries,
    ...(items.some(isEstimated) && { isEstimated: true }),
  });
  const ledger = (amount: Decimal, ...items: CostItem[]): ModelInput | null =>
    amount.isZero() ? null : { value: measuredText(amount), source: paidSource(items) };
  const perMonth = (amount: Decimal) => (months > 0 ? amount.div(String(months)) : new Decimal(0));
  /** Posted month by month: whole minor units, so that teams add up. */
  const perWholeMonth = (amount: Decimal) => toMajor(String(toMinor(perMonth(amount), money)), money);
  const perPullRequest = (amount: Decimal) => (measured.merged > 0 ? amount.div(measured.merged) : new Decimal(0));
  const rate = (metric: MeasuredMetric, of: "agents" | "people"): ModelInput | null =>
    measuredInput(metric, measured[of][metric]) ?? measuredInput(metric, ofAll[of][metric], "organisation");

  const spending = input.hasCosts ? spend({ input, months, paid, said }) : null;
  const missing =
    input.isLenient === true
      ? []
      : ASSUMPTION_KEYS.filter((key) => inputWords(key).isRequired === true && !said.has(key));
  const rollback = rate("rollback_rate_7d", "agents");
  const whyNot = reasonFor({ missing, months, currency: currency.code, rollback, ofAll });
  if (whyNot !== null || input.wanted === "spending") return { ...model, missing, reason: whyNot, spending };

  const developerRate = given("developerRate") ?? none();
  const sameRate: ModelInput = { value: developerRate.value, source: { kind: "same", as: "developerRate" } };
  const delegation = said.get("delegationHours");
  // Seats without a price would be free: those of the ledger stand then.
  const seats = said.has("seatPrice") ? given("seats") : null;
  const inputs: Record<InputKey, ModelInput> = {
    pullRequestsPerMonth: given("pullRequestsPerMonth") ?? {
      value: measuredText(new Decimal(measured.merged).div(String(months))),
      source: {
        kind: "measured",
        metric: "agent_prs_merged",
        k: null,
        n: measured.merged,
        lo: null,
        hi: null,
        of: "group",
      },
    },
    rampMonths: given("rampMonths") ?? usual("rampMonths"),
    hoursSaved: given("hoursSaved") ?? none(),
    realisation: given("realisation") ?? usual("realisation"),
    developerRate,
    reviewerRate: given("reviewerRate") ?? sameRate,
    governanceRate: given("governanceRate") ?? sameRate,
    oversightHours: withDelegation(rate("review_hours_per_pr", "agents"), delegation),
    humanReviewHours: rate("review_hours_per_pr", "people") ?? none(),
    reworkRate: rate("pr_rework_rate", "agents") ?? none(),
    baselineReworkRate: rate("pr_rework_rate", "people") ?? none(),
    hoursPerRework: given("hoursPerRework") ?? none(),
    rollbackRate: rollback ?? none(),
    baselineRollbackRate: rate("rollback_rate_7d", "people") ?? none(),
    hoursPerRollback: given("hoursPerRollback") ?? none(),
    incidentShare: given("incidentShare") ?? none(),
    incidentCost: given("incidentCost") ?? none(),
    apiCost: ledger(perPullRequest(paid.api), "api") ?? none(),
    ciCost: ledger(perPullRequest(paid.ci), "ci") ?? none(),
    fixedMonthly: fixedOf(
      given("fixedMonthly"),
      // What was paid for models and checks of nothing that was merged is paid all the same.
      ledger(
        perWholeMonth(measured.merged > 0 ? paid.infrastructure : paid.infrastructure.plus(paid.api).plus(paid.ci)),
        ...(measured.merged > 0 ? ITEMS_OF_NOTHING.slice(0, 1) : ITEMS_OF_NOTHING),
      ),
    ),
    seats: seats ?? (paid.seats.isZero() ? none() : { value: "1", source: paidSource(["seats"]) }),
    seatPrice: seats === null ? (ledger(perWholeMonth(paid.seats), "seats") ?? none()) : (given("seatPrice") ?? none()),
    governanceHours: given("governanceHours") ?? none(),
    oneOff: given("oneOff") ?? ledger(paid.training, "training") ?? none(),
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
  const entered = sourceOf(delegation, null);
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
  return { value: measuredText(new Decimal(review.value).plus(entered.value)), source: shifted, and: entered.source };
}

/** Contracts that somebody said, and infrastructure of the ledger. */
function fixedOf(contracts: ModelInput | null, infrastructure: ModelInput | null): ModelInput {
  if (contracts === null || infrastructure === null) return contracts ?? infrastructure ?? none();
  return {
    value: new Decimal(contracts.value).plus(infrastructure.value).toFixed(),
    source: infrastructure.source,
    and: contracts.source,
  };
}

function reasonFor({
  currency,
  missing,
  months,
  ofAll,
  rollback,
}: {
  missing: readonly AssumptionKey[];
  months: number;
  currency: string | null;
  rollback: ModelInput | null;
  ofAll: MeasuredRows;
}): string | null {
  if (missing.length > 0)
    return `nobody has entered: ${missing.map((key) => inputWords(key).label.toLowerCase()).join(", ")}`;
  if (currency === null) return "nobody has said in which currency";
  if (ofAll.merged === 0 || months <= 0) return NOTHING_MERGED;
  if (rollback === null) return ofAll.agents.rollback_rate_7d?.reason ?? "no rate of rollbacks is known yet";
  return null;
}

export const NOTHING_MERGED = "no pull request of an agent was merged in this period";
