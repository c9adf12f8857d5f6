"use client";

import { ArrowLeftIcon, PlusIcon } from "lucide-react";
import { useState } from "react";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { FilterChip } from "./filter-chip";
import { FILTER_LABEL, type FilterOption } from "./filter-options";
import { OptionList } from "./option-list";
import type { FilterDimension } from "./search-params";

/** Offers the dimensions that have no chip yet: first which one, then its values, in the same place. */
export function AddFilter({
  available,
  optionsOf,
  onChange,
}: {
  available: FilterDimension[];
  optionsOf: (dimension: FilterDimension) => FilterOption[];
  onChange: (dimension: FilterDimension, values: string[]) => void;
}) {
  const [dimension, setDimension] = useState<FilterDimension | null>(null);
  const [values, setValues] = useState<string[]>([]);
  // The chip would move under the pointer if it appeared at the first choice, so it appears on closing.
  const close = (open: boolean) => {
    if (open) return;
    if (dimension !== null && values.length > 0) onChange(dimension, values);
    setDimension(null);
    setValues([]);
  };
  return (
    <Popover onOpenChange={close}>
      <PopoverTrigger asChild>
        <FilterChip offering>
          <PlusIcon className="size-3.5" />
          Filter
        </FilterChip>
      </PopoverTrigger>
      <PopoverContent align="start" aria-label="Add a filter" className="w-64 p-0">
        {dimension === null ? (
          <ul className="p-1" aria-label="Filter by">
            {available.map((option) => (
              <li key={option}>
                <button
                  type="button"
                  className="w-full rounded-sm px-2 py-1.5 text-left text-sm hover:bg-sunken focus-visible:bg-sunken"
                  onClick={() => setDimension(option)}
                >
                  {FILTER_LABEL[option].one}
                </button>
              </li>
            ))}
          </ul>
        ) : (
          <>
            <button
              type="button"
              className="flex w-full items-center gap-2 border-b px-3 py-2 text-left text-sm font-medium"
              onClick={() => setDimension(null)}
            >
              <ArrowLeftIcon className="size-3.5 text-ink-3" />
              {FILTER_LABEL[dimension].one}
            </button>
            <OptionList
              label={FILTER_LABEL[dimension].one}
              options={optionsOf(dimension)}
              selected={values}
              onChange={setValues}
            />
          </>
        )}
      </PopoverContent>
    </Popover>
  );
}
