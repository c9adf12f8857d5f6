import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/cn";

/** One of the ways to begin. */
export function Choice({ title, className, children }: { title: string; className?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cn(
        "min-w-0 rounded-lg border bg-panel px-4 pt-4 pb-4 shadow-(--shadow-panel) md:px-[18px]",
        className,
      )}
    >
      <h2 id={id} className="mb-1 text-lg font-[550] tracking-[-0.005em]">
        {title}
      </h2>
      {children}
    </section>
  );
}
