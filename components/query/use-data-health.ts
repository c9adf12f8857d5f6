"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { DataHealth } from "@/lib/metrics/explorer/types";
import { fetchJson } from "./fetch-json";
import { listParameters } from "./list-parameters";
import { type DataHealthRequest, queryKeys } from "./query-keys";

/** What is held of each repository, and what is missing. */
export function useDataHealth(request: DataHealthRequest) {
  return useQuery({
    queryKey: queryKeys.dataHealth(request),
    queryFn: ({ signal }) =>
      fetchJson<DataHealth>(`/api/v1/data-health?${listParameters({ filters: request })}`, { signal }),
    placeholderData: keepPreviousData,
  });
}
