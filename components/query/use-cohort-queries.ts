"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { RollbackCurve, StandardisedComparison } from "@/lib/metrics/types";
import { fetchJson } from "./fetch-json";
import { type ComparisonRequest, type CurveRequest, queryKeys } from "./query-keys";

/** Curves of the share rolled back by time since merge, one per group. */
export function useRollbackCurve(request: CurveRequest) {
  return useQuery({
    queryKey: queryKeys.curve(request),
    queryFn: ({ signal }) =>
      fetchJson<{ asOf: string | null; curves: RollbackCurve[] }>("/api/v1/rollbacks/curve", { body: request, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Agents against people, as they are and at the same mix of work. */
export function useRollbackComparison(request: ComparisonRequest, enabled: boolean) {
  return useQuery({
    enabled,
    queryKey: queryKeys.comparison(request),
    queryFn: ({ signal }) =>
      fetchJson<StandardisedComparison>("/api/v1/rollbacks/comparison", { body: request, signal }),
    placeholderData: keepPreviousData,
  });
}
