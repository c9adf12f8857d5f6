"use client";

import type * as React from "react";
import { useWorkspace } from "@/components/layout/workspace-context";
import { AddFilter } from "./add-filter";
import { CopyLink } from "./copy-link";
import { DimensionFilter } from "./dimension-filter";
import { FilterChip } from "./filter-chip";
import { filterOptions } from "./filter-options";
import { PeriodFilter } from "./period-filter";
import { FILTER_DIMENSIONS, type FilterDimension } from "./search-params";
import { useFilters, usePageScope } from "./use-filters";

/** Always in reach; the others appear once they filter. */
const ALWAYS: readonly FilterDimension[] = ["team", "repo"];

/** Period and filters of a report; everything it holds is in the URL. `children` stand at its right end. */
export function FilterBar({ children }: { children?: React.ReactNode }) {
  const [state, setState] = useFilters();
  const { dimensions } = useWorkspace();
  const scope = usePageScope();
  if (scope === null) return null;

  const optionsOf = (dimension: FilterDimension) => filterOptions(dimension, dimensions);
  const offered = FILTER_DIMENSIONS.filter((dimension) => dimension !== "org" || dimensions.orgs.length > 1);
  const shown = offered.filter((dimension) => ALWAYS.includes(dimension) || state[dimension].length > 0);
  const hidden = offered.filter((dimension) => !shown.includes(dimension));
  const change = (dimension: FilterDimension, values: string[]) =>
    setState({ [dimension]: values.length > 0 ? values : null });
  const anyFilter = offered.some((dimension) => state[dimension].length > 0);

  return (
    <section aria-label="Period and filters" data-print="hide" className="mb-5 flex flex-wrap items-center gap-2">
      <PeriodFilter filters={state} scope={scope} onChange={setState} />
      {shown.map((dimension) => (
        <DimensionFilter
          key={dimension}
          dimension={dimension}
          options={optionsOf(dimension)}
          selected={state[dimension]}
          onChange={(values) => change(dimension, values)}
        />
      ))}
      {hidden.length > 0 && <AddFilter available={hidden} optionsOf={optionsOf} onChange={change} />}
      {anyFilter && (
        <FilterChip
          look="quiet"
          onClick={() => setState(Object.fromEntries(FILTER_DIMENSIONS.map((dimension) => [dimension, null])))}
        >
          Clear filters
        </FilterChip>
      )}
      <CopyLink />
      {children}
    </section>
  );
}
