"use client";

import Link from "next/link";
import { type ReactNode, useMemo } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import type { ExplorerNarrowing } from "@/components/filters/search-params";
import { useNameOf } from "@/components/filters/use-filters";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { rowsOf } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { ratesBy } from "@/components/reports/rates-by";
import { useBehind } from "@/components/reports/use-behind";
import type { MetricDescriptor, MetricRow, MetricsRequest, MetricsResponse } from "@/lib/metrics/types";
import { MeasureCell } from "./measure-cell";
import type { MeasureGroup } from "./measure-page";

const HEAD: Readonly<Record<MeasureGroup, { title: string; column: string; note: string }>> = {
  category: { title: "By task", column: "Task", note: "Features have no category of their own and are unclassified." },
  team: { title: "By team", column: "Team", note: "In alphabetical order: teams differ in what they work on." },
  repo: { title: "By repository", column: "Repository", note: "Every repository with at least one of them." },
  agent: { title: "By agent", column: "Agent", note: "A pull request by several agents counts for each of them." },
};

const FOLD = 9;
/** Two heads with more letters than this are too much for a phone. */
const WIDE = 24;
const NOTHING: Readonly<Record<string, string>> = {};

interface GroupRow {
  value: string;
  name: string;
  readings: (MetricRow | undefined)[];
}

/** Some metrics for each task, team, repository or agent. */
export function MeasureGroupPanel({
  group,
  descriptors,
  answer,
  request,
  busy,
  hrefOf,
  title = HEAD[group].title,
  none = NOTHING,
  tools,
  fold = FOLD,
  className,
}: {
  group: MeasureGroup;
  descriptors: readonly MetricDescriptor[];
  answer: MetricsResponse | undefined;
  request: MetricsRequest;
  busy: boolean;
  /** Where a number leads, null for nowhere; to the pull requests that it counts unless it is about something else. */
  hrefOf?: (metric: string, narrowed: Partial<ExplorerNarrowing>) => string | null;
  title?: string;
  /** By metric: what is said of a group that has nothing to count, if that is no gap in what is known. */
  none?: Readonly<Record<string, string>>;
  tools?: ReactNode;
  /** Rows that show before the reader asks for all of them. */
  fold?: number;
  className?: string;
}) {
  const pullRequestsBehind = useBehind();
  const behind = hrefOf ?? pullRequestsBehind;
  const nameOf = useNameOf();
  const rows = useMemo((): GroupRow[] => {
    const byMetric = descriptors.map(({ id }) => ratesBy(group, rowsOf(answer, id)));
    const values = [...new Set(byMetric.flatMap((rates) => [...rates.keys()]))];
    return values
      .map((value) => ({
        value,
        name: nameOf(group, value),
        readings: byMetric.map((rates) => rates.get(value)),
      }))
      .filter(({ readings }) => readings.some((row) => (row?.n ?? 0) > 0 || (row?.immature ?? 0) > 0));
  }, [answer, descriptors, group, nameOf]);
  const isWide = (descriptors[0]?.shortTitle ?? "").length + (descriptors[1]?.shortTitle ?? "").length > WIDE;
  const columns = useMemo(
    (): DataColumn<GroupRow>[] => [
      {
        id: "group",
        header: HEAD[group].column,
        rowHeader: true,
        sortValue: ({ name }) => name,
        cell: ({ name }) => name,
      },
      ...descriptors.map(
        (descriptor, at): DataColumn<GroupRow> => ({
          id: descriptor.id,
          header: descriptor.shortTitle,
          align: "right",
          ...((at > 1 || (at === 1 && isWide)) && { className: "hidden @md:table-cell" }),
          sortValue: ({ readings }) => readings[at]?.value ?? null,
          cell: ({ readings, value }) => {
            const href = behind(descriptor.id, { [group]: [value] });
            const cell = <MeasureCell descriptor={descriptor} row={readings[at]} none={none[descriptor.id]} />;
            if (href === null) return cell;
            return (
              <Link prefetch={false} href={href} className="underline-offset-3 hover:underline">
                {cell}
              </Link>
            );
          },
        }),
      ),
    ],
    [behind, descriptors, group, isWide, none],
  );
  return (
    <MetricPanel
      title={title}
      note={HEAD[group].note}
      csvHref={metricsCsvHref(request)}
      pending={answer === undefined}
      busy={busy}
      tools={tools}
      {...(className !== undefined && { className })}
    >
      {rows.length === 0 ? (
        <StateMessage compact title="None in this period" />
      ) : (
        <DataTable caption={title} columns={columns} rows={rows} rowKey={({ value }) => value} fold={fold} />
      )}
    </MetricPanel>
  );
}
