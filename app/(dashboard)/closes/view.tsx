"use client";

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
      {orgs.length > 1 && (
        <label className="mb-4 flex w-fit items-center gap-2 text-sm">
          Organisation
          <select
            value={org.slug}
            onChange={(event) => setState({ org: [event.target.value] })}
            className="h-9 rounded-md border border-line-control bg-panel px-2 text-sm"
          >
            {orgs.map(({ name, slug }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <ClosesReport key={org.slug} org={org.slug} timeZone={org.timeZone} />
    </>
  );
}
