"use client";

import { useMemo } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import { useWorkspace } from "@/components/layout/workspace-context";
import { useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { EngineerWeekPanel } from "@/components/reports/engineer-week-panel";
import { MeasureGroupPanel } from "@/components/reports/measures/measure-group-panel";
import { QueryError } from "@/components/reports/query-error";
import { useFigureHref } from "@/components/reports/use-figure-href";
import { EquivalentPanel } from "./equivalent-panel";
import { OpenPanel } from "./open-panel";
import { THROUGHPUT_METRICS, throughputRequests } from "./throughput-requests";

const ID = "throughput";

/** How much is merged for each engineer and week, and how often it goes to production. */
export function ThroughputSection({ scope }: { scope: PageScope }) {
  const requests = useMemo(() => throughputRequests(scope), [scope]);
  const { descriptors } = useWorkspace();
  const hrefOf = useFigureHref();
  const team = useMetricsQuery(requests.team);
  const kind = useMetricsQuery(requests.kind);
  const open = useMetricsQuery(requests.open);
  const openRepos = useMetricsQuery(requests.openRepos);
  const equivalent = useMetricsQuery(requests.equivalent);
  const shown = useMemo(
    () => THROUGHPUT_METRICS.flatMap((metric) => descriptors.find(({ id }) => id === metric) ?? []),
    [descriptors],
  );
  const failed = [team, kind, equivalent, open, openRepos].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  return (
    <section aria-labelledby={ID} className="mt-8">
      <h2 id={ID} className="scroll-mt-20 text-xl font-[550] tracking-[-0.01em]">
        How much, and how often to production
      </h2>
      <p className="mt-0.5 mb-3 max-w-prose text-note text-ink-3">
        Of everybody’s work, by the people on the roster. Deployments are of services and not of authors.
      </p>
      <div className="grid gap-4 lg:grid-cols-2">
        <MeasureGroupPanel
          group="team"
          title="Throughput by team"
          descriptors={shown}
          answer={team.data}
          request={requests.team}
          busy={team.isPlaceholderData}
          hrefOf={hrefOf}
          fold={15}
          className="lg:col-span-2"
        />
        <EquivalentPanel answer={equivalent.data} request={requests.equivalent} busy={equivalent.isPlaceholderData} />
        <EngineerWeekPanel answer={kind.data} request={requests.kind} busy={kind.isPlaceholderData} />
        <OpenPanel
          whole={open.data}
          repos={openRepos.data}
          request={requests.openRepos}
          busy={open.isPlaceholderData || openRepos.isPlaceholderData}
        />
      </div>
    </section>
  );
}
