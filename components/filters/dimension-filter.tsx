"use client";

import { ChevronDownIcon } from "lucide-react";
import { Suspense } from "react";
import { onDemand } from "@/components/popup/on-demand";
import { usePopup } from "@/components/popup/use-popup";
import { FilterChip } from "./filter-chip";
import { FILTER_LABEL, type FilterOption, selectionLabel } from "./filter-options";
import type { FilterDimension } from "./search-params";

const { Panel: OptionPanel, preload } = onDemand(() => import("./option-panel"));

/** One dimension's chip and its list. */
export function DimensionFilter({
  dimension,
  options,
  selected,
  onChange,
}: {
  dimension: FilterDimension;
  options: FilterOption[];
  selected: readonly string[];
  onChange: (values: string[]) => void;
}) {
  const { state, trigger, wanted } = usePopup({ preload });
  const label = FILTER_LABEL[dimension].one;
  const chosen = selected.length > 0;
  return (
    <>
      <FilterChip {...trigger} aria-label={`${label}: ${selectionLabel(dimension, selected, options)}`}>
        {chosen && <span>{label}</span>}
        <span className={chosen ? "min-w-0 truncate font-medium text-ink" : "text-ink-2"}>
          {selectionLabel(dimension, selected, options)}
        </span>
        <ChevronDownIcon className="size-3.5 text-ink-3" />
      </FilterChip>
      {wanted && (
        <Suspense>
          <OptionPanel state={state} label={label} options={options} selected={selected} onChange={onChange} />
        </Suspense>
      )}
    </>
  );
}
