"use client";

import { ChevronDownIcon } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { formatDateRange } from "@/lib/core/format";
import { PERIOD_LABEL, PERIODS, type Period } from "@/lib/core/period";
import { isDay } from "@/lib/core/zoned-time";
import { FilterChip } from "./filter-chip";
import type { PageScope } from "./page-scope";
import type { FilterState } from "./search-params";

const PRESETS = PERIODS.filter((period) => period !== "custom");

const AGAINST: Partial<Record<Period, string>> = {
  "4w": "against the 4 before",
  "12w": "against the 12 before",
  "26w": "against the 26 before",
  "52w": "against the 52 before",
};

type PeriodChange = Partial<Pick<FilterState, "period" | "from" | "to" | "compare">>;

/** The period and what it is compared with. Dates are days of the organisation's zone. */
export function PeriodFilter({
  state,
  scope,
  onChange,
}: {
  state: FilterState;
  scope: PageScope;
  onChange: (change: PeriodChange) => void;
}) {
  const [open, setOpen] = useState(false);
  const range = formatDateRange(`${scope.period.firstDay}T00:00Z`, `${scope.period.lastDay}T00:00Z`, "UTC");
  const choose = (change: PeriodChange) => {
    onChange(change);
    setOpen(false);
  };
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <FilterChip aria-label={`Period: ${PERIOD_LABEL[state.period]}, ${range}`}>
          <span className="font-medium text-ink">{state.period === "custom" ? range : PERIOD_LABEL[state.period]}</span>
          {scope.compare !== undefined && (
            <span className="truncate">{AGAINST[state.period] ?? "against as long before"}</span>
          )}
          <ChevronDownIcon className="size-3.5 text-ink-3" />
        </FilterChip>
      </PopoverTrigger>
      <PopoverContent align="start" aria-label="Choose the period" className="w-72 p-0">
        <fieldset className="p-1">
          <legend className="sr-only">Period</legend>
          {PRESETS.map((period) => (
            <button
              key={period}
              type="button"
              aria-pressed={state.period === period}
              className={cn(
                "flex w-full items-center justify-between rounded-sm px-2 py-1.5 text-left text-sm hover:bg-sunken",
                state.period === period && "bg-brand-soft font-medium",
              )}
              onClick={() => choose({ period, from: null, to: null })}
            >
              {PERIOD_LABEL[period]}
              {state.period === period && <span className="num text-xs font-normal text-ink-2">{range}</span>}
            </button>
          ))}
        </fieldset>
        <CustomDates
          first={scope.period.firstDay}
          last={scope.period.lastDay}
          onApply={(from, to) => choose({ period: "custom", from, to })}
        />
        <CompareSwitch compare={state.compare} onChange={(compare) => onChange({ compare })} />
      </PopoverContent>
    </Popover>
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
            className="px-2 text-ink"
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
            className="px-2 text-ink"
          />
        </label>
      </div>
      {!valid && <p className="text-xs text-bad">The first day has to come before the last.</p>}
      <Button type="submit" size="sm" variant="secondary" disabled={!valid}>
        Use these dates
      </Button>
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
      <Checkbox
        id={id}
        className="size-5"
        checked={compare === "previous"}
        onCheckedChange={(checked) => onChange(checked === true ? "previous" : "none")}
      />
      <label htmlFor={id} className="cursor-pointer py-0.5">
        Compare with as long before
      </label>
    </div>
  );
}
