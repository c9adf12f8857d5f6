"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { AssignOwnerRequest } from "@/lib/settings/types";
import { fetchJson } from "./fetch-json";

/** Makes a team the owner of a repository. */
export function useAssignOwner() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AssignOwnerRequest) => fetchJson("/api/v1/repository-owners", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["data-health"] }),
  });
}
