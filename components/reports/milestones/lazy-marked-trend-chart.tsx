"use client";

import { type ComponentProps, lazy, memo } from "react";
import { AfterNumbers } from "@/components/charts/lazy-charts";

const MarkedTrendChart = lazy(() => import("./marked-trend-chart"));

/** The same, drawn after the numbers of its page. */
export const LazyMarkedTrendChart = memo(function LazyMarkedTrendChart(props: ComponentProps<typeof MarkedTrendChart>) {
  return (
    <AfterNumbers>
      <MarkedTrendChart {...props} />
    </AfterNumbers>
  );
});
