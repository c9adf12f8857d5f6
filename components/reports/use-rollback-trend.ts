"use client";

import { useMemo } from "react";
import { type TrendSeries, trendGrain } from "@/components/charts/prepare-trend";
import { AUTHOR_KIND_COLOR } from "@/components/charts/series-color";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import type { MetricsRequest, MetricsResponse } from "@/lib/metrics/types";
import { type RollbackWindow, WINDOW_METRIC } from "./windows";

type Grain = "week" | "month";
interface TrendRequests {
  chosen: MetricsRequest;
  people: MetricsRequest;
}

/**
 * The series of the trend, by week where weeks hold enough and by month otherwise. Asked in the browser: the chart comes
 * after the page in any case.
 * @param grain the finest that fits the period
 */
export function useRollbackTrend(
  requestsOf: (grain: Grain) => TrendRequests,
  {
    grain,
    window,
    sideBySide,
    subject,
  }: { grain: Grain; window: RollbackWindow; sideBySide: boolean; subject: string },
) {
  const metric = WINDOW_METRIC[window];
  const fine = useTrendQueries(requestsOf(grain), { sideBySide, enabled: true });
  const fineSeries = useMemo(
    () => seriesOf(fine.chosen.data, fine.people.data, { metric, sideBySide, subject }),
    [fine.chosen.data, fine.people.data, metric, sideBySide, subject],
  );
  const weeksAreSparse = grain === "week" && trendGrain(fineSeries) === "month";
  const coarse = useTrendQueries(requestsOf("month"), { sideBySide, enabled: weeksAreSparse });
  const coarseSeries = useMemo(
    () => seriesOf(coarse.chosen.data, coarse.people.data, { metric, sideBySide, subject }),
    [coarse.chosen.data, coarse.people.data, metric, sideBySide, subject],
  );
  const shown = weeksAreSparse ? coarse : fine;
  return {
    series: weeksAreSparse ? coarseSeries : fineSeries,
    grain: weeksAreSparse ? ("month" as const) : grain,
    weeksAreSparse,
    request: requestsOf(weeksAreSparse ? "month" : grain).chosen,
    pending: shown.chosen.data === undefined || (sideBySide && shown.people.data === undefined),
    busy: shown.chosen.isPlaceholderData || shown.people.isPlaceholderData,
    failed: [shown.chosen, shown.people].find((query) => query.isError),
  };
}

function useTrendQueries(requests: TrendRequests, { sideBySide, enabled }: { sideBySide: boolean; enabled: boolean }) {
  const chosen = useMetricsQuery(requests.chosen, { enabled });
  const people = useMetricsQuery(requests.people, { enabled: enabled && sideBySide });
  return { chosen, people };
}

function seriesOf(
  chosen: MetricsResponse | undefined,
  people: MetricsResponse | undefined,
  { metric, sideBySide, subject }: { metric: string; sideBySide: boolean; subject: string },
): TrendSeries[] {
  const first = {
    key: "chosen",
    label: subject,
    color: subject === "People" ? AUTHOR_KIND_COLOR.human : AUTHOR_KIND_COLOR.agent,
    rows: rowsOf(chosen, metric),
  };
  const second = { key: "people", label: "People", color: AUTHOR_KIND_COLOR.human, rows: rowsOf(people, metric) };
  return sideBySide ? [first, second] : [first];
}
