"use client";

import { type ComponentProps, lazy, memo, type ReactNode, Suspense } from "react";
import { useInBrowser } from "@/components/ui/use-in-browser";
import { CHART_SPACE } from "./chart-space";

// Numbers and words come with the page; the drawing library follows after them. Drawing is the dear part of a page, so
// that a chart is drawn again only when its data is another.
const StackedBarsChart = lazy(() => import("./stacked-bars-chart"));
const TrendChart = lazy(() => import("./trend-chart"));
const CurveChart = lazy(() => import("./curve-chart"));

/** Until the code of a chart is there, its place is kept to the pixel. */
export function AfterNumbers({ children }: { children: ReactNode }) {
  const place = <div className={CHART_SPACE} />;
  return useInBrowser() ? <Suspense fallback={place}>{children}</Suspense> : place;
}

export const LazyStackedBarsChart = memo(function LazyStackedBarsChart(props: ComponentProps<typeof StackedBarsChart>) {
  return (
    <AfterNumbers>
      <StackedBarsChart {...props} />
    </AfterNumbers>
  );
});

export const LazyTrendChart = memo(function LazyTrendChart(props: ComponentProps<typeof TrendChart>) {
  return (
    <AfterNumbers>
      <TrendChart {...props} />
    </AfterNumbers>
  );
});

export const LazyCurveChart = memo(function LazyCurveChart(props: ComponentProps<typeof CurveChart>) {
  return (
    <AfterNumbers>
      <CurveChart {...props} />
    </AfterNumbers>
  );
});
