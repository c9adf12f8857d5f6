"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { usePageScope } from "@/components/filters/use-filters";
import { useMay } from "./workspace-context";

/** Says that what is on screen is invented. `action` is the way to remove it. */
export function SampleBanner({ action }: { action?: ReactNode }) {
  const scope = usePageScope();
  const mayConnect = useMay("connections:manage");
  if (scope?.isSample !== true) return null;
  return (
    <aside
      aria-label="Sample data"
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b bg-warn-soft px-4 py-1.5 text-note text-ink-2 md:px-7"
    >
      <p>
        <strong className="font-medium text-ink">Sample fleet.</strong> An invented company, not real data.
      </p>
      {mayConnect && (
        <>
          <Link prefetch={false} href="/welcome" className="py-0.5 underline underline-offset-3 hover:text-ink">
            Import your own repository
          </Link>
          {action}
        </>
      )}
    </aside>
  );
}
