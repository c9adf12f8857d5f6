"use client";

import { type ReactElement, type ReactNode, useId, useRef, useState } from "react";
import { Popover, PopoverAnchor, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { formatCount, formatDateTime, formatPercentInterval } from "@/lib/core/format";
import type { MetricDescriptor, MetricRow } from "@/lib/metrics/types";

/** Long enough to cross the card on the way to its definition. */
const CLOSE_DELAY_MS = 400;

/**
 * The name of a number: hover, focus or a tap tells what it is, what it rests on and what it leaves out. `children`
 * places the name in what it names, and the definition opens beside that, never over it.
 */
export function DefinitionPopover({
  descriptor,
  row,
  asOf,
  timeZone,
  name,
  children,
}: {
  descriptor: MetricDescriptor;
  row: MetricRow | undefined;
  asOf: string | null;
  timeZone: string;
  name: string;
  children: (name: ReactNode) => ReactElement;
}) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const show = () => {
    clearTimeout(timer.current);
    setOpen(true);
  };
  const hideSoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(false), CLOSE_DELAY_MS);
  };
  const trigger = (
    <PopoverTrigger
      aria-describedby={open ? id : undefined}
      className="-mx-1 min-h-6 rounded-sm px-1 text-left decoration-line-strong decoration-dotted underline-offset-4 hover:underline focus-visible:underline"
      onPointerEnter={(event) => event.pointerType === "mouse" && show()}
      onPointerLeave={(event) => event.pointerType === "mouse" && hideSoon()}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && show()}
      onBlur={hideSoon}
      onClick={(event) => {
        event.preventDefault();
        show();
      }}
    >
      {name}
    </PopoverTrigger>
  );
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverAnchor asChild>{children(trigger)}</PopoverAnchor>
      <PopoverContent
        id={id}
        align="start"
        collisionPadding={12}
        aria-label={descriptor.title}
        className="max-h-(--radix-popover-content-available-height) w-[26rem] max-w-[calc(100vw-1.5rem)] overflow-y-auto p-3.5 text-note"
        onOpenAutoFocus={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
        onPointerEnter={show}
        onPointerLeave={hideSoon}
      >
        <Definition descriptor={descriptor} row={row} asOf={asOf} timeZone={timeZone} />
      </PopoverContent>
    </Popover>
  );
}

function Definition({
  descriptor,
  row,
  asOf,
  timeZone,
}: {
  descriptor: MetricDescriptor;
  row: MetricRow | undefined;
  asOf: string | null;
  timeZone: string;
}) {
  const excluded = Object.entries(row?.excluded ?? {}).filter(([, count]) => count > 0);
  return (
    <div className="num grid gap-2">
      <p className="text-sm font-medium">{descriptor.title}</p>
      <p>{descriptor.definition}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 [&_dt]:text-ink-3">
        <dt>Formula</dt>
        <dd>{descriptor.formula}</dd>
        {row?.n != null && (
          <>
            <dt>n</dt>
            <dd>{formatCount(row.n)}</dd>
          </>
        )}
        <dt>Interval</dt>
        <dd>
          {row?.lo != null && row.hi !== null && descriptor.unit === "proportion"
            ? `${formatPercentInterval(row.lo, row.hi)} (${descriptor.interval})`
            : descriptor.interval}
        </dd>
        {row !== undefined && row.immature > 0 && (
          <>
            <dt>Too young</dt>
            <dd>{formatCount(row.immature)}, left out of both sides until they are old enough</dd>
          </>
        )}
        <dt>Excluded</dt>
        <dd>
          {excluded.length === 0
            ? "nothing"
            : excluded.map(([reason, count]) => `${formatCount(count)} ${reason.replaceAll("_", " ")}`).join(", ")}
        </dd>
        {asOf !== null && (
          <>
            <dt>As of</dt>
            <dd>{formatDateTime(asOf, timeZone)}</dd>
          </>
        )}
      </dl>
      {descriptor.caveats.length > 0 && (
        <ul className="grid gap-1 border-t pt-2 text-ink-2">
          {descriptor.caveats.map((caveat) => (
            <li key={caveat}>{caveat}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
