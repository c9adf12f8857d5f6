"use client";

import { useMemo } from "react";
import { IntervalRowsChart } from "@/components/charts/interval-rows";
import { prepareIntervalRows } from "@/components/charts/prepare-interval-rows";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { useNameOf } from "@/components/filters/use-filters";
import { StateMessage } from "@/components/layout/state-message";
import { useWorkspace } from "@/components/layout/workspace-context";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { rowsOf } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { IntervalCell, RateCell } from "@/components/reports/rate-cell";
import { ratesBy } from "@/components/reports/rates-by";
import { useBehind } from "@/components/reports/use-behind";
import { UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import { formatPercentInterval } from "@/lib/core/format";
import type { Benchmark, MetricRow, MetricsRequest, MetricsResponse } from "@/lib/metrics/types";

const WORDS = {
  team: { title: "Which teams?", column: "Team" },
  agent: { title: "With which agents?", column: "Agent" },
} as const;

interface GroupRow {
  key: string;
  label: string;
  row: MetricRow;
}

/** The published figures of rollouts that succeeded, for each of some rows. */
function bandsFor(benchmarks: readonly Benchmark[], keys: readonly string[]): Benchmark[] {
  const [succeeded] = benchmarks.toSorted((a, b) => b.high - a.high);
  return succeeded === undefined ? [] : keys.map((category) => ({ ...succeeded, category }));
}

/** The share of people who work with agents in each team, over the published band, or with each agent. */
export function AdoptionGroupPanel({
  group,
  answer,
  request,
  busy,
}: {
  group: "team" | "agent";
  answer: MetricsResponse | undefined;
  request: MetricsRequest;
  busy: boolean;
}) {
  const nameOf = useNameOf();
  const behind = useBehind();
  const { descriptors } = useWorkspace();
  const { column, title } = WORDS[group];
  const rows = useMemo(
    (): GroupRow[] =>
      [...ratesBy(group, rowsOf(answer, "adoption_rate"))]
        // Who is of no team may be anybody: there is nobody to take it up together.
        .filter(([key, row]) => key !== UNASSIGNED_TEAM && (row.n ?? 0) > 0)
        .map(([key, row]) => ({ key, label: nameOf(group, key), row })),
    [answer, group, nameOf],
  );
  const bands = useMemo(() => {
    const published = descriptors.find(({ id }) => id === "adoption_rate")?.benchmarks ?? [];
    return group === "team"
      ? bandsFor(
          published,
          rows.map(({ key }) => key),
        )
      : [];
  }, [descriptors, group, rows]);
  const data = useMemo(() => {
    const rates = new Map(rows.map(({ key, row }) => [key, row]));
    return prepareIntervalRows(rows, [{ key: "people", label: "People", color: "var(--agent)", rates }], bands);
  }, [bands, rows]);
  const [band] = bands;
  return (
    <MetricPanel
      title={title}
      note={
        <>
          Of the people for whom something was merged in the last 28 days, with 95 % interval.
          {band !== undefined && (
            <>
              {" "}
              <span
                aria-hidden="true"
                className="inline-block h-2.5 w-3.5 border-x border-line-control bg-band align-[-1px]"
              />{" "}
              Published: {formatPercentInterval(band.low, band.high)}, {band.source}, {band.date}.
            </>
          )}
        </>
      }
      csvHref={metricsCsvHref(request)}
      pending={answer === undefined}
      busy={busy}
      table={<DataTable caption={title} columns={columnsOf(column)} rows={rows} rowKey={({ key }) => key} />}
    >
      {rows.length === 0 ? (
        <StateMessage compact title="Nobody on the roster merged something with agents" />
      ) : (
        <IntervalRowsChart data={data} hrefOf={(key) => behind("agent_prs_merged", { [group]: [key] })} />
      )}
    </MetricPanel>
  );
}

function columnsOf(header: string): DataColumn<GroupRow>[] {
  return [
    { id: "group", header, rowHeader: true, sortValue: ({ label }) => label, cell: ({ label }) => label },
    {
      id: "rate",
      header: "People",
      align: "right",
      sortValue: ({ row }) => row.value,
      cell: ({ row }) =>
        row.k === null ? <span className="text-ink-3">fewer than five</span> : <RateCell row={row} />,
    },
    {
      id: "interval",
      header: "95 % interval",
      align: "right",
      className: "max-md:hidden",
      cell: ({ row }) => <IntervalCell row={row} />,
    },
  ];
}
