"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { serializeFilters } from "@/components/filters/search-params";
import { useFilters } from "@/components/filters/use-filters";
import { cn } from "@/components/ui/cn";
import { formatQuantity } from "@/lib/core/format";
import { laggingRepositories } from "./freshness";
import { NavPending } from "./nav-pending";
import { useWorkspace } from "./workspace-context";

const PAGES = [
  { href: "/overview", label: "Overview" },
  { href: "/rollbacks", label: "Rollbacks" },
  { href: "/pull-requests", label: "Pull requests" },
  { href: "/data-health", label: "Data health" },
  { href: "/connections", label: "Connections" },
] as const;

/** The pages that exist. A link keeps the reader's period and filters. */
export function MainNav({ onNavigate }: { onNavigate?: () => void }) {
  const pathname = usePathname();
  const [state] = useFilters();
  const { dimensions } = useWorkspace();
  const gaps = laggingRepositories(dimensions).length;
  return (
    <nav aria-label="Main">
      <ul className="grid gap-0.5">
        {PAGES.map(({ href, label }) => {
          const current = pathname === href || pathname.startsWith(`${href}/`);
          return (
            <li key={href}>
              <NavLink href={serializeFilters(href, state)} current={current} onNavigate={onNavigate}>
                <span className="flex gap-2">
                  {label}
                  <NavPending />
                </span>
                {href === "/data-health" && gaps > 0 && (
                  <small className="num text-xs font-normal text-ink-3">{formatQuantity(gaps, "gap")}</small>
                )}
              </NavLink>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** Looks ahead once the reader turns to it: not at once, as every filter makes other addresses of all links. */
function NavLink({
  href,
  current,
  onNavigate,
  children,
}: {
  href: string;
  current: boolean;
  onNavigate: (() => void) | undefined;
  children: ReactNode;
}) {
  const [near, setNear] = useState(false);
  return (
    <Link
      href={href}
      prefetch={near ? null : false}
      onPointerEnter={() => setNear(true)}
      onFocus={() => setNear(true)}
      aria-current={current ? "page" : undefined}
      onClick={onNavigate}
      className={cn(
        "flex items-baseline justify-between rounded-[7px] px-2 py-1.5",
        current ? "bg-brand-soft font-medium text-ink" : "text-ink-2 hover:bg-sunken hover:text-ink",
      )}
    >
      {children}
    </Link>
  );
}
