"use client";

import { useQuery } from "@tanstack/react-query";
import type { BenchmarkItem } from "@/lib/metrics/benchmarks/types";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

/** Published figures and the company's own. */
export const useBenchmarks = () =>
  useQuery({
    queryKey: queryKeys.benchmarks,
    queryFn: ({ signal }) => fetchJson<{ items: BenchmarkItem[] }>("/api/v1/benchmarks", { signal }),
    select: ({ items }) => items,
  });
