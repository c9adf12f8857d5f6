"use client";

import { type ReactNode, useId, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { FileButton, type FileRows } from "./file-button";
import { PanelChoice, PanelLink } from "./panel-tool";
import { PictureButton } from "./picture-button";

const VIEWS = [
  { value: "chart", label: "Chart" },
  { value: "table", label: "Table" },
] as const;

/** A question or its answer as title, one line of definition, a chart and its table twin; quiet tools at the right. */
export function MetricPanel({
  title,
  note,
  tools,
  csvHref,
  file,
  picture,
  table,
  footer,
  busy = false,
  pending = false,
  className,
  children,
}: {
  title: string;
  note?: ReactNode;
  tools?: ReactNode;
  csvHref?: string | undefined;
  /** The rows of a CSV file that the page makes itself, where no address of the server gives one. */
  file?: FileRows;
  /** Whether it can be saved as a picture; what has a table beside it can. */
  picture?: boolean;
  /** The same numbers as a table; without it the content already is one. */
  table?: ReactNode;
  footer?: ReactNode;
  /** Shows the last answer faded while the next one is on its way. */
  busy?: boolean;
  /** There is no answer yet: its place is kept. */
  pending?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  const [view, setView] = useState<"chart" | "table">("chart");
  return (
    <section
      ref={panel}
      aria-labelledby={id}
      aria-busy={busy || pending}
      className={cn(
        "@container/panel flex min-w-0 flex-col rounded-lg border bg-panel px-4 pt-4 pb-3.5 shadow-(--shadow-panel) md:px-[18px]",
        className,
      )}
    >
      <header className="mb-0.5 flex min-h-7 flex-wrap items-center justify-between gap-x-3">
        <h2 id={id} className="text-lg font-[550] tracking-[-0.005em]">
          {title}
        </h2>
        <div
          data-print="hide"
          className={cn(
            "-mx-1.5 flex flex-wrap items-center gap-x-1",
            // Whether many of them wrap must not depend on how much of them has come.
            tools !== undefined && table !== undefined && "@max-xl/panel:basis-full",
          )}
        >
          {tools}
          {table !== undefined && <PanelChoice label="Show as" value={view} options={VIEWS} onChange={setView} />}
          {(picture ?? table !== undefined) && !pending && view === "chart" && (
            <PictureButton panel={panel} title={title} />
          )}
          {file !== undefined && !pending && <FileButton rows={file} title={title} />}
          {csvHref !== undefined && (
            <PanelLink href={csvHref} download>
              CSV
            </PanelLink>
          )}
        </div>
      </header>
      {note !== undefined && <p className="mb-2.5 text-note text-ink-3">{note}</p>}
      <div className={cn("@container flex flex-1 flex-col transition-opacity", busy && "opacity-60")}>
        {pending ? (
          <Skeleton className="min-h-72 flex-1 opacity-70" />
        ) : view === "table" && table !== undefined ? (
          table
        ) : (
          children
        )}
      </div>
      {footer}
    </section>
  );
}
