"use client";

import { StateMessage } from "@/components/layout/state-message";
import { formatMetricInterval, formatMetricValue } from "@/components/metrics/format-metric";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { rowsOf } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { capitalised, formatDecimal } from "@/lib/core/format";
import type { MetricsRequest, MetricsResponse } from "@/lib/metrics/types";

const ID = "human_equivalent_devs";
const UNIT = { unit: "developers" } as const;

/** How many developers would merge as much as agents do, with what is assumed in plain sight. */
export function EquivalentPanel({
  answer,
  request,
  busy,
}: {
  answer: MetricsResponse | undefined;
  request: MetricsRequest;
  busy: boolean;
}) {
  const [row] = rowsOf(answer, ID);
  const interval = row === undefined ? "" : formatMetricInterval(UNIT, row);
  return (
    <MetricPanel
      title="How many developers would merge as much?"
      note="Throughput equivalence, not staffing: pull requests of agents and people differ in size and kind."
      csvHref={metricsCsvHref(request)}
      pending={answer === undefined}
      busy={busy}
    >
      {row?.equivalent === undefined || row.value === null ? (
        <StateMessage compact title="Not known for this period">
          <p>
            {row?.reason === undefined ? "" : `${capitalised(row.reason)}. `}
            It asks for merged agent work that is a week old, and for its reviews.
          </p>
        </StateMessage>
      ) : (
        <>
          <p className="num mt-1 text-figure font-[550] tracking-[-0.02em]">
            {formatMetricValue(UNIT, row.value)}
            <small className="text-sm font-normal tracking-normal text-ink-3">
              {" "}
              developers{interval !== "" && `, ${interval}`}
            </small>
          </p>
          <p className="num mt-1 text-note text-ink-2">
            {formatDecimal((row.k ?? 0) / (row.exposure ?? 1), 1)} safe pull requests a week are what{" "}
            {formatDecimal(row.equivalent.gross, 1)} developers merge at {formatDecimal(row.equivalent.baseline, 1)}{" "}
            each; {formatDecimal(row.equivalent.reviewHours, 1)} hours of review a week are taken off.
          </p>
          <p className="mt-1 text-note text-ink-3">
            {row.equivalent.isMeasured
              ? "What a developer merges was measured in the thirteen weeks before the teams began with agents."
              : "What a developer merges is assumed, a published figure: say when teams began with agents, with data and a roster from thirteen weeks before, to measure it."}
          </p>
        </>
      )}
    </MetricPanel>
  );
}
