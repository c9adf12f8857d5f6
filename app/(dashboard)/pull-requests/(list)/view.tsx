"use client";

import { FilterBar } from "@/components/filters/filter-bar";
import { usePageScope } from "@/components/filters/use-filters";
import { FreshnessBadge } from "@/components/layout/freshness-badge";
import { NothingImported } from "@/components/layout/nothing-imported";
import { PullRequestExplorer } from "@/components/pull-requests/explorer";

/** Which pull requests, exactly. */
export function PullRequestsView() {
  const scope = usePageScope();
  if (scope === null) return <NothingImported />;
  return (
    <>
      <FilterBar>
        <FreshnessBadge />
      </FilterBar>
      <PullRequestExplorer scope={scope} />
    </>
  );
}
