import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** Stands where content would: what is so, and what to do next. */
export function StateMessage({
  title,
  children,
  action,
  compact = false,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Inside a panel. */
  compact?: boolean;
}) {
  return (
    <div className={cn("max-w-[46em]", compact ? "py-6" : "py-16")}>
      <p className={cn("font-[550]", compact ? "text-base" : "text-lg")}>{title}</p>
      {children !== undefined && <div className="mt-1 text-ink-2">{children}</div>}
      {action !== undefined && <div className="mt-4 flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}
