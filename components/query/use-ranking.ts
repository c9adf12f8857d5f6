"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Ranking } from "@/lib/metrics/types";
import { fetchJson } from "./fetch-json";
import { queryKeys, type RankingRequest } from "./query-keys";

/** A share by team, small teams pulled to the middle. */
export function useRanking(request: RankingRequest) {
  return useQuery({
    queryKey: queryKeys.ranking(request),
    queryFn: ({ signal }) => fetchJson<Ranking>("/api/v1/metrics/ranking", { body: request, signal }),
    placeholderData: keepPreviousData,
  });
}
