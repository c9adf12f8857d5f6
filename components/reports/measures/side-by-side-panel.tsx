"use client";

import Link from "next/link";
import { useMemo } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { formatMetricValue } from "@/components/metrics/format-metric";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { metricsCsvHref } from "@/components/query/export-href";
import { useBehind } from "@/components/reports/use-behind";
import type { MetricDescriptor, MetricRow, MetricsRequest } from "@/lib/metrics/types";
import { MeasureCell, MeasureInterval } from "./measure-cell";

/** Who is counted, with a row for each metric. */
export interface MeasureArm {
  key: string;
  label: string;
  rows: ReadonlyMap<string, MetricRow>;
}

/** Some metrics, each for agents and for people. */
export function SideBySidePanel({
  title,
  note,
  descriptors,
  arms,
  request,
  pending,
  busy,
}: {
  title: string;
  note: string;
  descriptors: readonly MetricDescriptor[];
  arms: readonly MeasureArm[];
  request: MetricsRequest;
  pending: boolean;
  busy: boolean;
}) {
  const behind = useBehind();
  const columns = useMemo((): DataColumn<MetricDescriptor>[] => {
    const hasSpread = descriptors.some(({ unit }) => unit === "seconds");
    return [
      {
        id: "metric",
        header: "Figure",
        rowHeader: true,
        cell: (descriptor) => (
          <Link
            prefetch={false}
            href={behind(descriptor.id)}
            className="underline-offset-3 hover:underline"
            title={descriptor.definition}
          >
            {descriptor.title}
          </Link>
        ),
      },
      ...arms.flatMap(({ key, label, rows }): DataColumn<MetricDescriptor>[] => [
        {
          id: key,
          header: label,
          align: "right",
          cell: (descriptor) => <MeasureCell descriptor={descriptor} row={rows.get(descriptor.id)} />,
        },
        {
          id: `${key} interval`,
          header: "95 % interval",
          align: "right",
          className: "hidden @2xl:table-cell",
          cell: (descriptor) => <MeasureInterval descriptor={descriptor} row={rows.get(descriptor.id)} />,
        },
        ...(hasSpread ? [spreadColumn(key, rows)] : []),
      ]),
    ];
  }, [arms, behind, descriptors]);
  return (
    <MetricPanel
      title={title}
      note={note}
      csvHref={metricsCsvHref(request)}
      pending={pending}
      busy={busy}
      className="lg:col-span-2"
    >
      <DataTable caption={title} columns={columns} rows={descriptors} rowKey={({ id }) => id} />
    </MetricPanel>
  );
}

/** A quarter and a tenth take longer than this. */
function spreadColumn(key: string, rows: ReadonlyMap<string, MetricRow>): DataColumn<MetricDescriptor> {
  return {
    id: `${key} spread`,
    header: "75 % · 90 %",
    align: "right",
    className: "hidden @3xl:table-cell",
    cell: (descriptor) => {
      const spread = rows.get(descriptor.id)?.spread;
      if (spread === undefined) return null;
      const [p75, p90] = [formatMetricValue(descriptor, spread.p75), formatMetricValue(descriptor, spread.p90)];
      return <span className="text-ink-3">{`${p75} · ${p90}`}</span>;
    },
  };
}
