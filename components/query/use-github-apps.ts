"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  AppBeginningAnswer,
  AppReturn,
  BeginAppRequest,
  ConnectAnswer,
  KnownAppItem,
} from "@/lib/connections/types";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

/** The Apps that were made for this installation. */
export function useGitHubApps() {
  return useQuery({
    queryKey: queryKeys.githubApps,
    queryFn: ({ signal }) => fetchJson<{ items: KnownAppItem[] }>("/api/v1/github-apps", { signal }),
  });
}

/** Begins the making of an App. */
export function useBeginApp() {
  return useMutation({
    mutationFn: (body: BeginAppRequest) => fetchJson<AppBeginningAnswer>("/api/v1/github-apps", { body }),
  });
}

/** Keeps the App that someone came back with. */
export function useFinishApp() {
  return useMutation({
    mutationFn: (body: AppReturn) => fetchJson<KnownAppItem>("/api/v1/github-apps/conversions", { body }),
  });
}

/** Connects an installation by its number, or all new ones. */
export function useConnectInstallation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (installationId: string | null) =>
      fetchJson<{ items: ConnectAnswer[] }>("/api/v1/github-apps/installations", { body: { installationId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.connections }),
  });
}
