"use client";

import { memo, useDeferredValue, useMemo } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import { useNameOf } from "@/components/filters/use-filters";
import { WhenNear } from "@/components/layout/when-near";
import { useDescriptor, useMay } from "@/components/layout/workspace-context";
import { compareRowsOf, rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { ChangesPanel } from "@/components/reports/changes-panel";
import { GroupTablePanel } from "@/components/reports/group-table-panel";
import { LatestRollbacksPanel } from "@/components/reports/latest-rollbacks-panel";
import { QueryError } from "@/components/reports/query-error";
import { MoneyStrip } from "@/components/reports/roi/money-strip";
import { StandoutsPanel } from "@/components/reports/standouts-panel";
import { TaskMixPanel } from "@/components/reports/task-mix-panel";
import type { MetricsResponse } from "@/lib/metrics/types";
import { latestRollbacksRequest, overviewRequests } from "./requests";

/** What stands below the first screen: asked with the page, and drawn once what is in view has been. */
export default function OverviewDetails({ scope }: { scope: PageScope }) {
  const requests = useMemo(() => overviewRequests(scope), [scope]);
  const tasks = useMetricsQuery(requests.tasks);
  const teams = useMetricsQuery(requests.teams);
  const repositories = useMetricsQuery(requests.repositories);
  const agents = useMetricsQuery(requests.agents);
  const busy = [tasks, teams, repositories, agents].some(({ isPlaceholderData }) => isPlaceholderData);
  const answers = useMemo(
    () => ({ scope, busy, tasks: tasks.data, teams: teams.data, repositories: repositories.data, agents: agents.data }),
    [scope, busy, tasks.data, teams.data, repositories.data, agents.data],
  );
  const drawn = useDeferredValue(answers);
  const mayMoney = useMay("money:read");

  const failed = [teams, repositories, agents].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  return (
    <>
      <DetailPanels {...drawn} />
      <LatestRollbacksPanel request={latestRollbacksRequest(scope)} timeZone={scope.timeZone} waits={busy} />
      <WhenNear className="lg:col-span-2">
        <StandoutsPanel scope={scope} waits={busy} />
        {mayMoney && <MoneyStrip scope={scope} waits={busy} />}
      </WhenNear>
    </>
  );
}

interface Answers {
  scope: PageScope;
  /** Answers to the last question stand in for those to this one. */
  busy: boolean;
  tasks: MetricsResponse | undefined;
  teams: MetricsResponse | undefined;
  repositories: MetricsResponse | undefined;
  agents: MetricsResponse | undefined;
}

const DetailPanels = memo(function DetailPanels({ scope, busy, tasks, teams, repositories, agents }: Answers) {
  const requests = useMemo(() => overviewRequests(scope), [scope]);
  const nameOf = useNameOf();
  const rate7d = useDescriptor("rollback_rate_7d");
  const taskMix = useDescriptor("task_mix");
  const changeSources = useMemo(
    () =>
      (
        [
          ["category", tasks],
          ["team", teams],
          ["repo", repositories],
        ] as const
      ).map(([dimension, answer]) => ({
        dimension,
        rows: rowsOf(answer, "rollback_rate_7d"),
        before: compareRowsOf(answer, "rollback_rate_7d"),
        nameOf: (value: string) => nameOf(dimension, value),
      })),
    [tasks, teams, repositories, nameOf],
  );
  const agentRows = useMemo(() => groupRows(agents), [agents]);
  const teamRows = useMemo(() => groupRows(teams), [teams]);
  return (
    <>
      <ChangesPanel
        descriptor={rate7d}
        sources={changeSources}
        compared={scope.compare !== undefined}
        pending={tasks === undefined || teams === undefined || repositories === undefined}
        busy={busy}
      />
      <GroupTablePanel
        title="Agents"
        note="A pull request by several agents counts for each of them."
        dimension="agent"
        rows={agentRows}
        request={requests.agents}
        pending={agents === undefined}
        busy={busy}
      />
      <TaskMixPanel descriptor={taskMix} rows={rowsOf(tasks, "task_mix")} request={requests.tasks} busy={busy} />
      <GroupTablePanel
        title="Teams"
        note="Work of agents, by the team that owns the code. In alphabetical order: teams differ in what they work on."
        dimension="team"
        rows={teamRows}
        request={requests.teams}
        pending={teams === undefined}
        busy={busy}
      />
    </>
  );
});

function groupRows(answer: MetricsResponse | undefined) {
  return {
    merged: rowsOf(answer, "agent_prs_merged"),
    share: rowsOf(answer, "ai_share_prs"),
    within7d: rowsOf(answer, "rollback_rate_7d"),
  };
}
