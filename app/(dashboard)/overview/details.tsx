"use client";

import { useMemo } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import { useNameOf } from "@/components/filters/use-filters";
import { useDescriptor } from "@/components/layout/workspace-context";
import { compareRowsOf, rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { ChangesPanel } from "@/components/reports/changes-panel";
import { GroupTablePanel } from "@/components/reports/group-table-panel";
import { LatestRollbacksPanel } from "@/components/reports/latest-rollbacks-panel";
import { QueryError } from "@/components/reports/query-error";
import { TaskMixPanel } from "@/components/reports/task-mix-panel";
import type { MetricsResponse } from "@/lib/metrics/types";
import { latestRollbacksRequest, overviewRequests } from "./requests";

/** What stands below the first screen: painted with the page, alive a moment after it. */
export default function OverviewDetails({ scope }: { scope: PageScope }) {
  const requests = useMemo(() => overviewRequests(scope), [scope]);
  const nameOf = useNameOf();
  const rate7d = useDescriptor("rollback_rate_7d");
  const taskMix = useDescriptor("task_mix");
  const tasks = useMetricsQuery(requests.tasks);
  const teams = useMetricsQuery(requests.teams);
  const repositories = useMetricsQuery(requests.repositories);
  const agents = useMetricsQuery(requests.agents);

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

  const failed = [teams, repositories, agents].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  return (
    <>
      <ChangesPanel
        descriptor={rate7d}
        sources={changeSources}
        compared={scope.compare !== undefined}
        pending={tasks.data === undefined || teams.data === undefined || repositories.data === undefined}
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
