"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { AgentUse, CostReport, MoneyRequest, TeamModels } from "@/lib/metrics/money/types";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

/** What the models of the whole and of each team are worked out from. */
export function useModels(request: MoneyRequest) {
  return useQuery({
    queryKey: queryKeys.models(request),
    queryFn: ({ signal }) => fetchJson<TeamModels>("/api/v1/roi/models", { body: request, signal }),
    placeholderData: keepPreviousData,
  });
}

/** What was paid. */
export function useCosts(request: MoneyRequest) {
  return useQuery({
    queryKey: queryKeys.costs(request),
    queryFn: ({ signal }) => fetchJson<CostReport>("/api/v1/costs/query", { body: request, signal }),
    placeholderData: keepPreviousData,
  });
}

/** What agents told of their use. */
export function useAgentUse(request: MoneyRequest) {
  return useQuery({
    queryKey: queryKeys.agentUse(request),
    queryFn: ({ signal }) => fetchJson<AgentUse>("/api/v1/costs/telemetry", { body: request, signal }),
    placeholderData: keepPreviousData,
  });
}
