"use client";

import { useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import { IntervalRowsChart } from "@/components/charts/interval-rows";
import { prepareIntervalRows, type RateReading } from "@/components/charts/prepare-interval-rows";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import type { PageScope } from "@/components/filters/page-scope";
import { useNameOf } from "@/components/filters/use-filters";
import { StateMessage } from "@/components/layout/state-message";
import { useDescriptor, useWorkspace } from "@/components/layout/workspace-context";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { PanelChoice } from "@/components/metrics/panel-tool";
import { useRanking } from "@/components/query/use-ranking";
import { QueryError } from "@/components/reports/query-error";
import { useBehind } from "@/components/reports/use-behind";
import { formatKOfN, formatPercent, formatPercentInterval } from "@/lib/core/format";
import type { Ranking } from "@/lib/metrics/people/types";
import { RANKED, rankedParser, rankingRequest } from "./team-requests";

const ORDERS = [
  { value: "name", label: "By name" },
  { value: "estimate", label: "By estimate" },
] as const;
type Order = (typeof ORDERS)[number]["value"];

type TeamRow = Ranking["teams"][number] & { key: string; label: string };

const readingOf = ({ estimate, hi, lo, n }: TeamRow): RateReading => ({
  value: estimate,
  lo,
  hi,
  k: null,
  n,
  immature: 0,
  flags: [],
});

/** A share of every team with small teams pulled to the middle: by name, unless somebody asks for an order. */
export function RankingPanel({ scope }: { scope: PageScope }) {
  const [metric, setMetric] = useQueryState("ranked", rankedParser);
  const [order, setOrder] = useState<Order>("name");
  const { descriptors } = useWorkspace();
  const descriptor = useDescriptor(metric);
  const nameOf = useNameOf();
  const behind = useBehind();
  const { data, error, isPlaceholderData, refetch } = useRanking(
    useMemo(() => rankingRequest(scope, metric), [scope, metric]),
  );
  const rows = useMemo(() => {
    const named = (data?.teams ?? []).map(
      (team): TeamRow => ({ ...team, key: team.team, label: nameOf("team", team.team) }),
    );
    return named.sort((a, b) =>
      order === "estimate" ? (b.estimate ?? 0) - (a.estimate ?? 0) : a.label.localeCompare(b.label, "en"),
    );
  }, [data, nameOf, order]);
  const chart = useMemo(() => {
    const rates = new Map(rows.map((row) => [row.key, readingOf(row)]));
    return prepareIntervalRows(rows, [{ key: "estimate", label: "Estimate", color: "var(--agent)", rates }], []);
  }, [rows]);
  if (error !== null) return <QueryError error={error} onRetry={() => refetch()} />;
  const pooled = data?.pooled ?? null;
  return (
    <MetricPanel
      title="Who stands out beyond chance?"
      note={
        pooled === null
          ? descriptor.definition
          : `${descriptor.title}: ${formatPercent(pooled)} in all. Each team’s share is pulled towards it by as much as chance could have moved it, with 95 % interval. Teams differ in what they work on: this is no league table.`
      }
      className="lg:col-span-2"
      pending={data === undefined}
      busy={isPlaceholderData}
      file={() => [
        ["team", "metric", "k", "n", "crude", "estimate", "lo", "hi"],
        ...rows.map(({ crude, estimate, hi, k, label, lo, n }) => [label, metric, k, n, crude, estimate, lo, hi]),
      ]}
      tools={
        <>
          <PanelChoice
            label="Share"
            value={metric}
            options={RANKED.map((id) => ({
              value: id,
              label: descriptors.find((one) => one.id === id)?.shortTitle ?? id,
            }))}
            onChange={setMetric}
          />
          <PanelChoice label="Order" value={order} options={ORDERS} onChange={setOrder} />
        </>
      }
      table={
        <DataTable
          caption={`${descriptor.title}, estimates by team`}
          columns={COLUMNS}
          rows={rows}
          rowKey={({ key }) => key}
        />
      }
    >
      {data?.differ === true ? (
        <IntervalRowsChart data={chart} hrefOf={(key) => behind(metric, { team: [key] })} />
      ) : (
        <StateMessage
          compact
          title={
            rows.length < 2 ? "Fewer than two teams can be rated" : "Teams differ no more than chance would have it"
          }
        >
          {rows.length >= 2 && <p>The table shows the share of each as it is.</p>}
        </StateMessage>
      )}
    </MetricPanel>
  );
}

const COLUMNS: DataColumn<TeamRow>[] = [
  { id: "team", header: "Team", rowHeader: true, sortValue: ({ label }) => label, cell: ({ label }) => label },
  {
    id: "crude",
    header: "As it is",
    align: "right",
    sortValue: ({ crude }) => crude,
    cell: ({ crude, k, n }) => (
      <>
        {formatPercent(crude)} <span className="text-ink-3">{formatKOfN(k, n)}</span>
      </>
    ),
  },
  {
    id: "estimate",
    header: "Estimate",
    align: "right",
    sortValue: ({ estimate }) => estimate,
    cell: ({ estimate }) => <span className="font-medium">{estimate === null ? "" : formatPercent(estimate)}</span>,
  },
  {
    id: "interval",
    header: "95 % interval",
    align: "right",
    className: "max-md:hidden text-ink-3",
    cell: ({ hi, lo }) => (lo === null || hi === null ? null : formatPercentInterval(lo, hi)),
  },
];
