"use client";

import { useQuery } from "@tanstack/react-query";
import type { Milestone } from "@/lib/settings/types";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

/** What was changed about how agents work, and when: the latest first. */
export const useMilestones = () =>
  useQuery({
    queryKey: queryKeys.milestones,
    queryFn: ({ signal }) => fetchJson<{ items: Milestone[] }>("/api/v1/milestones", { signal }),
    select: ({ items }) => items,
  });
