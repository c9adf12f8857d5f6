"use client";

import { useMemo } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { StateMessage } from "@/components/layout/state-message";
import { formatMetricInterval, formatMetricValue } from "@/components/metrics/format-metric";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { rowsOf } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { AUTHOR_KIND_LABEL, AUTHOR_KINDS } from "@/lib/core/dimensions";
import { capitalised, formatCount, formatDecimal } from "@/lib/core/format";
import type { MetricRow, MetricsRequest, MetricsResponse } from "@/lib/metrics/types";

const UNIT = { unit: "per_engineer_week" } as const;

/** Pull requests for each engineer and week, by who wrote them. */
export function EngineerWeekPanel({
  answer,
  request,
  busy,
}: {
  answer: MetricsResponse | undefined;
  request: MetricsRequest;
  busy: boolean;
}) {
  const rows = useMemo(
    () => rowsOf(answer, "prs_per_engineer_week").filter(({ k, value }) => value !== null && (k ?? 0) > 0),
    [answer],
  );
  const reason = rowsOf(answer, "prs_per_engineer_week")[0]?.reason ?? "nothing was merged by anybody on the roster";
  const weeks = rows[0]?.exposure ?? null;
  return (
    <MetricPanel
      title="How much for each engineer and week?"
      note={
        weeks === null
          ? "Merged pull requests by who wrote them, for each week of work of the people on the roster."
          : `Merged pull requests by who wrote them, over ${formatDecimal(weeks, 0)} engineer-weeks on the roster.`
      }
      csvHref={metricsCsvHref(request)}
      pending={answer === undefined}
      busy={busy}
    >
      {rows.length === 0 ? (
        <StateMessage compact title="Not known">
          <p>{capitalised(reason)}.</p>
        </StateMessage>
      ) : (
        <DataTable
          caption="Pull requests per engineer and week"
          columns={COLUMNS}
          rows={rows}
          rowKey={({ group }) => group.authorKind ?? ""}
        />
      )}
    </MetricPanel>
  );
}

const labelOf = ({ group }: MetricRow): string => {
  const kind = AUTHOR_KINDS.find((one) => one === group.authorKind);
  return kind === undefined ? "" : AUTHOR_KIND_LABEL[kind];
};

const COLUMNS: DataColumn<MetricRow>[] = [
  { id: "kind", header: "Written by", rowHeader: true, sortValue: labelOf, cell: labelOf },
  {
    id: "rate",
    header: "Per engineer-week",
    align: "right",
    sortValue: ({ value }) => value,
    cell: ({ value }) => <span className="font-medium">{value === null ? "" : formatMetricValue(UNIT, value)}</span>,
  },
  {
    id: "interval",
    header: "95 % interval",
    align: "right",
    className: "max-md:hidden text-ink-3",
    cell: (row) => formatMetricInterval(UNIT, row),
  },
  { id: "merged", header: "Merged", align: "right", sortValue: ({ k }) => k, cell: ({ k }) => formatCount(k ?? 0) },
];
