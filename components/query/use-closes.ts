"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { MonthCloses } from "@/lib/metrics/closes/types";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

/** The months of an organisation that were closed, and the open one. */
export const useCloses = (org: string) =>
  useQuery({
    queryKey: queryKeys.closes(org),
    queryFn: ({ signal }) => fetchJson<MonthCloses>(`/api/v1/roi/closes?${new URLSearchParams({ org })}`, { signal }),
  });

/** Closes a month. */
export function useClosing(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (month: string) => fetchJson<{ version: number }>("/api/v1/roi/closes", { body: { org, month } }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.closes(org) }),
  });
}

/** Opens the last month that was closed again. */
export function useReopening(org: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: number; reason: string }) =>
      fetchJson<{ month: string }>(`/api/v1/roi/closes/${id}/reopen`, { body: { reason } }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.closes(org) }),
  });
}
