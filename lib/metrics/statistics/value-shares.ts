import type { ValueRange } from "@/lib/metrics/definitions/definition";
import type { ValueShare } from "@/lib/metrics/types";
import { wilsonInterval } from "./wilson";

/**
 * How many of some whole numbers lie in each range, with the Wilson interval of each share by itself.
 * @returns null of none
 */
export function valueShares(values: readonly number[], ranges: readonly ValueRange[]): ValueShare[] | null {
  const shares = ranges.flatMap(({ from, label, to }) => {
    const k = values.filter((value) => value >= from && (to === null || value <= to)).length;
    const interval = wilsonInterval(k, values.length);
    return interval === null ? [] : [{ label, k, value: interval.p, lo: interval.lo, hi: interval.hi }];
  });
  return shares.length === 0 ? null : shares;
}
