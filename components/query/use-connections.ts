"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ConnectAnswer, ConnectionChange, ConnectionItem, ConnectRequest } from "@/lib/connections/types";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

const POLL_MS = 2000;

/** The accounts that are followed; asked again every two seconds, so that progress is seen as it comes. */
export function useConnections() {
  return useQuery({
    queryKey: queryKeys.connections,
    queryFn: ({ signal }) => fetchJson<{ items: ConnectionItem[] }>("/api/v1/connections", { signal }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data?.items.some(({ state }) => state === "active") ? POLL_MS : false),
  });
}

/** Connects an account; the answer says the webhook's secret this once. */
export function useConnect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: ConnectRequest) => fetchJson<ConnectAnswer>("/api/v1/connections", { body: request }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.connections }),
  });
}

/** Pauses a connection, goes on with it, or changes what is read of it. */
export function useConnectionChange(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ConnectionChange) => fetchJson(`/api/v1/connections/${id}`, { body: change }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.connections }),
  });
}
