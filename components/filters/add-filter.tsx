"use client";

import { PlusIcon } from "lucide-react";
import { Suspense, useState } from "react";
import { onDemand } from "@/components/popup/on-demand";
import { usePopup } from "@/components/popup/use-popup";
import { FilterChip } from "./filter-chip";
import type { FilterOption } from "./filter-options";
import type { FilterDimension } from "./search-params";

const { Panel: AddFilterPanel, preload } = onDemand(() => import("./add-filter-panel"));

/** Offers the dimensions that have no chip yet. */
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
  const onClose = () => {
    if (dimension !== null && values.length > 0) onChange(dimension, values);
    setDimension(null);
    setValues([]);
  };
  const { state, trigger, wanted } = usePopup({ preload, onClose });
  return (
    <>
      <FilterChip {...trigger} look="offering">
        <PlusIcon className="size-3.5" />
        Filter
      </FilterChip>
      {wanted && (
        <Suspense>
          <AddFilterPanel
            state={state}
            available={available}
            dimension={dimension}
            options={dimension === null ? [] : optionsOf(dimension)}
            selected={values}
            onDimension={setDimension}
            onChange={setValues}
          />
        </Suspense>
      )}
    </>
  );
}
