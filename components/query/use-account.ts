"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AuditItem } from "@/lib/audit/types";
import type {
  ApiKeyItem,
  IdentityProviderItem,
  InvitationItem,
  OwnIdentity,
  SessionItem,
  TeamItem,
  UserItem,
} from "@/lib/auth/types";
import type { Retention, SavedView } from "@/lib/settings/types";
import { fetchJson } from "./fetch-json";
import { type AuditRequest, queryKeys } from "./query-keys";

/** A list that is short and asked for anew whenever its page is opened. */
function useList<Item>(queryKey: readonly unknown[], url: string) {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => fetchJson<{ items: Item[] }>(url, { signal }),
    staleTime: 0,
    select: ({ items }) => items,
  });
}

export const useUsers = () => useList<UserItem>(queryKeys.users, "/api/v1/users");
export const useInvitations = () => useList<InvitationItem>(queryKeys.invitations, "/api/v1/invitations");
export const useTeams = () => useList<TeamItem>(queryKeys.teams, "/api/v1/teams");
export const useApiKeys = () => useList<ApiKeyItem>(queryKeys.apiKeys, "/api/v1/api-keys");
/** A year: long enough to be set up once, short enough to be looked at again. */
const SENDER_KEY_DAYS = 365;

/** Makes a key with which a program may send events and do nothing else; the answer says it this once. */
export function useSenderKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      fetchJson<{ key: string }>("/api/v1/api-keys", {
        body: { name, scopes: ["events:write"], expiresInDays: SENDER_KEY_DAYS },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.apiKeys }),
  });
}

export const useSessions = () => useList<SessionItem>(queryKeys.sessions, "/api/v1/me/sessions");

export const useViews = () => useList<SavedView>(queryKeys.views, "/api/v1/me/views");

export const useIdentities = () => useList<OwnIdentity>(queryKeys.identities, "/api/v1/me/identities");
export const useProviders = () => useList<IdentityProviderItem>(queryKeys.providers, "/api/v1/identity-providers");

export const useRetention = () =>
  useQuery({
    queryKey: queryKeys.retention,
    queryFn: ({ signal }) => fetchJson<Retention>("/api/v1/settings/retention", { signal }),
    staleTime: 0,
  });

export const usePersonSwitch = () =>
  useQuery({
    queryKey: queryKeys.persons,
    queryFn: ({ signal }) => fetchJson<{ shown: boolean }>("/api/v1/settings/persons", { signal }),
    staleTime: 0,
  });

/** A change, after which some lists are asked for anew. */
interface Change {
  url: string;
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
}

/** Makes changes one at a time; the lists under these keys follow. */
export function useChange<Answer = unknown>(keys: readonly (readonly unknown[])[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, method, url }: Change) =>
      fetchJson<Answer>(url, { method, ...(body !== undefined && { body }) }),
    onSettled: () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

/** Asks for the lists under these keys anew. */
export function useRefresh(keys: readonly (readonly unknown[])[]) {
  const client = useQueryClient();
  return () => {
    for (const queryKey of keys) client.invalidateQueries({ queryKey });
  };
}

/** The audit log, page after page. */
export function useAudit(request: AuditRequest) {
  return useInfiniteQuery({
    queryKey: queryKeys.audit(request),
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams(Object.entries(request).filter(([, value]) => value !== ""));
      if (pageParam !== null) parameters.set("cursor", pageParam);
      return fetchJson<{ items: AuditItem[]; nextCursor: string | null }>(`/api/v1/audit?${parameters}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 0,
  });
}
