"use client";

import type { ComponentProps } from "react";
import { PopupPanel } from "@/components/popup/popup-panel";
import { formatCount, formatDateTime, formatPercentInterval } from "@/lib/core/format";
import type { MetricDescriptor, MetricRow } from "@/lib/metrics/types";

interface DefinitionProps {
  descriptor: MetricDescriptor;
  row: MetricRow | undefined;
  asOf: string | null;
  timeZone: string;
}

/** What a number is, what it rests on and what it leaves out. Reading it takes no focus away. */
export default function DefinitionPanel({
  descriptor,
  row,
  asOf,
  timeZone,
  ...panel
}: DefinitionProps & ComponentProps<typeof PopupPanel>) {
  return (
    <PopupPanel
      {...panel}
      collisionPadding={12}
      aria-label={descriptor.title}
      className="max-h-(--radix-popover-content-available-height) w-[26rem] max-w-[calc(100vw-1.5rem)] overflow-y-auto p-3.5 text-note"
      onOpenAutoFocus={(event) => event.preventDefault()}
      onCloseAutoFocus={(event) => event.preventDefault()}
    >
      <Definition descriptor={descriptor} row={row} asOf={asOf} timeZone={timeZone} />
    </PopupPanel>
  );
}

function Definition({ descriptor, row, asOf, timeZone }: DefinitionProps) {
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
