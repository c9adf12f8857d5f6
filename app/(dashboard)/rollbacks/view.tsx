"use client";

import { FilterBar } from "@/components/filters/filter-bar";
import { usePageScope } from "@/components/filters/use-filters";
import { FreshnessBadge } from "@/components/layout/freshness-badge";
import { NothingImported } from "@/components/layout/nothing-imported";
import { RollbacksReport } from "./report";

/** What was taken back, how soon, where, and how that is known. */
export function RollbacksView() {
  const scope = usePageScope();
  if (scope === null) return <NothingImported />;
  return (
    <>
      <FilterBar>
        <FreshnessBadge />
      </FilterBar>
      <RollbacksReport scope={scope} />
    </>
  );
}
