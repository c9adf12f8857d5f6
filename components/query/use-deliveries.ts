"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DeliveryDetail, DeliveryItem, DoorTraffic } from "@/lib/events/types";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

interface Page {
  items: DeliveryItem[];
  nextCursor: string | null;
}

/** What a list of deliveries is narrowed to; null is everything. */
export interface DeliveryChoice {
  state: DeliveryItem["state"] | null;
  source: string | null;
  q: string | null;
}

/** Deliveries, newest first and page by page. */
export function useDeliveries({ q, source, state }: DeliveryChoice) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.deliveries, state, source, q],
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams({
        ...(state !== null && { state }),
        ...(source !== null && { source }),
        ...(q !== null && { q }),
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

/** How often it is looked whether something came in while somebody sets a sender up. */
const LISTEN_MS = 5000;

/** What came in from each sender; asked again every few seconds while somebody listens for a first message. */
export function useDoorTraffic({ listens }: { listens: boolean }) {
  return useQuery({
    queryKey: [...queryKeys.deliveries, "sources"],
    queryFn: ({ signal }) => fetchJson<{ items: DoorTraffic[] }>("/api/v1/deliveries/sources", { signal }),
    staleTime: 0,
    refetchInterval: listens && LISTEN_MS,
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
