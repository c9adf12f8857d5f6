"use client";

import Link from "next/link";
import { useQueryState } from "nuqs";
import { useMemo } from "react";
import { ChartLegend } from "@/components/charts/chart-legend";
import { type MultipleSeries, prepareSmallMultiples } from "@/components/charts/prepare-small-multiples";
import { AUTHOR_KIND_COLOR } from "@/components/charts/series-color";
import { SmallMultiple } from "@/components/charts/small-multiple";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import type { PageScope } from "@/components/filters/page-scope";
import { useNameOf } from "@/components/filters/use-filters";
import { StateMessage } from "@/components/layout/state-message";
import { useDescriptor, useWorkspace } from "@/components/layout/workspace-context";
import { formatMetricValue } from "@/components/metrics/format-metric";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { PanelChoice } from "@/components/metrics/panel-tool";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { QueryError } from "@/components/reports/query-error";
import { inBucket } from "@/components/reports/use-behind";
import { useFigureHref } from "@/components/reports/use-figure-href";
import { cn } from "@/components/ui/cn";
import { formatKOfN, formatMonth } from "@/lib/core/format";
import type { MetricDescriptor, MetricRow } from "@/lib/metrics/types";
import { COURSES, courseParser, courseRequests, hasBothKinds } from "./team-requests";

function byTeam(rows: readonly MetricRow[]): Map<string, MetricRow[]> {
  const teams = new Map<string, MetricRow[]>();
  for (const row of rows) {
    const team = row.group.team ?? "";
    teams.set(team, [...(teams.get(team) ?? []), row]);
  }
  return teams;
}

/** A value, or k of n where there is too little to rate. */
function reading(descriptor: MetricDescriptor, row: MetricRow | undefined): string {
  if (row === undefined || row.value === null) return "–";
  if (row.flags.includes("few") && row.k !== null && row.n !== null) return formatKOfN(row.k, row.n);
  return formatMetricValue(descriptor, row.value);
}

/** One figure of every team over time, all on one scale. */
export function CoursesPanel({ scope }: { scope: PageScope }) {
  const [metric, setMetric] = useQueryState("course", courseParser);
  const { descriptors } = useWorkspace();
  const descriptor = useDescriptor(metric);
  const nameOf = useNameOf();
  const hrefOf = useFigureHref();
  const bothKinds = hasBothKinds(scope, descriptor);
  const requests = useMemo(() => courseRequests(scope, metric, bothKinds), [bothKinds, metric, scope]);
  const first = useMetricsQuery(requests.first);
  const people = useMetricsQuery(requests.people, { enabled: bothKinds });
  const series = useMemo((): (MultipleSeries & { label: string })[] => {
    const own = { key: "first", color: AUTHOR_KIND_COLOR.agent, rows: byTeam(rowsOf(first.data, metric)) };
    if (!bothKinds) return [{ ...own, label: descriptor.shortTitle }];
    const theirs = { key: "people", color: AUTHOR_KIND_COLOR.human, rows: byTeam(rowsOf(people.data, metric)) };
    return [
      { ...own, label: "Agents" },
      { ...theirs, label: "People" },
    ];
  }, [bothKinds, descriptor.shortTitle, first.data, metric, people.data]);
  const teams = useMemo(() => {
    const seen = new Set(
      series.flatMap(({ rows }) =>
        [...rows].flatMap(([team, own]) => (own.some(({ value }) => value !== null) ? team : [])),
      ),
    );
    return [...seen]
      .map((team) => ({ team, name: nameOf("team", team) }))
      .sort((a, b) => a.name.localeCompare(b.name, "en"));
  }, [nameOf, series]);
  const data = useMemo(
    () =>
      prepareSmallMultiples(
        teams.map(({ team }) => team),
        series,
      ),
    [series, teams],
  );
  const columns = useMemo(
    () =>
      columnsOf(series, descriptor, scope.timeZone, (bucket, team, key) =>
        hrefOf(metric, {
          team: [team],
          ...(key === "people" && { authorKind: ["human"] }),
          ...inBucket(scope, "month", { bucket }),
        }),
      ),
    [descriptor, hrefOf, metric, scope, series],
  );
  const failed = [first, people].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  return (
    <MetricPanel
      title="How did each team go?"
      note={`${descriptor.title} by month, all on one scale from 0 to ${formatMetricValue(descriptor, data.max)}. What rests on fewer than ten is a gap.`}
      className="lg:col-span-2"
      tools={
        <PanelChoice
          label="Figure of each team"
          value={metric}
          options={COURSES.map((id) => ({
            value: id,
            label: descriptors.find((one) => one.id === id)?.shortTitle ?? id,
          }))}
          onChange={setMetric}
        />
      }
      csvHref={metricsCsvHref(requests.first)}
      pending={first.data === undefined || (bothKinds && people.data === undefined)}
      busy={first.isPlaceholderData || people.isPlaceholderData}
      table={
        <DataTable
          caption={`${descriptor.title} by team`}
          columns={columns}
          rows={teams}
          rowKey={({ team }) => team}
          fold={15}
        />
      }
    >
      {teams.length === 0 ? (
        <StateMessage compact title="None in this period" />
      ) : (
        <>
          <ul className="grid gap-x-6 gap-y-4 @md:grid-cols-2 @3xl:grid-cols-4">
            {data.charts.map((chart, index) => {
              const { name, team } = teams[index] ?? { name: "", team: "" };
              return (
                <li key={chart.key} className="min-w-0">
                  <p className="num flex items-baseline justify-between gap-2 text-note">
                    <Link
                      prefetch={false}
                      href={hrefOf(metric, { team: [team] })}
                      className="min-h-6 truncate text-ink-2 underline-offset-3 hover:text-ink hover:underline"
                    >
                      {name}
                    </Link>
                    <span className="shrink-0 font-medium">
                      {reading(
                        descriptor,
                        series[0]?.rows.get(team)?.findLast(({ value }) => value !== null),
                      )}
                    </span>
                  </p>
                  <SmallMultiple chart={chart} />
                </li>
              );
            })}
          </ul>
          <ChartLegend items={series.map(({ color, key, label }) => ({ key, label, color }))} />
        </>
      )}
    </MetricPanel>
  );
}

type TeamRow = { team: string; name: string };
/** Months that a table shows. */
const MONTHS = 6;

function columnsOf(
  series: readonly (MultipleSeries & { label: string })[],
  descriptor: MetricDescriptor,
  timeZone: string,
  hrefOf: (bucket: string, team: string, series: string) => string,
): DataColumn<TeamRow>[] {
  const buckets = [
    ...new Set(
      series.flatMap(({ rows }) => [...rows.values()].flatMap((own) => own.flatMap(({ bucket }) => bucket ?? []))),
    ),
  ].sort();
  return [
    { id: "team", header: "Team", rowHeader: true, sortValue: ({ name }) => name, cell: ({ name }) => name },
    ...buckets.slice(-MONTHS).map((bucket, index, shown): DataColumn<TeamRow> => {
      const rowIn = (key: number, team: string) => series[key]?.rows.get(team)?.find((row) => row.bucket === bucket);
      return {
        id: bucket,
        header: formatMonth(bucket, timeZone),
        align: "right",
        ...(index < shown.length - 2 && { className: "hidden @2xl:table-cell" }),
        sortValue: ({ team }) => rowIn(0, team)?.value ?? null,
        cell: ({ team }) =>
          series.map(({ key }, at) => (
            <Link
              key={key}
              prefetch={false}
              href={hrefOf(bucket, team, key)}
              className={cn(
                "block underline-offset-3 hover:underline",
                at > 0 ? "text-note leading-6 text-ink-3" : "leading-6",
              )}
            >
              {reading(descriptor, rowIn(at, team))}
            </Link>
          )),
      };
    }),
  ];
}
