"use client";

import { useCallback, useMemo } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import { useNameOf } from "@/components/filters/use-filters";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { useWorkspace } from "@/components/layout/workspace-context";
import { AnsweredCards } from "@/components/metrics/answered-cards";
import { HeadlineText } from "@/components/metrics/headline-text";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { useRollout } from "@/components/query/use-rollout";
import { EngineerWeekPanel } from "@/components/reports/engineer-week-panel";
import { MilestonesPanel } from "@/components/reports/milestones/milestones-panel";
import { QueryError } from "@/components/reports/query-error";
import { ReportedSection } from "@/components/reports/reported/reported-section";
import { useBehind } from "@/components/reports/use-behind";
import { AdoptionGroupPanel } from "./adoption-group-panel";
import { adoptionOpening } from "./adoption-opening";
import { ADOPTION_CARDS, adoptionRequests, rolloutFilters } from "./adoption-requests";
import { AdoptionTrendPanel } from "./adoption-trend-panel";
import { EffectPanel } from "./effect-panel";
import { PilotPanel } from "./pilot-panel";
import { RolloutPanel } from "./rollout-panel";

/** Who works with agents, how far each team has come, and what came of it. */
export function AdoptionReport({ scope }: { scope: PageScope }) {
  const requests = useMemo(() => adoptionRequests(scope), [scope]);
  const filters = useMemo(() => rolloutFilters(scope), [scope]);
  const { descriptors } = useWorkspace();
  const nameOf = useNameOf();
  const behind = useBehind();
  const totals = useMetricsQuery(requests.totals);
  const course = useMetricsQuery(requests.course);
  const team = useMetricsQuery(requests.team);
  const agent = useMetricsQuery(requests.agent);
  const kind = useMetricsQuery(requests.kind);
  const rollout = useRollout(filters);
  const cards = useMemo(
    () => ADOPTION_CARDS.flatMap((id) => descriptors.find((one) => one.id === id) ?? []),
    [descriptors],
  );
  // Of people there is no list: the pull requests of agents stand for it.
  const hrefOf = useCallback(
    (metric: string) => behind(metric === "adoption_rate" ? "agent_prs_merged" : metric),
    [behind],
  );
  const failed =
    [totals, course, team, agent, kind].find((query) => query.isError) ?? (rollout.isError ? rollout : undefined);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  if (totals.data === undefined) return <PageSkeleton panels={4} />;
  const opening = adoptionOpening(rowsOf(totals.data, "adoption_rate")[0], rollout.data, (slug) =>
    nameOf("team", slug),
  );
  const unused = Object.keys(scope.filters).some((name) => !["org", "team", "agent"].includes(name));
  return (
    <>
      <PageHeader headline={<HeadlineText segments={opening.headline} />} lede={opening.lede.join(" ")} />
      {unused && (
        <p className="mb-3 text-note text-ink-3">
          People are in teams: only the filters by organisation, team and agent narrow this page.
        </p>
      )}
      <AnsweredCards
        label="Figures of adoption"
        descriptors={cards}
        totals={totals.data}
        course={course.data}
        timeZone={scope.timeZone}
        hrefOf={hrefOf}
      />
      <div className="grid gap-4 lg:grid-cols-2">
        <AdoptionTrendPanel
          scope={scope}
          answer={course.data}
          request={requests.course}
          busy={course.isPlaceholderData}
        />
        <AdoptionGroupPanel group="team" answer={team.data} request={requests.team} busy={team.isPlaceholderData} />
        <div className="grid content-start gap-4">
          <AdoptionGroupPanel
            group="agent"
            answer={agent.data}
            request={requests.agent}
            busy={agent.isPlaceholderData}
          />
          <EngineerWeekPanel answer={kind.data} request={requests.kind} busy={kind.isPlaceholderData} />
        </div>
        <RolloutPanel rollout={rollout.data} busy={rollout.isPlaceholderData} />
        <EffectPanel rollout={rollout.data} filters={filters} />
        <PilotPanel rollout={rollout.data} filters={filters} />
        <MilestonesPanel scope={scope} />
      </div>
      <ReportedSection scope={scope} />
    </>
  );
}
