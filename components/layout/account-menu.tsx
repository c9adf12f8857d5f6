"use client";

import Link from "next/link";
import { fetchJson } from "@/components/query/fetch-json";
import { useMe } from "./workspace-context";

/** Who is signed in, the way to their own account, and out. */
export function AccountMenu({ onNavigate }: { onNavigate?: () => void }) {
  const { name } = useMe();
  const leave = async () => {
    await fetchJson("/api/auth/sign-out", { method: "POST" });
    // A new document: nothing of what was seen stays in the memory of the page.
    window.location.assign("/sign-in");
  };
  return (
    <div className="flex items-center justify-between gap-2 text-sm">
      <Link
        href="/account"
        prefetch={false}
        onClick={onNavigate}
        className="min-w-0 truncate rounded-md px-2 py-1 text-ink-2 hover:bg-sunken hover:text-ink"
        title="Your account"
      >
        {name}
      </Link>
      <button
        type="button"
        className="shrink-0 rounded-md px-2 py-1 text-ink-3 hover:bg-sunken hover:text-ink"
        onClick={leave}
      >
        Sign out
      </button>
    </div>
  );
}
