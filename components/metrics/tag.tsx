import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** A small label; green only where an agent wrote it. */
export function Tag({ children, agent = false }: { children: ReactNode; agent?: boolean }) {
  return (
    <span
      className={cn(
        "inline-flex w-fit shrink-0 items-center rounded-[5px] border border-transparent px-[7px] py-px text-xs whitespace-nowrap",
        agent ? "bg-brand-soft text-brand" : "bg-sunken text-ink-2",
      )}
    >
      {children}
    </span>
  );
}
