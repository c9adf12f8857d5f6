"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

// Numbers and words come with the page; the drawing library follows after them.
const loading = () => <Skeleton className="min-h-60 w-full flex-1 bg-transparent" />;

export const LazyStackedBarsChart = dynamic(() => import("./stacked-bars-chart"), { ssr: false, loading });
export const LazyTrendChart = dynamic(() => import("./trend-chart"), { ssr: false, loading });
export const LazyCurveChart = dynamic(() => import("./curve-chart"), { ssr: false, loading });
