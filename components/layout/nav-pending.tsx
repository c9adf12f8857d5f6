"use client";

import { useLinkStatus } from "next/link";

/** Inside a link: says that its page is on the way, once that takes long enough to be noticed. */
export function NavPending() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden="true"
      className={`size-1.5 self-center rounded-full bg-brand transition-opacity ${pending ? "opacity-100 delay-150" : "opacity-0"}`}
    />
  );
}
