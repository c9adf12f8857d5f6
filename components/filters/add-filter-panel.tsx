"use client";

import { ArrowLeftIcon } from "lucide-react";
import { PopupPanel } from "@/components/popup/popup-panel";
import type { PopupState } from "@/components/popup/use-popup";
import { FILTER_LABEL, type FilterOption } from "./filter-options";
import { OptionList } from "./option-list";
import type { FilterDimension } from "./search-params";

/** First which dimension, then its values, in the same place. */
export default function AddFilterPanel({
  state,
  available,
  dimension,
  options,
  selected,
  onDimension,
  onChange,
}: {
  state: PopupState;
  available: FilterDimension[];
  dimension: FilterDimension | null;
  /** Of the dimension. */
  options: FilterOption[];
  selected: readonly string[];
  onDimension: (dimension: FilterDimension | null) => void;
  onChange: (values: string[]) => void;
}) {
  return (
    <PopupPanel {...state} aria-label="Add a filter" className="w-64">
      {dimension === null ? (
        <ul className="p-1" aria-label="Filter by">
          {available.map((option) => (
            <li key={option}>
              <button
                type="button"
                className="w-full rounded-sm px-2 py-1.5 text-left text-sm hover:bg-sunken focus-visible:bg-sunken"
                onClick={() => onDimension(option)}
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
            onClick={() => onDimension(null)}
          >
            <ArrowLeftIcon className="size-3.5 text-ink-3" />
            {FILTER_LABEL[dimension].one}
          </button>
          <OptionList label={FILTER_LABEL[dimension].one} options={options} selected={selected} onChange={onChange} />
        </>
      )}
    </PopupPanel>
  );
}
