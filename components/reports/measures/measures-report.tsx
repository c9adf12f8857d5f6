"use client";

import { parseAsString, useQueryState } from "nuqs";
import { type ReactNode, useMemo } from "react";
import { comparesKinds, type PageScope } from "@/components/filters/page-scope";
import { useNameOf } from "@/components/filters/use-filters";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { useWorkspace } from "@/components/layout/workspace-context";
import { AnsweredCards } from "@/components/metrics/answered-cards";
import { type Opening, subjectOf } from "@/components/metrics/headline";
import { HeadlineText } from "@/components/metrics/headline-text";
import { useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { QueryError } from "@/components/reports/query-error";
import { useBehind } from "@/components/reports/use-behind";
import type { MetricDescriptor, MetricRow, MetricsResponse } from "@/lib/metrics/types";
import { MeasureGroupPanel } from "./measure-group-panel";
import { MEASURE_GROUPS, type MeasurePage, measureRequests } from "./measure-page";
import { MeasureTrendPanel } from "./measure-trend-panel";
import { SideBySidePanel } from "./side-by-side-panel";

/** The first row of each metric of an answer. */
function firstRows(answer: MetricsResponse | undefined): ReadonlyMap<string, MetricRow> {
  return new Map(
    answer?.results.flatMap(({ metric, rows }) => (rows[0] === undefined ? [] : [[metric, rows[0]]])) ?? [],
  );
}

/** Key figures, agents and people side by side, one figure over time, and where it differs. */
export function MeasuresReport({
  page,
  scope,
  sideBySide,
  openingOf,
  children,
}: {
  page: MeasurePage;
  scope: PageScope;
  /** Title and note of the panel that lays agents beside people. */
  sideBySide: { title: string; note: string };
  /** The page in two sentences, from the rows of who it is about and, where they stand beside, of people. */
  openingOf: (rows: ReadonlyMap<string, MetricRow>, people: ReadonlyMap<string, MetricRow> | null) => Opening;
  /** What stands below. */
  children?: ReactNode;
}) {
  const requests = useMemo(() => measureRequests(page, scope), [page, scope]);
  const [chosen, setChosen] = useQueryState("figure", parseAsString.withDefault(page.trends[0]));
  const { descriptors } = useWorkspace();
  const nameOf = useNameOf();
  const behind = useBehind();
  const beside = comparesKinds(scope);
  const totals = useMetricsQuery(requests.totals);
  const people = useMetricsQuery(requests.people, { enabled: beside });
  const course = useMetricsQuery(requests.course);
  const groups = {
    category: useMetricsQuery(requests.category),
    team: useMetricsQuery(requests.team),
    repo: useMetricsQuery(requests.repo),
    agent: useMetricsQuery(requests.agent),
  };
  const described = useMemo(() => {
    const byId = new Map(descriptors.map((descriptor) => [descriptor.id, descriptor]));
    return (ids: readonly string[]): MetricDescriptor[] => ids.flatMap((id) => byId.get(id) ?? []);
  }, [descriptors]);
  const columns = useMemo(() => described(page.columns), [described, page]);
  const subject = subjectOf(scope.filters, (agent) => nameOf("agent", agent)).name;
  const own = useMemo(() => firstRows(totals.data), [totals.data]);
  const theirs = useMemo(() => firstRows(people.data), [people.data]);
  const arms = useMemo(
    () => [
      { key: "chosen", label: beside ? "Agents" : subject, rows: own },
      ...(beside ? [{ key: "people", label: "People", rows: theirs }] : []),
    ],
    [beside, own, subject, theirs],
  );

  const failed = [totals, people, course, ...Object.values(groups)].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  if (totals.data === undefined) return <PageSkeleton panels={4} />;

  const trends = described(page.trends);
  const shown = trends.find(({ id }) => id === chosen) ?? trends[0];
  const opening = openingOf(own, beside ? theirs : null);
  return (
    <>
      <PageHeader headline={<HeadlineText segments={opening.headline} />} lede={opening.lede.join(" ")} />
      <AnsweredCards
        descriptors={described(page.cards)}
        totals={totals.data}
        course={course.data}
        timeZone={scope.timeZone}
        hrefOf={behind}
      />
      <div className="grid gap-4 lg:grid-cols-2">
        <SideBySidePanel
          {...sideBySide}
          descriptors={described(page.sideBySide)}
          arms={arms}
          request={requests.totals}
          pending={beside && people.data === undefined}
          busy={totals.isPlaceholderData || people.isPlaceholderData}
        />
        {shown !== undefined && (
          <MeasureTrendPanel descriptors={trends} shown={shown} onShow={setChosen} subject={subject} scope={scope} />
        )}
        {MEASURE_GROUPS.map((group) => (
          <MeasureGroupPanel
            key={group}
            group={group}
            descriptors={columns}
            answer={groups[group].data}
            request={requests[group]}
            busy={groups[group].isPlaceholderData}
          />
        ))}
      </div>
      {children}
    </>
  );
}
