import { useCallback } from "react";
import type { ExplorerNarrowing } from "@/components/filters/search-params";
import { useFilters } from "@/components/filters/use-filters";
import { LIST_BEHIND, serializeOperationLists } from "@/components/reports/operations/operation-requests";
import { useBehind } from "@/components/reports/use-behind";

/** Where a figure of a team leads: to its pull requests, or to deployments and incidents. Of people there is no list. */
export function useFigureHref(): (metric: string, narrowed: Partial<ExplorerNarrowing>) => string {
  const behind = useBehind();
  const [state] = useFilters();
  return useCallback(
    (metric, narrowed) => {
      if (metric === "adoption_rate") return behind("agent_prs_merged", narrowed);
      if (!(metric in LIST_BEHIND)) return behind(metric, narrowed);
      const operations = LIST_BEHIND[metric as keyof typeof LIST_BEHIND];
      return `${serializeOperationLists("/quality", { ...state, ...narrowed, operations })}#deployments`;
    },
    [behind, state],
  );
}
