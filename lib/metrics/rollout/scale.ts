import { findMetric } from "@/lib/metrics/registry";

/** Everybody's work: what only agents have has no before. */
export const EVERYBODY = ["agent", "assisted", "human"] as const;
/** With fewer teams on a side no p can be small enough to call anything significant (metrics.md 2.10). */
export const FEWEST_FOR_SIGNIFICANCE = 4;
/** An effect that is called detectable is seen so often. */
export const POWER = 0.8;

/** How a metric is compared: times as ratios of medians, everything else as differences. */
export interface Scale {
  isRatio: boolean;
  /** null for what cannot be compared. */
  to: (value: number | null) => number | null;
  from: (value: number) => number;
}

export function scaleOf(metric: string): Scale {
  const unit = findMetric(metric)?.descriptor.unit;
  if (unit !== "seconds") return { isRatio: false, to: (value) => value, from: (value) => value };
  return { isRatio: true, to: (value) => (value === null || value <= 0 ? null : Math.log(value)), from: Math.exp };
}
