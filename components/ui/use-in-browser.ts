"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and while its page comes alive, then true: for what only the browser knows or draws. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
