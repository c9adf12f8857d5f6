import type * as React from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

/** The control of the filter bar: quiet, 32 px high, dashed while it only offers. */
export function FilterChip({
  className,
  offering = false,
  ...props
}: React.ComponentProps<typeof Button> & { offering?: boolean }) {
  return (
    <Button
      variant="outline"
      size="sm"
      className={cn(
        "max-w-full gap-1.5 rounded-md border-line-strong bg-panel px-2.5 font-normal text-ink-2 hover:bg-sunken",
        offering && "border-dashed bg-transparent",
        className,
      )}
      {...props}
    />
  );
}
