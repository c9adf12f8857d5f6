"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { prepareSparkline } from "@/components/charts/prepare-sparkline";
import { Sparkline } from "@/components/charts/sparkline";
import { cn } from "@/components/ui/cn";
import type { MetricDescriptor, MetricRow } from "@/lib/metrics/types";
import { DefinitionPopover } from "./definition-popover";
import { presentMetric, type Tone } from "./present-metric";

const TONE: Record<Tone, string> = { good: "text-good", bad: "text-bad", flat: "text-ink-2" };

/** Name, value, change or interval with n, and the course of it. The value leads to the pull requests behind it. */
export function MetricCard({
  descriptor,
  row,
  before,
  series,
  asOf,
  timeZone,
  href,
}: {
  descriptor: MetricDescriptor;
  row: MetricRow | undefined;
  before: MetricRow | undefined;
  series: readonly MetricRow[];
  asOf: string | null;
  timeZone: string;
  /** null: there is no list behind it. */
  href: string | null;
}) {
  const text = presentMetric(descriptor, row, before);
  const color = text.change?.tone === "bad" ? "var(--bad)" : "var(--agent)";
  return (
    <DefinitionPopover descriptor={descriptor} row={row} asOf={asOf} timeZone={timeZone} name={descriptor.shortTitle}>
      {(name, ref) => (
        <article ref={ref} className="flex min-w-0 flex-col bg-panel px-4 pt-3 pb-3">
          <h2 className="text-note font-medium text-ink-2">{name}</h2>
          <p className="num mt-0.5 text-figure font-[550] tracking-[-0.02em] whitespace-nowrap">
            <Listed href={href}>
              {text.value}
              {text.unit !== "" && (
                <small className="text-sm font-normal tracking-normal text-ink-3"> {text.unit}</small>
              )}
            </Listed>
          </p>
          <p className="num text-xs text-ink-3">
            {text.change !== null && (
              <>
                <b className={cn("font-medium", TONE[text.change.tone])}>{text.change.text}</b>
                {text.change.words !== null && `, ${text.change.words}`}
                {descriptor.unit !== "count" && descriptor.unit !== "per_week" && text.basis.length > 0 ? " · " : " "}
              </>
            )}
            {text.basis.map((part, index) => (
              <span key={part}>
                {index > 0 && " · "}
                <span className="inline-block">{part}</span>
              </span>
            ))}
          </p>
          <div className="mt-auto">
            <Sparkline line={prepareSparkline(series)} color={color} />
          </div>
        </article>
      )}
    </DefinitionPopover>
  );
}

function Listed({ href, children }: { href: string | null; children: ReactNode }) {
  if (href === null) return children;
  return (
    <Link prefetch={false} href={href} className="rounded-sm underline-offset-4 hover:underline">
      {children}
    </Link>
  );
}

const COLUMNS = {
  3: "md:grid-cols-3 [&>*:last-child]:max-md:col-span-2",
  5: "md:grid-cols-5 [&>*:last-child]:max-md:col-span-2",
  6: "md:grid-cols-3 xl:grid-cols-6",
} as const;

/** Cards side by side, parted by hairlines; of an odd number the last is as wide as two where there are two. */
export function MetricCards({
  children,
  label = "Key figures",
  of = 6,
}: {
  children: ReactNode;
  label?: string;
  of?: keyof typeof COLUMNS;
}) {
  return (
    <section
      aria-label={label}
      className={cn(
        "mb-4 grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line shadow-(--shadow-panel)",
        COLUMNS[of],
      )}
    >
      {children}
    </section>
  );
}
