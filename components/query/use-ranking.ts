"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Ranking, SeniorityTable } from "@/lib/metrics/people/types";
import type { ReviewerLoad, Standouts } from "@/lib/metrics/types";
import { fetchJson } from "./fetch-json";
import { queryKeys, type RankingRequest, type ReviewerLoadRequest, type SeniorityRequest } from "./query-keys";

/** A share by team, small teams pulled to the middle. */
export function useRanking(request: RankingRequest) {
  return useQuery({
    queryKey: queryKeys.ranking(request),
    queryFn: ({ signal }) => fetchJson<Ranking>("/api/v1/metrics/ranking", { body: request, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Months in which a share was higher than elsewhere. */
export function useStandouts(request: RankingRequest, { enabled }: { enabled: boolean }) {
  return useQuery({
    queryKey: queryKeys.standouts(request),
    queryFn: ({ signal }) => fetchJson<Standouts>("/api/v1/metrics/standouts", { body: request, signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** How hours of review are spread over people. */
export function useReviewerLoad(request: ReviewerLoadRequest) {
  return useQuery({
    queryKey: queryKeys.reviewerLoad(request),
    queryFn: ({ signal }) => fetchJson<ReviewerLoad>("/api/v1/metrics/reviewer-load", { body: request, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Agents beside senior, mid-level and junior people. */
export function useSeniorityTable(request: SeniorityRequest) {
  return useQuery({
    queryKey: queryKeys.seniority(request),
    queryFn: ({ signal }) => fetchJson<SeniorityTable>("/api/v1/metrics/seniority", { body: request, signal }),
    placeholderData: keepPreviousData,
  });
}
