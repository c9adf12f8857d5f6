"use client";

import { useMemo } from "react";
import { ChartLegend } from "@/components/charts/chart-legend";
import { IntervalRowsChart } from "@/components/charts/interval-rows";
import { prepareIntervalRows, type RateReading } from "@/components/charts/prepare-interval-rows";
import { AUTHOR_KIND_COLOR } from "@/components/charts/series-color";
import { StateMessage } from "@/components/layout/state-message";
import { withinChance } from "@/components/metrics/by-chance";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { formatPoints, formatQuantity } from "@/lib/core/format";
import type { MetricChange, StandardisedComparison } from "@/lib/metrics/types";
import { type RollbackWindow, WINDOW_WORDS } from "./windows";

/** Below this a rate is said as k of n (metrics.md G10). */
const FEW = 10;

const KEYS = [
  { key: "crude", label: "As it is" },
  { key: "standardised", label: "At the same mix" },
];

/** Agents against people, as they are and standardised to the same mix of tasks and sizes. */
export function ComparisonPanel({
  comparison,
  window,
  busy,
}: {
  comparison: StandardisedComparison;
  window: RollbackWindow;
  busy: boolean;
}) {
  const { arms, cells, difference } = comparison;
  const data = useMemo(
    () =>
      prepareIntervalRows(
        KEYS,
        [
          { key: "Agents", label: "Agents", color: AUTHOR_KIND_COLOR.agent, rates: readingsOf(arms, "agent") },
          { key: "People", label: "People", color: AUTHOR_KIND_COLOR.human, rates: readingsOf(arms, "human") },
        ],
        [],
      ),
    [arms],
  );
  const left = arms.reduce((sum, { dropped }) => sum + dropped, 0);
  return (
    <MetricPanel
      title="Agents and people, side by side"
      note={`Rolled back within ${WINDOW_WORDS[window]}. They are given different work, so the fair comparison is at the same mix of task and size.`}
      busy={busy}
      picture
      file={() => [
        ["side", "reading", "value", "lo", "hi", "n"],
        ...arms.flatMap(({ arm, crude, standardised }) => [
          [arm, "as it is", crude.value, crude.lo, crude.hi, crude.n],
          [arm, "at the same mix", standardised.value, standardised.lo, standardised.hi, crude.n],
        ]),
      ]}
    >
      {arms.some(({ crude }) => crude.n === 0) ? (
        <StateMessage compact title="Only one side merged anything that is old enough" />
      ) : (
        <>
          <IntervalRowsChart data={data} />
          <ChartLegend
            items={[
              { key: "agent", label: "Agents, assisted included", color: AUTHOR_KIND_COLOR.agent },
              { key: "human", label: "People", color: AUTHOR_KIND_COLOR.human },
            ]}
          />
          <p className="num mt-3 border-t pt-3 text-ink-2">
            {arms.some(({ crude }) => crude.n < FEW)
              ? "There is too little work of one side to compare."
              : differenceText(difference)}{" "}
            <span className="text-ink-3">
              {formatQuantity(cells.used, "cell")} of task and size that both have
              {left > 0 &&
                `; ${formatQuantity(left, "pull request")} in ${formatQuantity(cells.dropped, "cell")} that only one side has ${left === 1 ? "is" : "are"} left out`}
              .
            </span>
          </p>
        </>
      )}
    </MetricPanel>
  );
}

/** The two readings of one side; a standardised rate is not k of n. */
function readingsOf(arms: StandardisedComparison["arms"], name: "agent" | "human"): ReadonlyMap<string, RateReading> {
  const side = arms.find(({ arm }) => arm === name);
  if (side === undefined) return new Map();
  const { crude, standardised } = side;
  const flags: RateReading["flags"] = crude.n < FEW ? ["few"] : crude.n < 30 ? ["small_sample"] : [];
  return new Map([
    ["crude", { ...crude, immature: 0, flags }],
    ["standardised", { ...standardised, k: null, n: crude.n, immature: 0, flags }],
  ]);
}

function differenceText({ value, lo, hi }: MetricChange): string {
  if (value === null || lo === null || hi === null)
    return "No kind of work was done by both, so they cannot be compared at the same mix.";
  const interval = `${formatPoints(lo)} to ${formatPoints(hi)}`;
  return withinChance({ lo, hi })
    ? `At the same mix the difference is ${formatPoints(value)} (${interval}), within chance.`
    : `At the same mix agents are rolled back ${value > 0 ? "more" : "less"}: ${formatPoints(value)} (${interval}).`;
}
