"use client";

import { useId, useState } from "react";
import { PopupPanel } from "@/components/popup/popup-panel";
import type { PopupState } from "@/components/popup/use-popup";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { PERIOD_LABEL, PERIODS } from "@/lib/core/period";
import { isDay } from "@/lib/core/zoned-time";
import type { PageScope } from "./page-scope";
import type { FilterState } from "./search-params";

const PRESETS = PERIODS.filter((period) => period !== "custom");

export type PeriodChange = Partial<Pick<FilterState, "period" | "from" | "to" | "compare">>;

/** The periods to choose from, dates of one's own, and whether to compare. */
export default function PeriodPanel({
  state,
  filters,
  scope,
  range,
  onChange,
}: {
  state: PopupState;
  filters: FilterState;
  scope: PageScope;
  /** What the chosen period comes to, in words. */
  range: string;
  onChange: (change: PeriodChange) => void;
}) {
  const choose = (change: PeriodChange) => {
    onChange(change);
    state.onOpenChange(false);
  };
  return (
    <PopupPanel {...state} aria-label="Choose the period" className="w-84">
      <fieldset className="p-1">
        <legend className="sr-only">Period</legend>
        {PRESETS.map((period) => (
          <button
            key={period}
            type="button"
            aria-pressed={filters.period === period}
            className={cn(
              "flex w-full items-center justify-between rounded-sm px-2 py-1.5 text-left text-sm hover:bg-sunken",
              filters.period === period && "bg-brand-soft font-medium",
            )}
            onClick={() => choose({ period, from: null, to: null })}
          >
            {PERIOD_LABEL[period]}
            {filters.period === period && <span className="num text-xs font-normal text-ink-2">{range}</span>}
          </button>
        ))}
      </fieldset>
      <CustomDates
        first={scope.period.firstDay}
        last={scope.period.lastDay}
        onApply={(from, to) => choose({ period: "custom", from, to })}
      />
      <CompareSwitch compare={filters.compare} onChange={(compare) => onChange({ compare })} />
    </PopupPanel>
  );
}

function CustomDates({
  first,
  last,
  onApply,
}: {
  first: string;
  last: string;
  onApply: (from: string, to: string) => void;
}) {
  const id = useId();
  const [from, setFrom] = useState(first);
  const [to, setTo] = useState(last);
  const valid = isDay(from) && isDay(to) && from <= to;
  return (
    <form
      className="grid gap-2 border-t p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) onApply(from, to);
      }}
    >
      <div className="grid grid-cols-2 gap-2">
        <label htmlFor={`${id}-from`} className="grid gap-1 text-xs text-ink-3">
          From
          <Input
            id={`${id}-from`}
            type="date"
            value={from}
            aria-invalid={!valid}
            onChange={(event) => setFrom(event.target.value)}
            className="text-ink"
          />
        </label>
        <label htmlFor={`${id}-to`} className="grid gap-1 text-xs text-ink-3">
          To, inclusive
          <Input
            id={`${id}-to`}
            type="date"
            value={to}
            aria-invalid={!valid}
            onChange={(event) => setTo(event.target.value)}
            className="text-ink"
          />
        </label>
      </div>
      {!valid && <p className="text-xs text-bad">The first day has to come before the last.</p>}
      <SubmitButton size="sm" variant="secondary" disabled={!valid}>
        Use these dates
      </SubmitButton>
    </form>
  );
}

function CompareSwitch({
  compare,
  onChange,
}: {
  compare: FilterState["compare"];
  onChange: (compare: FilterState["compare"]) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-center gap-2 border-t p-3 text-sm">
      <input
        id={id}
        type="checkbox"
        className="size-5 accent-brand"
        checked={compare === "previous"}
        onChange={(event) => onChange(event.target.checked ? "previous" : "none")}
      />
      <label htmlFor={id} className="cursor-pointer py-0.5">
        Compare with as long before
      </label>
    </div>
  );
}
