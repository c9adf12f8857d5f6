"use client";

import { useMemo } from "react";
import { MixBars } from "@/components/charts/mix-bars";
import { prepareMix } from "@/components/charts/prepare-mix";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { metricsCsvHref } from "@/components/query/export-href";
import { CATEGORIES, CATEGORY_LABEL } from "@/lib/core/dimensions";
import type { MetricDescriptor, MetricRow, MetricsRequest } from "@/lib/metrics/types";
import { useBehind } from "./use-behind";

const TASKS = { dimension: "category", words: CATEGORIES, labels: CATEGORY_LABEL } as const;

/** What kind of work the chosen authors get. */
export function TaskMixPanel({
  descriptor,
  rows,
  request,
  busy,
}: {
  descriptor: MetricDescriptor;
  rows: readonly MetricRow[];
  request: MetricsRequest;
  busy: boolean;
}) {
  const behind = useBehind();
  const bars = useMemo(() => prepareMix(rows, TASKS), [rows]);
  return (
    <MetricPanel
      title={descriptor.question}
      note="Share and number of their merged pull requests, by task. Features have no category of their own and are unclassified."
      csvHref={metricsCsvHref(request)}
      busy={busy}
    >
      {bars.every((bar) => bar.length === 0) ? (
        <StateMessage compact title="None merged in this period" />
      ) : (
        <MixBars bars={bars} hrefOf={(category) => behind(descriptor.id, { category: [category] })} />
      )}
    </MetricPanel>
  );
}
