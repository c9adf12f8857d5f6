"use client";

import { PopupPanel } from "@/components/popup/popup-panel";
import type { PopupState } from "@/components/popup/use-popup";
import type { FilterOption } from "./filter-options";
import { OptionList } from "./option-list";

/** The values of one dimension, to choose from. */
export default function OptionPanel({
  state,
  label,
  options,
  selected,
  onChange,
}: {
  state: PopupState;
  label: string;
  options: FilterOption[];
  selected: readonly string[];
  onChange: (values: string[]) => void;
}) {
  return (
    <PopupPanel {...state} aria-label={label} className="w-64">
      <OptionList label={label} options={options} selected={selected} onChange={onChange} />
    </PopupPanel>
  );
}
