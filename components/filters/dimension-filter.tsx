"use client";

import { ChevronDownIcon } from "lucide-react";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { FilterChip } from "./filter-chip";
import { FILTER_LABEL, type FilterOption, selectionLabel } from "./filter-options";
import { OptionList } from "./option-list";
import type { FilterDimension } from "./search-params";

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
  const label = FILTER_LABEL[dimension].one;
  const chosen = selected.length > 0;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <FilterChip aria-label={`${label}: ${selectionLabel(dimension, selected, options)}`}>
          {chosen && <span>{label}</span>}
          <span className={chosen ? "min-w-0 truncate font-medium text-ink" : "text-ink-2"}>
            {selectionLabel(dimension, selected, options)}
          </span>
          <ChevronDownIcon className="size-3.5 text-ink-3" />
        </FilterChip>
      </PopoverTrigger>
      <PopoverContent align="start" aria-label={label} className="w-64 p-0">
        <OptionList label={label} options={options} selected={selected} onChange={onChange} />
      </PopoverContent>
    </Popover>
  );
}
