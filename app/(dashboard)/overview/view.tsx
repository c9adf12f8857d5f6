"use client";

import { FilterBar } from "@/components/filters/filter-bar";
import { usePageScope } from "@/components/filters/use-filters";
import { FreshnessBadge } from "@/components/layout/freshness-badge";
import { NothingImported } from "@/components/layout/nothing-imported";
import { OverviewReport } from "./report";

/** How the fleet does in this period against the last one. */
export function OverviewView() {
  const scope = usePageScope();
  if (scope === null) return <NothingImported />;
  return (
    <>
      <FilterBar>
        <FreshnessBadge />
      </FilterBar>
      <OverviewReport scope={scope} />
    </>
  );
}
