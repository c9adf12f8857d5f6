"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { CostFeed, CostVendorKey } from "@/lib/core/cost-feeds";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

const ADDRESS = "/api/v1/costs/feeds";
/** An account is asked within a minute after it was entered. */
const LISTENS_MS = 5000;

/** Accounts of vendors that are asked for their costs; asked again while one of them was not answered yet. */
export const useCostFeeds = () =>
  useQuery({
    queryKey: queryKeys.costFeeds,
    queryFn: ({ signal }) => fetchJson<{ items: CostFeed[] }>(ADDRESS, { signal }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(({ state }) => state === "waiting") === true ? LISTENS_MS : false,
    select: ({ items }) => items,
  });

/** An account as it is entered. */
export interface CostFeedEntry {
  org: string;
  vendor: CostVendorKey;
  account: string | null;
  agent: string | null;
  secret: string;
}

/** Enters an account, has one asked at once, or removes one. */
export function useCostFeedChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      path = "",
      ...options
    }: {
      path?: string;
      method: "POST" | "DELETE";
      body?: CostFeedEntry | object;
    }) => fetchJson<object>(`${ADDRESS}${path}`, options),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.costFeeds }),
  });
}
