import type { Scope } from "@/lib/auth/scope";
import { type AllocationKey, ASSUMPTIONS, type AssumptionBasis, type AssumptionKey } from "@/lib/core/roi-inputs";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { loadCostCentres, type TeamCentre } from "./cost-centres";
import { seesMoney } from "./cost-days";
import { type ExchangeRate, loadExchangeRates } from "./exchange";

/** What somebody said of the model; numbers as decimal text. */
export interface Assumption {
  id: number;
  orgId: number;
  /** null: of the whole organisation. */
  teamId: number | null;
  key: AssumptionKey;
  /** null: what was said before is taken back. */
  value: string | null;
  low: string | null;
  high: string | null;
  /** `YYYY-MM-DD`, in the zone of its organisation. */
  validFrom: string;
  basis: AssumptionBasis;
  why: string;
  enteredBy: string;
  enteredAt: Date;
}

/** What was said of money, and in which currency an organisation plans. */
export interface MoneyPlans {
  /** What was said last first. */
  assumptions: readonly Assumption[];
  currencies: ReadonlyMap<number, string>;
  /** By what an organisation allocates its costs; that which is not there by pull requests. */
  allocations: ReadonlyMap<number, AllocationKey>;
  /** What was said last first. */
  exchangeRates: readonly ExchangeRate[];
  costCentres: readonly TeamCentre[];
}

/** Reads all of it. */
export async function loadMoneyPlans(client: Queryable): Promise<MoneyPlans> {
  const assumptions = await query<Assumption & { key: string }>(
    sql`select id::float8 as id, org_id as "orgId", team_id as "teamId", key, trim_scale(value)::text as value,
        trim_scale(low)::text as low, trim_scale(high)::text as high, valid_from::text as "validFrom", basis, why,
        entered_by as "enteredBy", entered_at as "enteredAt"
      from roi_assumption order by id desc`,
    client,
  );
  const settings = await query<{ orgId: number; currency: string | null; allocation: AllocationKey }>(
    sql`select org_id as "orgId", currency, allocation from money_setting`,
    client,
  );
  return {
    assumptions: assumptions.filter(({ key }) => key in ASSUMPTIONS),
    currencies: new Map(settings.flatMap(({ currency, orgId }) => (currency === null ? [] : [[orgId, currency]]))),
    allocations: new Map(settings.map(({ allocation, orgId }) => [orgId, allocation])),
    exchangeRates: await loadExchangeRates(client),
    costCentres: await loadCostCentres(client),
  };
}

/** Nobody said anything of money. */
export const NO_MONEY_PLANS: MoneyPlans = {
  assumptions: [],
  currencies: new Map(),
  allocations: new Map(),
  exchangeRates: [],
  costCentres: [],
};

/** What a scope may know of it. */
export function moneyPlansInScope(plans: MoneyPlans, scope: Scope): MoneyPlans {
  if (!seesMoney(scope)) return NO_MONEY_PLANS;
  const { organizations } = scope;
  if (organizations === "all") return plans;
  const seen = <Value>(all: ReadonlyMap<number, Value>) =>
    new Map([...all].filter(([orgId]) => organizations.includes(orgId)));
  return {
    assumptions: plans.assumptions.filter(({ orgId }) => organizations.includes(orgId)),
    currencies: seen(plans.currencies),
    allocations: seen(plans.allocations),
    exchangeRates: plans.exchangeRates.filter(({ orgId }) => organizations.includes(orgId)),
    costCentres: plans.costCentres.filter(({ orgId }) => organizations.includes(orgId)),
  };
}

/**
 * What holds of an input on a day: what was said of the team, else of its organisation; of several that began, the one that
 * began last, and of those of one day what was said last.
 */
export function assumptionOn(
  { assumptions }: MoneyPlans,
  { day, key, orgId, teamId }: { key: AssumptionKey; orgId: number; teamId: number | null; day: string },
): Assumption | null {
  const latest = (of: number | null): Assumption | null => {
    let found: Assumption | null = null;
    for (const one of assumptions) {
      if (one.key !== key || one.orgId !== orgId || one.teamId !== of || one.validFrom > day) continue;
      if (found === null || found.validFrom < one.validFrom) found = one;
    }
    return found?.value === null ? null : found;
  };
  return (teamId === null ? null : latest(teamId)) ?? latest(null);
}
