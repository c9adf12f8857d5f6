"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SampleStatus } from "@/lib/settings/types";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

const POLL_MS = 1000;

/** Whether the sample fleet is here; asked again every second while that changes. */
export function useSample({ enabled = true }: { enabled?: boolean } = {}) {
  return useQuery({
    queryKey: queryKeys.sample,
    queryFn: ({ signal }) => fetchJson<SampleStatus>("/api/v1/sample", { signal }),
    enabled,
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data?.state === "loading" || data?.state === "removing" ? POLL_MS : false,
  });
}

/** Starts to load (`POST`) or to remove (`DELETE`) the sample fleet. */
export function useChangeSample(method: "POST" | "DELETE") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => fetchJson<SampleStatus>("/api/v1/sample", { method }),
    onSuccess: (status) => client.setQueryData(queryKeys.sample, status),
  });
}
