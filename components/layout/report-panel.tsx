import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/cn";

/** A titled surface for what is not a chart; the same manners as a metric's panel. */
export function ReportPanel({
  title,
  note,
  tools,
  className,
  children,
}: {
  title: string;
  note?: ReactNode;
  tools?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cn(
        "min-w-0 rounded-lg border bg-panel px-4 pt-4 pb-3.5 shadow-(--shadow-panel) md:px-[18px]",
        className,
      )}
    >
      <header className="mb-1 flex flex-wrap items-center justify-between gap-x-3">
        <h2 id={id} className="text-lg font-[550] tracking-[-0.005em]">
          {title}
        </h2>
        {tools}
      </header>
      {note !== undefined && <p className="mb-2.5 max-w-[62em] text-note text-ink-3">{note}</p>}
      {children}
    </section>
  );
}
