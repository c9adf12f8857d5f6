"use client";

import { useMemo } from "react";
import type { Trend } from "@/components/charts/prepare-trend";
import type { PageScope } from "@/components/filters/page-scope";
import { useWorkspace } from "@/components/layout/workspace-context";
import { useMilestones } from "@/components/query/use-milestones";
import type { Milestone } from "@/lib/settings/types";
import { prepareMilestones } from "./prepare-milestones";

/** The milestones of the organisations and teams that a page is about, the latest first. */
export function usePageMilestones({ filters: { org, team }, isSample }: Pick<PageScope, "filters" | "isSample">) {
  const { data } = useMilestones();
  const { dimensions } = useWorkspace();
  return useMemo((): Milestone[] => {
    const inView = dimensions.orgs.flatMap((one) => (one.isSample === isSample ? one.slug : []));
    return (data ?? []).filter(
      (one) =>
        (org ?? inView).includes(one.org) && (one.team === null || team === undefined || team.includes(one.team)),
    );
  }, [data, dimensions.orgs, isSample, org, team]);
}

/** Marks of what was changed on a trend, and what the numbers at them stand for. */
export function useTrendMilestones(data: Trend, grain: "week" | "month", scope: PageScope) {
  const milestones = usePageMilestones(scope);
  return useMemo(() => prepareMilestones(data, milestones, grain), [data, grain, milestones]);
}
