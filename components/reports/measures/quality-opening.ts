import { formatMetricInterval, formatMetricValue } from "@/components/metrics/format-metric";
import type { Opening } from "@/components/metrics/headline";
import { formatCount, formatPercent, formatQuantity } from "@/lib/core/format";
import type { MetricRow } from "@/lib/metrics/types";
import { nothingEnded } from "./nothing-ended";

type Rows = ReadonlyMap<string, MetricRow>;

const DENSITY = { unit: "per_kloc" } as const;

/** How many defects and corrections merged work brings, and what is not known of them. */
export function qualityOpening(rows: Rows, people: Rows | null): Opening {
  const nothing = nothingEnded(rows.get("post_merge_rework_rate_21d"), people !== null);
  if (nothing !== null) return nothing;
  const defects = rows.get("defect_density_30d");
  const reworked = rows.get("post_merge_rework_rate_21d");
  const whose = people === null ? "Merged work" : "Merged work of agents";
  const corrected =
    reworked?.value == null || reworked.flags.includes("few")
      ? []
      : [{ figure: formatPercent(reworked.value) }, " of it was taken back, wholly or in part, within 21 days."];
  if (defects?.value == null) {
    return {
      headline: [
        "How many defects merged work brings is not known here.",
        ...(corrected.length > 0 ? [" ", ...corrected] : []),
      ],
      lede: [
        (defects?.immature ?? 0) > 0 && defects?.n === 0
          ? `${formatQuantity(defects.immature, "pull request")} merged less than 30 days ago ${defects.immature === 1 ? "is" : "are"} too young to say.`
          : "No defect has been reported that names the pull request that caused it. With GitHub, bugs are read from issues that are labelled as such.",
      ],
    };
  }
  return {
    headline: [
      `${whose} brought `,
      { figure: formatMetricValue(DENSITY, defects.value) },
      " defects per 1,000 lines within 30 days. ",
      ...corrected,
    ],
    lede: [
      `The 95 % interval is ${formatMetricInterval(DENSITY, defects)}, from ${formatQuantity(defects.k ?? 0, "defect")} in ${formatCount(Math.round((defects.exposure ?? 0) * 1000))} lines of production code.`,
      "Only defects that name the pull request that caused them are counted, so the true number is higher.",
    ],
  };
}
