import { wilsonInterval } from "./wilson";

export interface DifferenceInterval {
  /** First proportion minus the second, -1..1. */
  diff: number;
  lo: number;
  hi: number;
}

/**
 * Difference of two independent proportions with Newcombe's hybrid score interval, method 10 of his 1998 paper
 * (metrics.md Appendix A), 95 %.
 * @returns null when either sample is empty.
 */
export function newcombeDifference(k1: number, n1: number, k2: number, n2: number): DifferenceInterval | null {
  const first = wilsonInterval(k1, n1);
  const second = wilsonInterval(k2, n2);
  if (first === null || second === null) return null;
  const diff = first.p - second.p;
  return {
    diff,
    lo: diff - Math.hypot(first.p - first.lo, second.hi - second.p),
    hi: diff + Math.hypot(first.hi - first.p, second.p - second.lo),
  };
}
