"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { serializeFilters } from "@/components/filters/search-params";
import { useFilters } from "@/components/filters/use-filters";
import { cn } from "@/components/ui/cn";
import type { Permission } from "@/lib/auth/types";
import { formatQuantity } from "@/lib/core/format";
import { laggingRepositories } from "./freshness";
import { NavPending } from "./nav-pending";
import { useWorkspace } from "./workspace-context";

interface PageLink {
  href: string;
  label: string;
  /** Who may not see the page is not offered it. */
  permission: Permission;
}

export const REPORTS: readonly PageLink[] = [
  { href: "/overview", label: "Overview", permission: "reports:read" },
  { href: "/velocity", label: "Velocity", permission: "reports:read" },
  { href: "/rollbacks", label: "Rollbacks", permission: "reports:read" },
  { href: "/review", label: "Rework and review", permission: "reports:read" },
  { href: "/quality", label: "Quality", permission: "reports:read" },
  { href: "/teams", label: "By team", permission: "reports:read" },
  { href: "/adoption", label: "Adoption", permission: "reports:read" },
  { href: "/costs", label: "Cost", permission: "money:read" },
  { href: "/roi", label: "ROI", permission: "money:read" },
  { href: "/closes", label: "Monthly close", permission: "money:read" },
  { href: "/reports", label: "Reports", permission: "exports:read" },
  { href: "/benchmarks", label: "Benchmarks", permission: "reports:read" },
  { href: "/pull-requests", label: "Pull requests", permission: "reports:read" },
  { href: "/data-health", label: "Data health", permission: "health:read" },
];

export const ADMINISTRATION: readonly PageLink[] = [
  { href: "/connections", label: "Connections", permission: "connections:manage" },
  { href: "/users", label: "Users", permission: "users:manage" },
  { href: "/users/teams", label: "Teams", permission: "users:manage" },
  { href: "/api-keys", label: "Keys", permission: "keys:manage" },
  { href: "/audit", label: "Audit log", permission: "audit:read" },
  { href: "/rules", label: "Rules", permission: "settings:manage" },
  { href: "/settings", label: "Settings", permission: "settings:manage" },
];

/** The pages that the reader may see. */
export function MainNav({ onNavigate }: { onNavigate?: () => void }) {
  const { me } = useWorkspace();
  const offered = (pages: readonly PageLink[]) => pages.filter(({ permission }) => me.permissions.includes(permission));
  const administration = offered(ADMINISTRATION);
  return (
    <nav aria-label="Main" className="grid gap-3">
      <PageLinks pages={offered(REPORTS)} onNavigate={onNavigate} />
      {administration.length > 0 && (
        <div className="border-t pt-3">
          <PageLinks pages={administration} onNavigate={onNavigate} />
        </div>
      )}
    </nav>
  );
}

/** The page that an address belongs to: of a page and a page below it the one below. */
function currentOf(pages: readonly PageLink[], pathname: string): string | undefined {
  return pages
    .map(({ href }) => href)
    .filter((href) => pathname === href || pathname.startsWith(`${href}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}

/** A link keeps the reader's period and filters. */
function PageLinks({ pages, onNavigate }: { pages: readonly PageLink[]; onNavigate: (() => void) | undefined }) {
  const pathname = usePathname();
  const [state] = useFilters();
  const { dimensions } = useWorkspace();
  const gaps = laggingRepositories(dimensions).length;
  const current = currentOf(pages, pathname);
  return (
    <ul className="grid gap-0.5">
      {pages.map(({ href, label }) => (
        <li key={href}>
          <NavLink href={serializeFilters(href, state)} current={href === current} onNavigate={onNavigate}>
            <span className="flex gap-2">
              {label}
              <NavPending />
            </span>
            {href === "/data-health" && gaps > 0 && (
              <small className="num text-xs font-normal text-ink-3">{formatQuantity(gaps, "gap")}</small>
            )}
          </NavLink>
        </li>
      ))}
    </ul>
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
