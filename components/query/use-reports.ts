"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReportItem, ReportRequest } from "@/lib/reports/types";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

const POLL_MS = 1000;

/** Whether a report is waiting or being made. */
export const isBeingMade = ({ state }: ReportItem): boolean => state === "queued" || state === "running";

/** Reports that the reader had made; asked again every second while one is being made. */
export function useReports() {
  return useQuery({
    queryKey: queryKeys.reports,
    queryFn: ({ signal }) => fetchJson<{ items: ReportItem[] }>("/api/v1/reports", { signal }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data?.items.some(isBeingMade) ? POLL_MS : false),
  });
}

/** Has a report made. */
export function useReportRequest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ReportRequest) => fetchJson<{ id: string }>("/api/v1/reports", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.reports }),
  });
}
