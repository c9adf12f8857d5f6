"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ModelInputs } from "@/lib/roi/engine/inputs";
import type { RoiScenario } from "@/lib/settings/types";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

/** A scenario that was kept, its inputs as the model takes them. */
export type KeptScenario = Omit<RoiScenario, "inputs"> & { inputs: ModelInputs };

/** Scenarios that were kept, every version of each, the latest first. */
export const useScenarios = () =>
  useQuery({
    queryKey: queryKeys.scenarios,
    queryFn: ({ signal }) => fetchJson<{ items: KeptScenario[] }>("/api/v1/roi/scenarios", { signal }),
    staleTime: 0,
    select: ({ items }) => items,
  });

/** Keeps a scenario. */
export function useScenarioKeeping() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Pick<KeptScenario, "org" | "team" | "name" | "currency" | "why" | "inputs">) =>
      fetchJson<{ id: number; version: number }>("/api/v1/roi/scenarios", { body }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.scenarios }),
  });
}

/** Offers a scenario no more. */
export function useScenarioRemoval() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => fetchJson<{ name: string }>(`/api/v1/roi/scenarios/${id}`, { method: "DELETE" }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.scenarios }),
  });
}
