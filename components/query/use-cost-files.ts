"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  CostEntry,
  CostFileReport,
  CostImport,
  CostReadingInput,
  TokenPrice,
  UnpricedUsage,
} from "@/lib/core/cost-files";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

/** Facts follow what is entered within a moment. */
const FOLLOWS_MS = 2500;

/** A file of costs with how it is read. */
export interface CostFileInput {
  org: string;
  source: string;
  fileName: string;
  /** Its text, or the bytes of a workbook in base64. */
  csv?: string;
  xlsx?: string;
  reading: CostReadingInput;
}

/** Files that were entered. */
export const useCostImports = () =>
  useQuery({
    queryKey: queryKeys.costImports,
    queryFn: ({ signal }) => fetchJson<{ items: CostImport[] }>("/api/v1/costs/imports", { signal }),
    staleTime: 0,
    select: ({ items }) => items,
  });

/** What a file holds and would change. */
export const useCostCheck = () =>
  useMutation({
    mutationFn: (body: CostFileInput) => fetchJson<CostFileReport>("/api/v1/costs/imports/checks", { body }),
  });

/** What is shown of money is asked for anew, at once and when the figures have followed. */
function useFollow() {
  const client = useQueryClient();
  return () => {
    for (const queryKey of [queryKeys.costImports, queryKeys.costEntries, queryKeys.tokenPrices])
      client.invalidateQueries({ queryKey });
    setTimeout(() => client.invalidateQueries(), FOLLOWS_MS);
  };
}

/** Enters a file. */
export function useCostEntry() {
  const follow = useFollow();
  return useMutation({
    mutationFn: (body: CostFileInput) => fetchJson<CostFileReport>("/api/v1/costs/imports", { body }),
    onSuccess: follow,
  });
}

/** Takes back what a file told. */
export function useCostTakingBack() {
  const follow = useFollow();
  return useMutation({
    mutationFn: (id: number) => fetchJson<{ posted: number }>(`/api/v1/costs/imports/${id}`, { method: "DELETE" }),
    onSuccess: follow,
  });
}

/** What is paid regularly, as it was entered. */
export const useCostEntries = () =>
  useQuery({
    queryKey: queryKeys.costEntries,
    queryFn: ({ signal }) => fetchJson<{ items: CostEntry[] }>("/api/v1/costs/entries", { signal }),
    staleTime: 0,
    select: ({ items }) => items,
  });

/** What tokens cost, and those of which nobody knows. */
export const useTokenPrices = () =>
  useQuery({
    queryKey: queryKeys.tokenPrices,
    queryFn: ({ signal }) =>
      fetchJson<{ items: TokenPrice[]; unpriced: UnpricedUsage[] }>("/api/v1/costs/token-prices", { signal }),
    staleTime: 0,
  });

/** Sends what somebody says of costs. */
export function useCostChange() {
  const follow = useFollow();
  return useMutation({
    mutationFn: ({ body, method, url }: { url: string; method: "POST" | "PUT" | "DELETE"; body?: unknown }) =>
      fetchJson<{ posted: number }>(url, { method, ...(body !== undefined && { body }) }),
    onSuccess: follow,
  });
}
