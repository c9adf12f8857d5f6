"use client";

import { useQueryStates } from "nuqs";
import { lazy, Suspense, useMemo } from "react";
import { AUTHOR_KIND_COLOR } from "@/components/charts/series-color";
import { comparesKinds, type PageScope } from "@/components/filters/page-scope";
import { useNameOf } from "@/components/filters/use-filters";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { useDescriptor } from "@/components/layout/workspace-context";
import { isSmall } from "@/components/metrics/by-chance";
import { changeSentence, subjectOf } from "@/components/metrics/headline";
import { HeadlineText } from "@/components/metrics/headline-text";
import { compareRowsOf, rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { useRollbackComparison, useRollbackCurve } from "@/components/query/use-cohort-queries";
import { ComparisonPanel } from "@/components/reports/comparison-panel";
import { CurvePanel } from "@/components/reports/curve-panel";
import { GroupTablePanel } from "@/components/reports/group-table-panel";
import { periodBefore } from "@/components/reports/period-before";
import { QueryError } from "@/components/reports/query-error";
import { ratesBy } from "@/components/reports/rates-by";
import { RollbackByTaskPanel } from "@/components/reports/rollback-by-task-panel";
import { rollbackOpening, whoIn } from "@/components/reports/rollback-opening";
import { TrendPanel } from "@/components/reports/trend-panel";
import { useBehind } from "@/components/reports/use-behind";
import { useRollbackTrend } from "@/components/reports/use-rollback-trend";
import { WINDOW_METRIC, WINDOW_WORDS } from "@/components/reports/windows";
import { useInBrowser } from "@/components/ui/use-in-browser";
import type { MetricsResponse } from "@/lib/metrics/types";
import { comparisonRequest, curveRequest, rollbacksRequests, trendRequests } from "./requests";
import { rollbacksParsers } from "./search-params";

// It stands last and moves nothing: its code comes after what the page is about.
const RollbackListsPanel = lazy(() =>
  import("@/components/reports/rollback-lists-panel").then((module) => ({ default: module.RollbackListsPanel })),
);

export function RollbacksReport({ scope }: { scope: PageScope }) {
  const requests = useMemo(() => rollbacksRequests(scope), [scope]);
  const [{ window, list, by }, setChoice] = useQueryStates(rollbacksParsers, { scroll: false });
  const inBrowser = useInBrowser();
  const nameOf = useNameOf();
  const behind = useBehind();
  const rate24h = useDescriptor("rollback_rate_24h");
  const rate7d = useDescriptor("rollback_rate_7d");
  const sideBySide = comparesKinds(scope);
  const totals = useMetricsQuery(requests.totals);
  const tasks = useMetricsQuery(requests.tasks);
  const peopleTasks = useMetricsQuery(requests.peopleTasks, { enabled: sideBySide });
  const agents = useMetricsQuery(requests.agents);
  const teams = useMetricsQuery(requests.teams);
  const repositories = useMetricsQuery(requests.repositories);
  const curve = useRollbackCurve(curveRequest(scope));
  const comparison = useRollbackComparison(comparisonRequest(scope, window), sideBySide);

  const metric = WINDOW_METRIC[window];
  const series = useMemo(() => {
    const agent = {
      key: "agent",
      label: "Agents",
      color: AUTHOR_KIND_COLOR.agent,
      rates: ratesBy("category", rowsOf(tasks.data, metric)),
    };
    const people = {
      key: "people",
      label: "People",
      color: AUTHOR_KIND_COLOR.human,
      rates: ratesBy("category", rowsOf(peopleTasks.data, metric)),
    };
    return sideBySide ? [agent, people] : [agent];
  }, [tasks.data, peopleTasks.data, metric, sideBySide]);
  const byAgent = useMemo(() => groupRows(agents.data), [agents.data]);
  const byTeam = useMemo(() => groupRows(teams.data), [teams.data]);
  const byRepository = useMemo(() => groupRows(repositories.data), [repositories.data]);

  const subject = subjectOf(scope.filters, (agent) => nameOf("agent", agent));
  const trend = useRollbackTrend((grain) => trendRequests(scope, grain), {
    grain: scope.period.grain,
    window,
    sideBySide,
    subject: subject.name,
  });

  const queries = [totals, tasks, peopleTasks, agents, teams, repositories, curve, comparison];
  const failed = queries.find((query) => query.isError) ?? trend.failed;
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  if (totals.data === undefined) return <PageSkeleton cards={0} panels={4} />;

  const opening = rollbackOpening({
    subject,
    within24h: rowsOf(totals.data, "rollback_rate_24h")[0],
    within7d: rowsOf(totals.data, "rollback_rate_7d")[0],
    comparison: sideBySide ? (comparison.data ?? null) : null,
  });
  const within7d = rowsOf(totals.data, "rollback_rate_7d")[0];
  const chosenRow = rowsOf(totals.data, metric)[0];
  const compares = !isSmall(chosenRow) && !isSmall(compareRowsOf(totals.data, metric)[0]);
  return (
    <>
      <PageHeader headline={<HeadlineText segments={opening.headline} />} lede={opening.lede.join(" ")} />
      <div className="grid gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <RollbackByTaskPanel
            title={`Rolled back within ${WINDOW_WORDS[window]}, by task`}
            descriptor={window === "24h" ? rate24h : rate7d}
            bands={rate24h.benchmarks}
            series={series}
            window={window}
            onWindow={(next) => setChoice({ window: next })}
            csvHref={metricsCsvHref(requests.tasks)}
            busy={tasks.isPlaceholderData}
          />
          {sideBySide && comparison.data !== undefined && (
            <ComparisonPanel comparison={comparison.data} window={window} busy={comparison.isPlaceholderData} />
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <GroupTablePanel
            title="By agent"
            note="A pull request by several agents counts for each of them."
            dimension="agent"
            rows={byAgent}
            request={requests.agents}
            pending={agents.data === undefined}
            busy={agents.isPlaceholderData}
          />
          {/* Last, since it takes what room the other column leaves: a panel below it would move it when that arrives. */}
          <CurvePanel curves={curve.data?.curves ?? []} busy={curve.isPlaceholderData} className="flex-1" />
        </div>
        <TrendPanel
          series={trend.series}
          grain={trend.grain}
          weeksAreSparse={trend.weeksAreSparse}
          window={window}
          onWindow={(next) => setChoice({ window: next })}
          answer={compares ? changeSentence(chosenRow, periodBefore(scope)).join(" ") : ""}
          scope={scope}
          request={trend.request}
          pending={trend.pending}
          busy={trend.busy}
        />
        <GroupTablePanel
          title="By team"
          note="Work of agents, by the team that owns the code. In alphabetical order: teams differ in what they work on."
          dimension="team"
          rows={byTeam}
          request={requests.teams}
          pending={teams.data === undefined}
          busy={teams.isPlaceholderData}
        />
        <GroupTablePanel
          title="By repository"
          note="Work of agents, in every repository with at least one merge of theirs."
          dimension="repo"
          rows={byRepository}
          request={requests.repositories}
          pending={repositories.data === undefined}
          busy={repositories.isPlaceholderData}
        />
        {inBrowser && (
          <Suspense>
            <RollbackListsPanel
              scope={scope}
              list={list}
              by={by}
              onList={(next) => setChoice({ list: next })}
              onDate={(next) => setChoice({ by: next })}
              counted={
                within7d === undefined || within7d.k === null
                  ? null
                  : { count: within7d.k, who: whoIn(subject.name), href: behind("rollback_rate_7d") }
              }
            />
          </Suspense>
        )}
      </div>
    </>
  );
}

function groupRows(answer: MetricsResponse | undefined) {
  return {
    merged: rowsOf(answer, "agent_prs_merged"),
    within24h: rowsOf(answer, "rollback_rate_24h"),
    within7d: rowsOf(answer, "rollback_rate_7d"),
  };
}
