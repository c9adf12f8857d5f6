"use client";

import Link from "next/link";
import { useCallback, useMemo, useState } from "react";
import { ChartLegend } from "@/components/charts/chart-legend";
import { LazyCurveChart } from "@/components/charts/lazy-charts";
import { CURVE_TICKS, prepareCurve } from "@/components/charts/prepare-curve";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import type { PageScope } from "@/components/filters/page-scope";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { useFirstEvents } from "@/components/query/use-first-events";
import { ADVERSE_LABEL, ADVERSE_LAYERS, type AdverseLayer } from "@/lib/core/adverse-layers";
import { formatCount, formatHours, formatPercent, formatPercentInterval, formatQuantity } from "@/lib/core/format";
import type { FirstEvents } from "@/lib/metrics/types";
import { QueryError } from "./query-error";
import { useBehind } from "./use-behind";

const TITLE = "What goes wrong first?";
const COLOR: Readonly<Record<AdverseLayer, string>> = {
  revert: "var(--agent)",
  redeploy: "var(--assisted)",
  hotfix: "var(--human)",
  incident: "var(--ink-2)",
};

/** The signs that merged work of agents had to be taken back or mended, each switchable, and which came first. */
export function FirstEventsPanel({ scope }: { scope: PageScope }) {
  const [layers, setLayers] = useState<readonly AdverseLayer[]>(ADVERSE_LAYERS);
  const { filters, period } = scope;
  const { data, error, isPlaceholderData, refetch } = useFirstEvents({
    from: period.from,
    to: period.to,
    layers: [...layers],
    filters,
  });
  const curve = useMemo(() => prepareCurve(seriesOf(data)), [data]);
  const behind = useBehind();
  const hrefOf = useCallback(
    (hours: number, key: string) => {
      const sign = ADVERSE_LAYERS.find((layer) => layer === key) ?? null;
      return behind("merged_prs", { sign, among: [...layers], within: hours });
    },
    [behind, layers],
  );
  const columns = useMemo(() => columnsOf(data, hrefOf), [data, hrefOf]);
  if (error !== null) return <QueryError error={error} onRetry={() => refetch()} />;
  const toggle = (layer: AdverseLayer) =>
    setLayers((before) =>
      ADVERSE_LAYERS.filter((one) => (one === layer ? !before.includes(one) : before.includes(one))),
    );
  return (
    <MetricPanel
      title={TITLE}
      note="Share of merged pull requests of which each sign was the first, by time since the merge (Aalen–Johansen). The rates elsewhere count reverts alone."
      className="mt-4"
      busy={isPlaceholderData}
      pending={data === undefined}
      file={() => [
        ["sign", "hours", "share"],
        ...(data?.first ?? []).flatMap(({ layer, points }) => points.map(({ hours, share }) => [layer, hours, share])),
      ]}
      table={
        <DataTable caption={TITLE} columns={columns} rows={landmarksOf(data)} rowKey={({ hours }) => String(hours)} />
      }
      footer={data !== undefined && <Answer data={data} layers={layers} />}
    >
      <fieldset className="mb-2 flex flex-wrap gap-x-4 gap-y-1">
        <legend className="sr-only">Signs that count</legend>
        {ADVERSE_LAYERS.map((layer) => (
          <label key={layer} className="flex min-h-6 items-center gap-1.5 text-note text-ink-2">
            <input
              type="checkbox"
              className="size-4 accent-brand"
              checked={layers.includes(layer)}
              // Without any sign there would be no question.
              disabled={layers.length === 1 && layers.includes(layer)}
              onChange={() => toggle(layer)}
            />
            {ADVERSE_LABEL[layer]}
            <span className="num text-ink-3">
              {formatCount(data?.layers.find((one) => one.layer === layer)?.k ?? 0)}
            </span>
          </label>
        ))}
      </fieldset>
      {data?.first.every(({ points }) => points.every(({ share }) => share === 0)) ? (
        <StateMessage compact title="Nothing that is known went wrong within 30 days of its merge">
          <p>
            Older versions, hotfixes and incidents show where deployments and incidents are told of: see Connections.
          </p>
        </StateMessage>
      ) : (
        <>
          <LazyCurveChart
            data={curve}
            title={TITLE}
            desc="Step curves from an hour to 30 days after the merge. The table shows the same numbers at round times."
            hrefOf={hrefOf}
          />
          <ChartLegend items={curve.series} />
        </>
      )}
    </MetricPanel>
  );
}

function seriesOf(data: FirstEvents | undefined) {
  return (data?.first ?? []).map(({ layer, points }) => ({
    key: layer,
    label: ADVERSE_LABEL[layer],
    color: COLOR[layer],
    curve: {
      group: {},
      n: data?.any.n ?? 0,
      k: 0,
      p50: null,
      p75: null,
      p90: null,
      points: points.map(({ hours, share }) => ({ hours, share, lo: share, hi: share, atRisk: 1 })),
    },
  }));
}

interface Landmark {
  hours: number;
  shares: Map<AdverseLayer, number>;
}

/** Round times, of all that are drawn. */
const landmarksOf = (data: FirstEvents | undefined): Landmark[] =>
  CURVE_TICKS.map((hours) => ({
    hours,
    shares: new Map(
      (data?.first ?? []).map(({ layer, points }) => [
        layer,
        points.find((point) => point.hours === hours)?.share ?? 0,
      ]),
    ),
  }));

function columnsOf(
  data: FirstEvents | undefined,
  hrefOf: (hours: number, layer: string) => string,
): DataColumn<Landmark>[] {
  return [
    { id: "hours", header: "Within", rowHeader: true, cell: ({ hours }) => formatHours(hours) },
    ...(data?.first ?? []).map(
      ({ layer }): DataColumn<Landmark> => ({
        id: layer,
        header: ADVERSE_LABEL[layer],
        align: "right",
        cell: ({ hours, shares }) => (
          <Link prefetch={false} href={hrefOf(hours, layer)} className="underline-offset-3 hover:underline">
            {formatPercent(shares.get(layer) ?? 0, 2)}
          </Link>
        ),
      }),
    ),
  ];
}

function Answer({ data: { any, deployed, unclear }, layers }: { data: FirstEvents; layers: readonly AdverseLayer[] }) {
  if (any.value === null || any.lo === null || any.hi === null) return null;
  const signs = layers.length === ADVERSE_LAYERS.length ? "any of these signs" : "one of the signs that are chosen";
  return (
    <p className="num mt-3 border-t pt-3 text-note text-ink-2">
      {formatPercent(any.value)} ({formatPercentInterval(any.lo, any.hi)}) of {formatQuantity(any.n, "pull request")}{" "}
      old enough show {signs} within 7 days; {formatQuantity(deployed, "pull request")} of them are known to be
      deployed.
      {any.bounds !== null &&
        ` Of ${formatCount(unclear)} more an older version took back several at once: with none and all of them it is ${formatPercent(any.bounds.none)} to ${formatPercent(any.bounds.all)}.`}
    </p>
  );
}
