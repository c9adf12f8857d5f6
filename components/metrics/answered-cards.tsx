"use client";

import type { MetricDescriptor, MetricsResponse } from "@/lib/metrics/types";
import { MetricCard, MetricCards } from "./metric-card";
import { compareRowsOf, rowsOf } from "./use-metrics-query";

/** A card for each of some metrics, from the answers over the whole period and over time. */
export function AnsweredCards({
  descriptors,
  totals,
  course,
  timeZone,
  hrefOf,
  label,
}: {
  descriptors: readonly MetricDescriptor[];
  totals: MetricsResponse | undefined;
  course: MetricsResponse | undefined;
  timeZone: string;
  /** Where a figure leads; without it there is no list behind them. */
  hrefOf?: (metric: string) => string;
  label?: string;
}) {
  return (
    <MetricCards
      of={descriptors.length === 5 || descriptors.length === 3 ? descriptors.length : 6}
      {...(label !== undefined && { label })}
    >
      {descriptors.map((descriptor) => (
        <MetricCard
          key={descriptor.id}
          descriptor={descriptor}
          row={rowsOf(totals, descriptor.id)[0]}
          before={compareRowsOf(totals, descriptor.id)[0]}
          series={rowsOf(course, descriptor.id)}
          asOf={totals?.asOf ?? null}
          timeZone={timeZone}
          href={hrefOf?.(descriptor.id) ?? null}
        />
      ))}
    </MetricCards>
  );
}
