"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DeliveryDetail, DeliveryItem } from "@/lib/events/types";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

interface Page {
  items: DeliveryItem[];
  nextCursor: string | null;
}

/** Deliveries of one state, or of all, newest first and page by page. */
export function useDeliveries(state: DeliveryItem["state"] | null) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.deliveries, state],
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams({
        ...(state !== null && { state }),
        ...(pageParam !== null && { cursor: pageParam }),
      });
      return fetchJson<Page>(`/api/v1/deliveries?${parameters}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 0,
  });
}

/** One delivery as it came; null asks for none. */
export function useDelivery(id: string | null) {
  return useQuery({
    enabled: id !== null,
    queryKey: [...queryKeys.deliveries, "one", id],
    queryFn: ({ signal }) => fetchJson<DeliveryDetail>(`/api/v1/deliveries/${id}`, { signal }),
  });
}

/** Has a delivery read again. */
export function useReplay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => fetchJson(`/api/v1/deliveries/${id}/replay`, { method: "POST" }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.deliveries }),
  });
}
