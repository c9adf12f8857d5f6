"use client";

import { useCallback } from "react";
import type { ExplorerNarrowing } from "@/components/filters/search-params";
import { useFilters, usePullRequestsHref } from "@/components/filters/use-filters";

/** What a number counts, beyond the page's filters and whose work it is. */
const COUNTED: Readonly<Record<string, Partial<ExplorerNarrowing>>> = {
  rollback_rate_24h: { rolledBack: true, window: "24h" },
  rollback_rate_7d: { rolledBack: true, window: "7d" },
  effective_safe_prs: { rolledBack: false, window: "7d" },
};

/**
 * Makes the link from a metric's number to exactly the pull requests that it counts: eligible ones, by agents unless a
 * filter chose otherwise, old enough for the window where there is one.
 */
export function useBehind() {
  const [{ authorKind, agent }] = useFilters();
  const hrefOf = usePullRequestsHref();
  const everyone = authorKind.length > 0 || agent.length > 0;
  return useCallback(
    (metric: string, narrowed: Partial<ExplorerNarrowing> = {}) =>
      hrefOf({
        ...(!everyone && { authorKind: ["agent", "assisted"] }),
        counted: true,
        ...COUNTED[metric],
        ...narrowed,
      }),
    [hrefOf, everyone],
  );
}
