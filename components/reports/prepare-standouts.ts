import type { FilterState } from "@/components/filters/search-params";
import { CATEGORIES } from "@/lib/core/dimensions";
import { formatKOfN, formatMonth, formatPercent } from "@/lib/core/format";
import { addDays, dayOf, startOfMonth } from "@/lib/core/zoned-time";
import type { Standout } from "@/lib/metrics/types";

export interface StandoutItem {
  key: string;
  name: string;
  month: string;
  /** `14 % (8 of 57), 3.1 % otherwise` */
  text: string;
  /** The filters and the period of exactly that. */
  narrowed: Partial<FilterState>;
}

const KIND = { all: "", category: "", team: "Team ", repo: "Repository " } as const;

/** A month that stands out, in words, and what to narrow a page to for it. */
export function prepareStandout(
  { dimension, elsewhere, k, month, n, value }: Standout,
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
  {
    nameOf,
    timeZone,
  }: { nameOf: (dimension: "category" | "team" | "repo", value: string) => string; timeZone: string },
): StandoutItem {
  const first = startOfMonth(dayOf(month, timeZone));
  const last = addDays(startOfMonth(first, 1), -1);
  const rest = elsewhere.n === 0 ? "" : `, ${formatPercent(elsewhere.k / elsewhere.n, 1)} otherwise`;
  return {
    key: `${dimension} ${value} ${month}`,
    name: dimension === "all" ? "All work of agents" : `${KIND[dimension]}${nameOf(dimension, value)}`,
    month: formatMonth(`${first}T12:00:00Z`, "UTC"),
    text: `${formatPercent(k / n, 1)} (${formatKOfN(k, n)})${rest}`,
    narrowed: {
      period: "custom",
      // A month at either end of the period is cut by it.
      from: first < firstDay ? firstDay : first,
      to: last > lastDay ? lastDay : last,
      ...(dimension === "category" && { category: CATEGORIES.filter((category) => category === value) }),
      ...(dimension === "team" && { team: [value] }),
      ...(dimension === "repo" && { repo: [value] }),
    },
  };
}
