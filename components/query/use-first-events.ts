"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { AdverseLayer } from "@/lib/core/adverse-layers";
import type { FirstEvents, MetricFilters } from "@/lib/metrics/types";
import { fetchJson } from "./fetch-json";

export interface FirstEventsRequest {
  from: string;
  to: string;
  layers: AdverseLayer[];
  filters: MetricFilters;
}

/** What went wrong first after the merge, by the layers that count. */
export const useFirstEvents = (request: FirstEventsRequest) =>
  useQuery({
    queryKey: ["metrics", "first-events", request],
    queryFn: ({ signal }) =>
      fetchJson<FirstEvents>("/api/v1/rollbacks/first-events", { method: "POST", body: request, signal }),
    placeholderData: keepPreviousData,
  });
