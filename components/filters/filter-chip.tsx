import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

const LOOK = {
  set: "border-line-strong bg-panel",
  offering: "border-dashed border-line-strong",
  quiet: "border-transparent",
} as const;

/** The control of the filter bar: 32 px high, dashed while it only offers, without an edge where it undoes. */
export function FilterChip({
  look = "set",
  className,
  ...props
}: ComponentProps<"button"> & { look?: keyof typeof LOOK }) {
  return (
    <button
      type="button"
      className={cn(
        "inline-flex h-8 max-w-full shrink-0 items-center gap-1.5 rounded-md border px-2.5 text-sm whitespace-nowrap text-ink-2 transition-colors hover:bg-sunken hover:text-ink",
        LOOK[look],
        className,
      )}
      {...props}
    />
  );
}
