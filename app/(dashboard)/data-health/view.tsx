"use client";

import { HealthReport } from "@/components/data-health/health-report";
import { RepositoryFilters } from "@/components/data-health/repository-filters";
import { usePageScope } from "@/components/filters/use-filters";
import { NothingImported } from "@/components/layout/nothing-imported";

/** What is in, how fresh it is, what is missing. */
export function DataHealthView() {
  const scope = usePageScope();
  if (scope === null) return <NothingImported />;
  return (
    <>
      <RepositoryFilters />
      <HealthReport scope={scope} />
    </>
  );
}
