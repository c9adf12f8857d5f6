"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { OperationItem, Page } from "@/lib/metrics/explorer/types";
import { fetchJson } from "./fetch-json";
import { listParameters } from "./list-parameters";
import { type OperationsRequest, queryKeys } from "./query-keys";

/** Deployments or incidents, newest first, as many pages as were asked for; meanwhile the last answer stays. */
export function useOperations(request: OperationsRequest, { enabled = true }: { enabled?: boolean } = {}) {
  const pages = useInfiniteQuery({
    enabled,
    queryKey: queryKeys.operations(request),
    queryFn: ({ pageParam, signal }) => {
      const page = pageParam === undefined ? request : { ...request, cursor: pageParam };
      return fetchJson<Page<OperationItem>>(`/api/v1/operations?${listParameters(page)}`, { signal });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const { data, error, isPlaceholderData } = pages;
  const all = useMemo(() => {
    const [first] = data?.pages ?? [];
    return first === undefined ? undefined : { total: first.total, items: data?.pages.flatMap(({ items }) => items) };
  }, [data]);
  return { data: all, error, isPlaceholderData, pages };
}
