import type { Decimal } from "@/lib/core/decimal";

/**
 * What a merged pull request of agents cost, attempts that were not merged included, and what a safe one did: cost /
 * merged, and cost / (merged × mature safe rate) (metrics.md 2.9). In the unit of the cost; null where nothing was merged,
 * or nothing is old enough.
 */
export function unitCosts({ cost, merged, safeRate }: { cost: Decimal; merged: Decimal; safeRate: Decimal | null }): {
  perPullRequest: Decimal | null;
  perSafePullRequest: Decimal | null;
} {
  const safe = safeRate === null ? null : merged.times(safeRate);
  return {
    perPullRequest: merged.isZero() ? null : cost.div(merged),
    perSafePullRequest: safe === null || safe.isZero() ? null : cost.div(safe),
  };
}
