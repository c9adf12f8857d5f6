import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";

/** A small label; green only where an agent wrote it. */
export function Tag({ children, agent = false }: { children: ReactNode; agent?: boolean }) {
  return (
    <Badge
      variant="secondary"
      className={cn(
        "rounded-[5px] px-[7px] py-px font-normal",
        agent ? "bg-brand-soft text-brand" : "bg-sunken text-ink-2",
      )}
    >
      {children}
    </Badge>
  );
}
