"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { EffectAnswer, PilotAnswer, Rollout } from "@/lib/metrics/rollout/types";
import type { MetricFilters } from "@/lib/metrics/types";
import { fetchJson } from "./fetch-json";
import { listParameters } from "./list-parameters";
import { type EffectRequest, queryKeys } from "./query-keys";

/** How far each team has come with agents. */
export function useRollout(filters: MetricFilters) {
  return useQuery({
    queryKey: queryKeys.rollout(filters),
    queryFn: ({ signal }) => fetchJson<Rollout>(`/api/v1/rollout?${listParameters({ filters })}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** What came of a wave beyond what changed anyway; null asks for nothing. */
export function useRolloutEffect(request: EffectRequest | null) {
  return useQuery({
    enabled: request !== null,
    queryKey: queryKeys.effect(request),
    queryFn: ({ signal }) => fetchJson<EffectAnswer>("/api/v1/rollout/effect", { body: request, signal }),
    placeholderData: keepPreviousData,
  });
}

export interface PilotRequest {
  metric: string;
  teams: string[];
  weeks: number;
  filters: MetricFilters;
}

/** What a pilot could show before it begins; null asks for nothing. */
export function usePilot(request: PilotRequest | null) {
  return useQuery({
    enabled: request !== null,
    queryKey: ["rollout-pilot", request],
    queryFn: ({ signal }) => fetchJson<PilotAnswer>("/api/v1/rollout/pilot", { body: request, signal }),
    placeholderData: keepPreviousData,
  });
}
