"use client";

import { useCallback, useMemo } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import type { ExplorerNarrowing } from "@/components/filters/search-params";
import { useFilters } from "@/components/filters/use-filters";
import { useWorkspace } from "@/components/layout/workspace-context";
import { AnsweredCards } from "@/components/metrics/answered-cards";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { MeasureGroupPanel } from "@/components/reports/measures/measure-group-panel";
import { QueryError } from "@/components/reports/query-error";
import {
  LIST_BEHIND,
  OPERATION_COLUMNS,
  OPERATION_METRICS,
  operationRequests,
  serializeOperationLists,
} from "./operation-requests";
import { OperationsPanel } from "./operations-panel";
import { RedeployPanel } from "./redeploy-panel";

const ID = "deployments";
const GROUPS = ["team", "repo"] as const;
const NONE = { failed_deployment_recovery_time: "none failed", incidents_per_quarter: "none told of" };

/** Figures of deployments and incidents, where they differ, and which they are. */
export function OperationsSection({ scope, path }: { scope: PageScope; path: string }) {
  const requests = useMemo(() => operationRequests(scope), [scope]);
  const [state] = useFilters();
  const { descriptors } = useWorkspace();
  const totals = useMetricsQuery(requests.totals);
  const course = useMetricsQuery(requests.course);
  const groups = { team: useMetricsQuery(requests.team), repo: useMetricsQuery(requests.repo) };
  const shown = useMemo(
    () => OPERATION_METRICS.flatMap((metric) => descriptors.find(({ id }) => id === metric) ?? []),
    [descriptors],
  );
  const hrefOf = useCallback(
    (metric: string, { repo, team }: Partial<ExplorerNarrowing> = {}) => {
      const operations = LIST_BEHIND[metric as keyof typeof LIST_BEHIND];
      const narrowed = { ...state, ...(repo && { repo }), ...(team && { team }), operations };
      return `${serializeOperationLists(path, narrowed)}#${ID}`;
    },
    [path, state],
  );
  const isTold = rowsOf(totals.data, "deployment_frequency")[0]?.told?.repositories !== 0;
  const failed = [totals, course, groups.team, groups.repo].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  return (
    <section aria-labelledby={ID} className="mt-8">
      <h2 id={ID} className="scroll-mt-20 text-xl font-[550] tracking-[-0.01em]">
        Deployments and incidents
      </h2>
      <p className="mt-0.5 mb-3 max-w-prose text-note text-ink-3">
        Of services and not of authors: a deployment brings the work of many, so agents, people and tasks are not told
        apart here.
      </p>
      <AnsweredCards
        label="Figures of deployments and incidents"
        descriptors={shown.filter(({ id }) => id !== "redeploy_cycles")}
        totals={totals.data}
        course={course.data}
        timeZone={scope.timeZone}
        hrefOf={hrefOf}
      />
      <div className="grid gap-4 lg:grid-cols-2">
        <OperationsPanel scope={scope} isTold={isTold} waits={totals.isPending} />
        <RedeployPanel
          row={rowsOf(totals.data, "redeploy_cycles")[0]}
          request={requests.totals}
          busy={totals.isPlaceholderData}
        />
        {GROUPS.filter(() => isTold).map((group) => (
          <MeasureGroupPanel
            key={group}
            group={group}
            descriptors={shown.filter(({ id }) => OPERATION_COLUMNS.includes(id))}
            answer={groups[group].data}
            request={requests[group]}
            busy={groups[group].isPlaceholderData}
            hrefOf={hrefOf}
            title={`Deployments and incidents ${group === "team" ? "by team" : "by repository"}`}
            none={NONE}
            className="lg:col-span-2"
          />
        ))}
      </div>
    </section>
  );
}
