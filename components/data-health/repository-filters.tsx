"use client";

import { DimensionFilter } from "@/components/filters/dimension-filter";
import { filterOptions } from "@/components/filters/filter-options";
import { useFilters } from "@/components/filters/use-filters";
import { FreshnessBadge } from "@/components/layout/freshness-badge";
import { useWorkspace } from "@/components/layout/workspace-context";

/** Data health has no period: the filters that choose repositories are all it takes. */
export function RepositoryFilters() {
  const [state, setState] = useFilters();
  const { dimensions } = useWorkspace();
  const offered = dimensions.orgs.length > 1 ? (["org", "repo"] as const) : (["repo"] as const);
  return (
    <section aria-label="Filters" data-print="hide" className="mb-5 flex flex-wrap items-center gap-2">
      {offered.map((dimension) => (
        <DimensionFilter
          key={dimension}
          dimension={dimension}
          options={filterOptions(dimension, dimensions)}
          selected={state[dimension]}
          onChange={(values) => setState({ [dimension]: values.length > 0 ? values : null })}
        />
      ))}
      <FreshnessBadge />
    </section>
  );
}
