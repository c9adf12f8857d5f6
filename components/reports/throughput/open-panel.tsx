"use client";

import { useMemo } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { useNameOf } from "@/components/filters/use-filters";
import { StateMessage } from "@/components/layout/state-message";
import { formatMetricValue } from "@/components/metrics/format-metric";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { rowsOf } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { capitalised, formatCount, formatQuantity } from "@/lib/core/format";
import type { MetricRow, MetricsRequest, MetricsResponse } from "@/lib/metrics/types";

const ID = "open_pr_age";
const UNIT = { unit: "seconds" } as const;

/** What is open when the data end, and for how long: what no time on the way to a merge tells of. */
export function OpenPanel({
  whole,
  repos,
  request,
  busy,
}: {
  whole: MetricsResponse | undefined;
  repos: MetricsResponse | undefined;
  request: MetricsRequest;
  busy: boolean;
}) {
  const nameOf = useNameOf();
  const [row] = rowsOf(whole, ID);
  // Where most is stuck stands first.
  const rows = useMemo(
    () =>
      rowsOf(repos, ID)
        .filter(({ n }) => (n ?? 0) > 0)
        .toSorted((a, b) => (b.k ?? 0) - (a.k ?? 0) || (b.n ?? 0) - (a.n ?? 0)),
    [repos],
  );
  const columns = useMemo((): DataColumn<MetricRow>[] => {
    const name = ({ group }: MetricRow) => nameOf("repo", group.repo ?? "");
    return [
      { id: "repo", header: "Repository", rowHeader: true, sortValue: name, cell: name },
      { id: "open", header: "Open", align: "right", sortValue: ({ n }) => n, cell: ({ n }) => formatCount(n ?? 0) },
      {
        id: "old",
        header: "Over 7 days",
        align: "right",
        sortValue: ({ k }) => k,
        cell: ({ k }) => formatCount(k ?? 0),
      },
      {
        id: "age",
        header: "Median age",
        align: "right",
        className: "max-sm:hidden",
        sortValue: ({ value }) => value,
        cell: ({ value }) => (value === null ? "" : formatMetricValue(UNIT, value)),
      },
    ];
  }, [nameOf]);
  return (
    <MetricPanel
      title="What is stuck?"
      note="Open and ready for review when the data end, whoever wrote it. Times on the way to a merge leave these out."
      csvHref={metricsCsvHref(request)}
      pending={whole === undefined || repos === undefined}
      busy={busy}
      className="lg:col-span-2"
    >
      {row?.value == null ? (
        <StateMessage compact title={row?.k === 0 ? "Nothing is open" : "Not known"}>
          <p>
            {row?.k === 0
              ? "Whatever was ready for review is merged or closed."
              : `${capitalised(row?.reason ?? "no source tells of it")}. A clone does not tell of open pull requests: connect the GitHub account.`}
          </p>
        </StateMessage>
      ) : (
        <>
          <p className="num mb-2 text-note text-ink-2">
            {formatQuantity(row.n ?? 0, "pull request")} open, {formatCount(row.k ?? 0)} of them for more than 7 days;
            half of them for more than {formatMetricValue(UNIT, row.value)}
            {row.spread !== undefined && `, a tenth for more than ${formatMetricValue(UNIT, row.spread.p90)}`}.
          </p>
          <DataTable
            caption="Open pull requests by repository"
            columns={columns}
            rows={rows}
            rowKey={({ group }) => group.repo ?? ""}
            fold={6}
          />
        </>
      )}
    </MetricPanel>
  );
}
