"use client";

import { useQueryState } from "nuqs";
import { useMemo } from "react";
import { comparesKinds, type PageScope } from "@/components/filters/page-scope";
import { useNameOf } from "@/components/filters/use-filters";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { useWorkspace } from "@/components/layout/workspace-context";
import { HeadlineText } from "@/components/metrics/headline-text";
import { PanelChoice } from "@/components/metrics/panel-tool";
import { useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { useRanking } from "@/components/query/use-ranking";
import { MeasureGroupPanel } from "@/components/reports/measures/measure-group-panel";
import { QueryError } from "@/components/reports/query-error";
import { useFigureHref } from "@/components/reports/use-figure-href";
import { CoursesPanel } from "./courses-panel";
import { RankingPanel } from "./ranking-panel";
import { SeniorityPanel } from "./seniority-panel";
import { teamOpening } from "./team-opening";
import { rankingRequest, TEAM_FIGURES, TEAM_TOPICS, TOPIC_LABEL, topicParser, topicRequest } from "./team-requests";

/** Every team beside the others: its figures, how they went, and who stands out beyond chance. */
export function TeamsReport({ scope }: { scope: PageScope }) {
  const { descriptors } = useWorkspace();
  const nameOf = useNameOf();
  const [topic, setTopic] = useQueryState("topic", topicParser);
  const request = useMemo(() => topicRequest(scope, topic), [scope, topic]);
  const figures = useMetricsQuery(request);
  const rollbacks = useRanking(useMemo(() => rankingRequest(scope, "rollback_rate_7d"), [scope]));
  const shown = useMemo(
    () => TEAM_FIGURES[topic].flatMap((metric) => descriptors.find(({ id }) => id === metric) ?? []),
    [descriptors, topic],
  );
  const hrefOf = useFigureHref();
  const failed = [figures, rollbacks].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  if (rollbacks.data === undefined) return <PageSkeleton cards={0} panels={3} />;
  const opening = teamOpening(rollbacks.data, (team) => nameOf("team", team), comparesKinds(scope));
  return (
    <>
      <PageHeader headline={<HeadlineText segments={opening.headline} />} lede={opening.lede.join(" ")} />
      <div className="grid gap-4 lg:grid-cols-2">
        <MeasureGroupPanel
          group="team"
          title="Every team"
          descriptors={shown}
          answer={figures.data}
          request={request}
          busy={figures.isPlaceholderData}
          hrefOf={hrefOf}
          fold={15}
          tools={
            <PanelChoice
              label="Figures about"
              value={topic}
              options={TEAM_TOPICS.map((value) => ({ value, label: TOPIC_LABEL[value] }))}
              onChange={setTopic}
            />
          }
          className="lg:col-span-2"
        />
        <CoursesPanel scope={scope} />
        <RankingPanel scope={scope} />
        <SeniorityPanel scope={scope} />
      </div>
    </>
  );
}
