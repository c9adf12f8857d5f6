"use client";

import { OrganisationSelect } from "@/components/filters/organisation-select";
import { organisationsInView } from "@/components/filters/page-scope";
import { useFilters } from "@/components/filters/use-filters";
import { NothingImported } from "@/components/layout/nothing-imported";
import { useWorkspace } from "@/components/layout/workspace-context";
import { ClosesReport } from "@/components/reports/closes/closes-report";

/** Months that finance closed, of one organisation. */
export function ClosesView() {
  const [state, setState] = useFilters();
  const { dimensions } = useWorkspace();
  const [org] = organisationsInView(state, dimensions);
  if (dimensions.span === null || org === undefined) return <NothingImported />;
  const orgs = organisationsInView({ org: [] }, dimensions);
  return (
    <>
      <OrganisationSelect
        orgs={orgs}
        value={org.slug}
        onChange={(slug) => setState({ org: [slug] })}
        className="mb-4 w-fit"
      />
      <ClosesReport key={org.slug} org={org.slug} timeZone={org.timeZone} fiscalStart={org.fiscalStart} />
    </>
  );
}
