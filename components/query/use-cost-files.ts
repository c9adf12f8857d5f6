"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { CostFileReport, CostImport, CostReadingInput } from "@/lib/core/cost-files";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

/** Facts follow what is entered within a moment. */
const FOLLOWS_MS = 2500;

/** A file of costs with how it is read. */
export interface CostFileInput {
  org: string;
  source: string;
  fileName: string;
  csv: string;
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
    client.invalidateQueries({ queryKey: queryKeys.costImports });
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
