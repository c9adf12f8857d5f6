"use client";

import { useQuery } from "@tanstack/react-query";
import type { RulePreviewState, Rules } from "@/lib/settings/types";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

const POLL_MS = 1000;
const APPLYING_POLL_MS = 3000;

/** What an organisation says in the place of the shipped rules; asked again while it is being applied. */
export function useRules(org: string) {
  return useQuery({
    queryKey: queryKeys.rules(org),
    queryFn: ({ signal }) => fetchJson<Rules>(`/api/v1/rules?${new URLSearchParams({ org })}`, { signal }),
    enabled: org !== "",
    staleTime: 0,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state: { data } }) => ((data?.pending ?? 0) > 0 ? APPLYING_POLL_MS : false),
  });
}

/** What other rules would change, asked every second until it is known. */
export function useRulePreview(id: string | null) {
  return useQuery({
    queryKey: queryKeys.rulePreview(id),
    queryFn: ({ signal }) => fetchJson<RulePreviewState>(`/api/v1/rules/previews/${id}`, { signal }),
    enabled: id !== null,
    refetchInterval: ({ state: { data } }) => (data?.state === "done" || data?.state === "failed" ? false : POLL_MS),
  });
}
