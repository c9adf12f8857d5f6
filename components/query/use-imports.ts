"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ImportItem, ImportRequest } from "@/lib/settings/types";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

const POLL_MS = 1000;

/** The latest imports; asked again every second while one is under way. */
export function useImports() {
  return useQuery({
    queryKey: queryKeys.imports,
    queryFn: ({ signal }) => fetchJson<{ items: ImportItem[] }>("/api/v1/imports", { signal }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data?.items.some(isActive) ? POLL_MS : false),
  });
}

/** Starts an import; its answer is the id under which `useImports` lists it. */
export function useStartImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: ImportRequest) => fetchJson<{ id: string }>("/api/v1/imports", { body: request }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.imports }),
  });
}

/** Whether an import is waiting or running. */
export function isActive({ state }: ImportItem): boolean {
  return state === "queued" || state === "running";
}
