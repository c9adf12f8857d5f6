"use client";

import { useQueryState } from "nuqs";
import { lazy, Suspense, useMemo } from "react";
import { AUTHOR_KIND_COLOR } from "@/components/charts/series-color";
import type { PageScope } from "@/components/filters/page-scope";
import { useNameOf } from "@/components/filters/use-filters";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { useDescriptor, useWorkspace } from "@/components/layout/workspace-context";
import { overviewOpening, subjectOf } from "@/components/metrics/headline";
import { HeadlineText } from "@/components/metrics/headline-text";
import { MetricCard, MetricCards } from "@/components/metrics/metric-card";
import { compareRowsOf, rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { periodBefore } from "@/components/reports/period-before";
import { QueryError } from "@/components/reports/query-error";
import { ratesBy } from "@/components/reports/rates-by";
import { RollbackByTaskPanel } from "@/components/reports/rollback-by-task-panel";
import { useBehind } from "@/components/reports/use-behind";
import { WeeklyMergesPanel } from "@/components/reports/weekly-merges-panel";
import { WINDOW_METRIC } from "@/components/reports/windows";
import { Skeleton } from "@/components/ui/skeleton";
import { chooseCards, SHARE_METRICS } from "./cards";
import { overviewRequests } from "./requests";
import { overviewParsers } from "./search-params";

const isShare = (metric: string): boolean => SHARE_METRICS.some((share) => share === metric);

const OverviewDetails = lazy(() => import("./details"));

/** The answer, the key figures and the two first panels; the rest comes alive after them. */

export function OverviewReport({ scope }: { scope: PageScope }) {
  const requests = useMemo(() => overviewRequests(scope), [scope]);
  const [window, setWindow] = useQueryState("window", overviewParsers.window);
  const { descriptors } = useWorkspace();
  const nameOf = useNameOf();
  const behind = useBehind();
  const rate24h = useDescriptor("rollback_rate_24h");
  const rate7d = useDescriptor("rollback_rate_7d");
  const totals = useMetricsQuery(requests.totals);
  const course = useMetricsQuery(requests.course);
  const shares = useMetricsQuery(requests.shares);
  const shareCourse = useMetricsQuery(requests.shareCourse);
  const kinds = useMetricsQuery(requests.kinds);
  const tasks = useMetricsQuery(requests.tasks);

  const windowMetric = WINDOW_METRIC[window];
  const bySeries = useMemo(
    () => [
      {
        key: "agent",
        label: "Agents",
        color: AUTHOR_KIND_COLOR.agent,
        rates: ratesBy("category", rowsOf(tasks.data, windowMetric)),
      },
    ],
    [tasks.data, windowMetric],
  );
  const failed = [totals, course, shares, shareCourse, kinds, tasks].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  if (totals.data === undefined || shares.data === undefined) return <PageSkeleton panels={4} />;

  const answerOf = (metric: string) => (isShare(metric) ? shares.data : totals.data);
  const opening = overviewOpening({
    subject: subjectOf(scope.filters, (agent) => nameOf("agent", agent)),
    share: rowsOf(shares.data, "ai_share_prs")[0],
    rolledBack: rowsOf(totals.data, "rollback_rate_7d")[0],
    before: periodBefore(scope),
  });
  return (
    <>
      <PageHeader headline={<HeadlineText segments={opening.headline} />} lede={opening.lede.join(" ")} />
      <MetricCards>
        {chooseCards((metric) => rowsOf(answerOf(metric), metric)[0])
          .flatMap((metric) => descriptors.find(({ id }) => id === metric) ?? [])
          .map((descriptor) => (
            <MetricCard
              key={descriptor.id}
              descriptor={descriptor}
              row={rowsOf(answerOf(descriptor.id), descriptor.id)[0]}
              before={compareRowsOf(answerOf(descriptor.id), descriptor.id)[0]}
              series={rowsOf(isShare(descriptor.id) ? shareCourse.data : course.data, descriptor.id)}
              asOf={totals.data.asOf}
              timeZone={scope.timeZone}
              href={behind(descriptor.id)}
            />
          ))}
      </MetricCards>
      <div className="grid gap-4 lg:grid-cols-2">
        <WeeklyMergesPanel
          rows={rowsOf(kinds.data, "prs_merged_week")}
          request={requests.kinds}
          scope={scope}
          busy={kinds.isPlaceholderData}
        />
        <RollbackByTaskPanel
          title={`Rolled back within ${window === "24h" ? "24 hours" : "7 days"}, by task`}
          descriptor={window === "24h" ? rate24h : rate7d}
          bands={rate24h.benchmarks}
          series={bySeries}
          window={window}
          onWindow={setWindow}
          csvHref={metricsCsvHref(requests.tasks)}
          busy={tasks.isPlaceholderData}
        />
        <Suspense fallback={<Skeleton className="h-80 lg:col-span-2" />}>
          <OverviewDetails scope={scope} />
        </Suspense>
      </div>
    </>
  );
}
