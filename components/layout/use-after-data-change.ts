"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback } from "react";

/** Forgets every cached answer and goes to a page, which the server makes anew; for when what is imported changed. */
export function useAfterDataChange() {
  const client = useQueryClient();
  const router = useRouter();
  return useCallback(
    (href: string) => {
      client.removeQueries();
      router.push(href);
      router.refresh();
    },
    [client, router],
  );
}
