"use client";

import { useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { useWorkspace } from "@/components/layout/workspace-context";
import { filterOptions } from "./filter-options";
import { resolvePageScope } from "./page-scope";
import {
  type ExplorerNarrowing,
  FILTER_DIMENSIONS,
  type FilterDimension,
  filterParsers,
  serializeExplorer,
} from "./search-params";

/** The filters of the URL and the way to change them; each change is a step that Back undoes. */
export function useFilters() {
  return useQueryStates(filterParsers, { history: "push", shallow: true, scroll: false });
}

/** The page's period, zone and filters; null when nothing is imported. */
export function usePageScope() {
  const [state] = useFilters();
  const { dimensions } = useWorkspace();
  return useMemo(() => resolvePageScope(state, dimensions), [state, dimensions]);
}

/** Makes links to the pull requests behind a number: the page's period and filters, and what the number adds. */
export function usePullRequestsHref() {
  const [state] = useFilters();
  return useCallback(
    (narrowed: Partial<ExplorerNarrowing> = {}) => serializeExplorer("/pull-requests", { ...state, ...narrowed }),
    [state],
  );
}

/** Names of values, for labels; a value that no list holds names itself. */
export function useNameOf() {
  const { dimensions } = useWorkspace();
  const names = useMemo(
    () =>
      new Map(
        FILTER_DIMENSIONS.flatMap((dimension) =>
          filterOptions(dimension, dimensions).map(({ value, label }) => [`${dimension} ${value}`, label] as const),
        ),
      ),
    [dimensions],
  );
  return useCallback(
    (dimension: FilterDimension, value: string) => names.get(`${dimension} ${value}`) ?? value,
    [names],
  );
}
