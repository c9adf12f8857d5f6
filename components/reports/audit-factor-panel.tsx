"use client";

import { useMemo } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import type { PageScope } from "@/components/filters/page-scope";
import { useNameOf } from "@/components/filters/use-filters";
import { StateMessage } from "@/components/layout/state-message";
import { useWorkspace } from "@/components/layout/workspace-context";
import { formatMetricInterval, formatMetricValue } from "@/components/metrics/format-metric";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { capitalised, formatCount, formatDecimal, formatHours } from "@/lib/core/format";
import type { MetricDescriptor, MetricRow } from "@/lib/metrics/types";
import { AUDIT_FACTOR, auditFactorRequests } from "./audit-factor-requests";
import { QueryError } from "./query-error";

interface FactorRow {
  key: string;
  name: string;
  row: MetricRow;
}

/** How much more review agents' work takes, as if agents and people did the same tasks, and as they are beside it. */
export function AuditFactorPanel({ scope }: { scope: PageScope }) {
  const requests = useMemo(() => auditFactorRequests(scope), [scope]);
  const nameOf = useNameOf();
  const { descriptors } = useWorkspace();
  const descriptor = descriptors.find(({ id }) => id === AUDIT_FACTOR);
  const all = useMetricsQuery(requests.factor);
  const byTeam = useMetricsQuery(requests.factorByTeam);
  const [whole] = rowsOf(all.data, AUDIT_FACTOR);
  const rows = useMemo(
    (): FactorRow[] => [
      ...(whole === undefined ? [] : [{ key: "", name: "All of it", row: whole }]),
      ...rowsOf(byTeam.data, AUDIT_FACTOR)
        .filter(({ n }) => (n ?? 0) > 0)
        .map((row) => ({ key: row.group.team ?? "", name: nameOf("team", row.group.team ?? ""), row })),
    ],
    [whole, byTeam.data, nameOf],
  );
  const columns = useMemo(() => (descriptor === undefined ? [] : columnsOf(descriptor)), [descriptor]);
  const failed = [all, byTeam].find((query) => query.isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  if (descriptor === undefined) return null;
  return (
    <MetricPanel
      title={descriptor.question}
      note="Estimated review per line of agents' work, as a multiple of that of people's, as if both did the same mix of tasks. A vendor's article puts it at 3 to 5."
      className="mt-4"
      csvHref={metricsCsvHref(requests.factorByTeam)}
      pending={all.data === undefined || byTeam.data === undefined}
      busy={all.isPlaceholderData || byTeam.isPlaceholderData}
    >
      {whole === undefined || whole.value === null ? (
        <StateMessage compact title="Nothing to hold against each other">
          <p>{capitalised(whole?.reason ?? "no data")}.</p>
        </StateMessage>
      ) : (
        <DataTable caption={descriptor.title} columns={columns} rows={rows} rowKey={({ key }) => key} fold={20} />
      )}
    </MetricPanel>
  );
}

/** Seconds per line as hours per 100 lines. */
const per100Lines = (secondsPerLine: number): string => formatHours((secondsPerLine * 100) / 3600);

function columnsOf(descriptor: MetricDescriptor): DataColumn<FactorRow>[] {
  return [
    { id: "team", header: "Team", rowHeader: true, cell: ({ name }) => name },
    {
      id: "value",
      header: "Factor",
      align: "right",
      cell: ({ row }) =>
        row.value === null ? (
          <span className="text-ink-3">nothing in common</span>
        ) : (
          <span className="font-medium">{formatMetricValue(descriptor, row.value)}</span>
        ),
    },
    {
      id: "interval",
      header: "95 % interval",
      align: "right",
      className: "hidden @md:table-cell",
      cell: ({ row }) =>
        row.value === null ? null : (
          <span className="text-ink-3">{formatMetricInterval(descriptor, row) || "too few for an interval"}</span>
        ),
    },
    {
      id: "crude",
      header: "As they are",
      align: "right",
      className: "hidden @sm:table-cell",
      cell: ({ row }) => row.factor !== undefined && `${formatDecimal(row.factor.crude, 1)}\u00a0×`,
    },
    {
      id: "agents",
      header: "Agents, 100 lines",
      align: "right",
      className: "hidden @lg:table-cell",
      cell: ({ row }) => row.factor !== undefined && per100Lines(row.factor.agents),
    },
    {
      id: "people",
      header: "People, 100 lines",
      align: "right",
      className: "hidden @lg:table-cell",
      cell: ({ row }) => row.factor !== undefined && per100Lines(row.factor.people),
    },
    {
      id: "n",
      header: "Pull requests",
      align: "right",
      className: "hidden @lg:table-cell",
      cell: ({ row }) => <span className="text-ink-3">{formatCount(row.n ?? 0)}</span>,
    },
  ];
}
