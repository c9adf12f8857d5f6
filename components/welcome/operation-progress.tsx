"use client";

import { useState } from "react";
import { formatCount, formatHours } from "@/lib/core/format";
import { type Reading, secondsLeft } from "./time-left";

/** How far a long piece of work is. It goes on in the worker, so the page may be left. */
export function OperationProgress({
  label,
  step,
  done,
  total,
  at,
}: {
  label: string;
  step: string;
  done: number;
  total: number | null;
  /** When this was read, in milliseconds. */
  at: number;
}) {
  const left = useSecondsLeft({ step, done, at }, total);
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  return (
    <div className="grid gap-1.5">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share !== null && { "aria-valuenow": Math.floor(share * 100) })}
        aria-valuetext={step}
        className="h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className={share === null ? "h-full w-1/3 animate-pulse bg-brand" : "h-full bg-brand transition-[width]"}
          style={share === null ? undefined : { width: `${share * 100}%` }}
        />
      </div>
      <p className="num text-note text-ink-3">
        <span role="status" className="text-ink-2">
          {step}
        </span>
        {total === null
          ? done > 0 && `, ${formatCount(done)} so far`
          : `, ${formatCount(done)} of ${formatCount(total)}`}
        {left !== null && `, about ${formatHours(left / 3600)} left in this step`}
      </p>
    </div>
  );
}

function useSecondsLeft(now: Reading, total: number | null): number | null {
  const [first, setFirst] = useState(now);
  if (first.step !== now.step) setFirst(now);
  return secondsLeft(first, now, total);
}
