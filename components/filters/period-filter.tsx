"use client";

import { ChevronDownIcon } from "lucide-react";
import { Suspense } from "react";
import { onDemand } from "@/components/popup/on-demand";
import { usePopup } from "@/components/popup/use-popup";
import { formatDateRange } from "@/lib/core/format";
import { PERIOD_LABEL, type Period } from "@/lib/core/period";
import { FilterChip } from "./filter-chip";
import type { PageScope } from "./page-scope";
import type { PeriodChange } from "./period-panel";
import type { FilterState } from "./search-params";

const { Panel: PeriodPanel, preload } = onDemand(() => import("./period-panel"));

const AGAINST: Partial<Record<Period, string>> = {
  "4w": "against the 4 before",
  "12w": "against the 12 before",
  "26w": "against the 26 before",
  "52w": "against the 52 before",
};

/** The period and what it is compared with. Dates are days of the organisation's zone. */
export function PeriodFilter({
  filters,
  scope,
  onChange,
}: {
  filters: FilterState;
  scope: PageScope;
  onChange: (change: PeriodChange) => void;
}) {
  const { state, trigger, wanted } = usePopup({ preload });
  const range = formatDateRange(`${scope.period.firstDay}T00:00Z`, `${scope.period.lastDay}T00:00Z`, "UTC");
  return (
    <>
      <FilterChip {...trigger} aria-label={`Period: ${PERIOD_LABEL[filters.period]}, ${range}`}>
        <span className="font-medium text-ink">
          {filters.period === "custom" ? range : PERIOD_LABEL[filters.period]}
        </span>
        {scope.compare !== undefined && (
          <span className="truncate">{AGAINST[filters.period] ?? "against as long before"}</span>
        )}
        <ChevronDownIcon className="size-3.5 text-ink-3" />
      </FilterChip>
      {wanted && (
        <Suspense>
          <PeriodPanel state={state} filters={filters} scope={scope} range={range} onChange={onChange} />
        </Suspense>
      )}
    </>
  );
}
