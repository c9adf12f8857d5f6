"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Page, PullRequestItem } from "@/lib/metrics/explorer/types";
import { fetchJson } from "./fetch-json";
import { listParameters } from "./list-parameters";
import { type PullRequestsRequest, queryKeys } from "./query-keys";

/** One page of pull requests. */
export function usePullRequests(request: PullRequestsRequest) {
  return useQuery({
    queryKey: queryKeys.pullRequests(request),
    queryFn: ({ signal }) =>
      fetchJson<Page<PullRequestItem>>(`/api/v1/pull-requests?${listParameters(request)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The same list as CSV, all pages of it. */
export function pullRequestsCsvHref({ limit: _, cursor: __, ...request }: PullRequestsRequest): string {
  return `/api/v1/exports/pull-requests.csv?${listParameters(request)}`;
}
