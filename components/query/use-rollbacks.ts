"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Page, RollbackItem } from "@/lib/metrics/explorer/types";
import { fetchJson } from "./fetch-json";
import { listParameters } from "./list-parameters";
import { queryKeys, type RollbacksRequest } from "./query-keys";

/** One page of rollbacks, newest first; asked once it is enabled, and meanwhile the last one stays. */
export function useRollbacks(request: RollbacksRequest, { enabled = true }: { enabled?: boolean } = {}) {
  return useQuery({
    enabled,
    queryKey: queryKeys.rollbacks(request),
    queryFn: ({ signal }) => fetchJson<Page<RollbackItem>>(`/api/v1/rollbacks?${listParameters(request)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The same list as CSV, all pages of it. */
export function rollbacksCsvHref({ limit: _, cursor: __, ...request }: RollbacksRequest): string {
  return `/api/v1/exports/rollbacks.csv?${listParameters(request)}`;
}
