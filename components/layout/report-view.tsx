"use client";

import type { ComponentType } from "react";
import { FilterBar } from "@/components/filters/filter-bar";
import type { PageScope } from "@/components/filters/page-scope";
import { usePageScope } from "@/components/filters/use-filters";
import { FreshnessBadge } from "./freshness-badge";
import { NothingImported } from "./nothing-imported";
import { PrintedScope } from "./printed-scope";

/** A report under the filter bar; what to do first where nothing is imported. */
export function ReportView({ report: Report }: { report: ComponentType<{ scope: PageScope }> }) {
  const scope = usePageScope();
  if (scope === null) return <NothingImported />;
  return (
    <>
      <FilterBar>
        <FreshnessBadge />
      </FilterBar>
      <PrintedScope scope={scope} />
      <Report scope={scope} />
    </>
  );
}
