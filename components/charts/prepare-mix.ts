import { CATEGORIES, CATEGORY_LABEL, type Category } from "@/lib/core/dimensions";
import { formatCount, formatPercent } from "@/lib/core/format";
import type { MetricRow } from "@/lib/metrics/types";

export interface MixBar {
  category: Category;
  label: string;
  /** Length against the longest bar, 0..1. */
  length: number;
  /** Empty where there are too few for a percentage. */
  share: string;
  count: string;
}

/** Shares of the task categories, in the order of the vocabulary, so that two periods can be laid side by side. */
export function prepareMix(rows: readonly MetricRow[]): MixBar[] {
  const byCategory = new Map(rows.map((row) => [row.group.category, row]));
  const longest = Math.max(0, ...rows.map((row) => row.value ?? 0));
  return CATEGORIES.map((category) => {
    const row = byCategory.get(category);
    const share = row?.value ?? 0;
    return {
      category,
      label: CATEGORY_LABEL[category],
      length: longest === 0 ? 0 : share / longest,
      share: row?.value == null || row.flags.includes("few") ? "" : formatPercent(share, 1),
      count: formatCount(row?.k ?? 0),
    };
  });
}
