"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReportItem, ReportPreview, ReportRequest, ScheduleInput, ScheduleItem } from "@/lib/reports/types";
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

/** Reports that are sent by themselves; asked again while one is on its way. */
export function useSchedules() {
  return useQuery({
    queryKey: queryKeys.schedules,
    queryFn: ({ signal }) =>
      fetchJson<{ items: ScheduleItem[]; canSendMail: boolean }>("/api/v1/reports/schedules", { signal }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(({ deliveries }) =>
        deliveries.some(({ attempts, state }) => state === "waiting" && attempts < 2),
      )
        ? POLL_MS
        : false,
  });
}

/** What would be sent. */
export const useReportPreview = () =>
  useMutation({
    mutationFn: (body: ScheduleInput) => fetchJson<ReportPreview>("/api/v1/reports/previews", { body }),
  });

/** Has a report sent by itself, sent now, or sent no more. */
export function useScheduleChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, method, path = "" }: { path?: string; method: "POST" | "DELETE"; body?: ScheduleInput }) =>
      fetchJson<object>(`/api/v1/reports/schedules${path}`, { method, ...(body !== undefined && { body }) }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.schedules }),
  });
}
