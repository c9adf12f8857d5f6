"use client";

import { organisationsInView } from "@/components/filters/page-scope";
import { useFilters, usePageScope } from "@/components/filters/use-filters";
import { cn } from "@/components/ui/cn";
import { formatDateTime, formatQuantity } from "@/lib/core/format";
import { replicaSentence } from "@/lib/core/replica-lag";
import { laggingRepositories } from "./freshness";
import { useWorkspace } from "./workspace-context";

/** Up to when the data is complete, and for how many of the repositories. */
export function FreshnessBadge() {
  const [state] = useFilters();
  const scope = usePageScope();
  const { dimensions } = useWorkspace();
  if (scope === null || dimensions.span === null) return null;
  const slugs = new Set(organisationsInView(state, dimensions).map((org) => org.slug));
  const repos = dimensions.repos.filter((repo) => slugs.has(repo.org));
  const lagging = laggingRepositories({ orgs: dimensions.orgs, repos }).length;
  const latest =
    repos
      .flatMap((repo) => repo.completeTo ?? [])
      .toSorted()
      .at(-1) ?? dimensions.span.latest;
  const total = formatQuantity(repos.length, "repository", "repositories");
  const late = replicaSentence(dimensions.replica);
  return (
    <p className="num flex items-center gap-1.5 text-note text-ink-3 max-md:w-full md:ml-auto">
      <span
        aria-hidden="true"
        className={cn("size-[7px] rounded-full", lagging === 0 && late === null ? "bg-good" : "bg-warn")}
      />
      <span>
        Complete to <time dateTime={latest}>{formatDateTime(latest, scope.timeZone)}</time> ·{" "}
        {lagging === 0 ? total : `${repos.length - lagging} of ${total}`}
        {late !== null && ` · ${late}`}
      </span>
    </p>
  );
}
