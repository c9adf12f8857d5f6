"use client";

import { useQueryState } from "nuqs";
import { useMemo } from "react";
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
import { ChangesPanel } from "@/components/reports/changes-panel";
import { GroupTablePanel } from "@/components/reports/group-table-panel";
import { LatestRollbacksPanel } from "@/components/reports/latest-rollbacks-panel";
import { periodBefore } from "@/components/reports/period-before";
import { QueryError } from "@/components/reports/query-error";
import { ratesBy } from "@/components/reports/rates-by";
import { RollbackByTaskPanel } from "@/components/reports/rollback-by-task-panel";
import { TaskMixPanel } from "@/components/reports/task-mix-panel";
import { useBehind } from "@/components/reports/use-behind";
import { WeeklyMergesPanel } from "@/components/reports/weekly-merges-panel";
import { WINDOW_METRIC } from "@/components/reports/windows";
import type { MetricsResponse } from "@/lib/metrics/types";
import { CARD_METRICS, latestRollbacksRequest, overviewRequests } from "./requests";
import { overviewParsers } from "./search-params";

const CARD_ORDER: readonly string[] = CARD_METRICS;

export function OverviewReport({ scope }: { scope: PageScope }) {
  const requests = useMemo(() => overviewRequests(scope), [scope]);
  const [window, setWindow] = useQueryState("window", overviewParsers.window);
  const { descriptors } = useWorkspace();
  const nameOf = useNameOf();
  const behind = useBehind();
  const rate24h = useDescriptor("rollback_rate_24h");
  const rate7d = useDescriptor("rollback_rate_7d");
  const taskMix = useDescriptor("task_mix");
  const totals = useMetricsQuery(requests.totals);
  const course = useMetricsQuery(requests.course);
  const kinds = useMetricsQuery(requests.kinds);
  const tasks = useMetricsQuery(requests.tasks);
  const teams = useMetricsQuery(requests.teams);
  const repositories = useMetricsQuery(requests.repositories);
  const agents = useMetricsQuery(requests.agents);

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
  const changeSources = useMemo(
    () =>
      (
        [
          ["category", tasks.data],
          ["team", teams.data],
          ["repo", repositories.data],
        ] as const
      ).map(([dimension, answer]) => ({
        dimension,
        rows: rowsOf(answer, "rollback_rate_7d"),
        before: compareRowsOf(answer, "rollback_rate_7d"),
        nameOf: (value: string) => nameOf(dimension, value),
      })),
    [tasks.data, teams.data, repositories.data, nameOf],
  );
  const agentRows = useMemo(() => groupRows(agents.data), [agents.data]);
  const teamRows = useMemo(() => groupRows(teams.data), [teams.data]);

  const failed = [totals, course, kinds, tasks, teams, repositories, agents].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  if (totals.data === undefined) return <PageSkeleton panels={4} />;

  const opening = overviewOpening({
    subject: subjectOf(scope.filters, (agent) => nameOf("agent", agent)),
    share: rowsOf(totals.data, "ai_share_prs")[0],
    rolledBack: rowsOf(totals.data, "rollback_rate_7d")[0],
    before: periodBefore(scope),
  });
  return (
    <>
      <PageHeader headline={<HeadlineText segments={opening.headline} />} lede={opening.lede.join(" ")} />
      <MetricCards>
        {descriptors
          .filter(({ id }) => CARD_ORDER.includes(id))
          .toSorted((a, b) => CARD_ORDER.indexOf(a.id) - CARD_ORDER.indexOf(b.id))
          .map((descriptor) => (
            <MetricCard
              key={descriptor.id}
              descriptor={descriptor}
              row={rowsOf(totals.data, descriptor.id)[0]}
              before={compareRowsOf(totals.data, descriptor.id)[0]}
              series={rowsOf(course.data, descriptor.id)}
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
        <ChangesPanel
          descriptor={rate7d}
          sources={changeSources}
          compared={scope.compare !== undefined}
          pending={teams.data === undefined || repositories.data === undefined}
          busy={tasks.isPlaceholderData}
        />
        <GroupTablePanel
          title="Agents"
          note="A pull request by several agents counts for each of them."
          dimension="agent"
          rows={agentRows}
          request={requests.agents}
          pending={agents.data === undefined}
          busy={agents.isPlaceholderData}
        />
        <TaskMixPanel
          descriptor={taskMix}
          rows={rowsOf(tasks.data, "task_mix")}
          request={requests.tasks}
          busy={tasks.isPlaceholderData}
        />
        <GroupTablePanel
          title="Teams"
          note="Work of agents, by the team that owns the code. In alphabetical order: teams differ in what they work on."
          dimension="team"
          rows={teamRows}
          request={requests.teams}
          pending={teams.data === undefined}
          busy={teams.isPlaceholderData}
        />
        <LatestRollbacksPanel request={latestRollbacksRequest(scope)} timeZone={scope.timeZone} />
      </div>
    </>
  );
}

function groupRows(answer: MetricsResponse | undefined) {
  return {
    merged: rowsOf(answer, "agent_prs_merged"),
    share: rowsOf(answer, "ai_share_prs"),
    within7d: rowsOf(answer, "rollback_rate_7d"),
  };
}
