import { Decimal } from "@/lib/core/decimal";
import { toMajor } from "@/lib/core/money";
import { COST_ITEMS } from "./cost-days";
import type { MeasuredRows } from "./measured";
import { paidForAgents } from "./model-inputs";
import type { Share } from "./shared-costs";
import type { CostSums } from "./sum-costs";
import type { PartLedger } from "./types";

/** What was paid of all items, whole minor units. */
export const sumPaid = (paid: Share["paid"]): bigint => COST_ITEMS.reduce((sum, item) => sum + paid[item], 0n);

/** Where what was paid went, of one part. */
export function ledgerOf(costs: CostSums, measured: MeasuredRows, shared: bigint, currency: string): PartLedger {
  let [own, forAgents] = [new Decimal(0), new Decimal(0)];
  for (const item of COST_ITEMS) {
    const { ofAgents, ofAll } = costs.byItem[item];
    own = own.plus(String(ofAgents)).plus(String(ofAll));
    forAgents = forAgents.plus(paidForAgents(item, costs, measured));
  }
  const major = (minor: Decimal) => toMajor(minor, currency).toFixed();
  return { own: major(own), notAgents: major(own.minus(forAgents)), shared: major(new Decimal(String(shared))) };
}
