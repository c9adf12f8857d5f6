"use client";

import { useId, useRef } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { ReportPanel } from "@/components/layout/report-panel";
import { useWorkspace } from "@/components/layout/workspace-context";
import { ProblemError } from "@/components/query/fetch-json";
import { queryKeys } from "@/components/query/query-keys";
import { useChange } from "@/components/query/use-account";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";

/** Kinds of figures that can be held against others, and how they are written. */
const WRITTEN: Readonly<Record<string, string>> = {
  proportion: "percent",
  per_week: "a week",
  per_day: "a day",
  per_working_day: "a day",
  per_engineer_week: "for an engineer and week",
  per_kloc: "for 1,000 lines",
  seconds: "hours",
  hours: "hours",
  times: "times as much",
  rounds: "times",
};

/** A figure of one's own: what another part of the company, or an agreement, says. */
export function OwnBenchmarkForm() {
  const { descriptors } = useWorkspace();
  const change = useChange([queryKeys.benchmarks]);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const { error } = change;
  const pointer = error instanceof ProblemError ? error.pointer : null;
  const problem = (field: string) => (pointer === `/${field}` ? (error?.message ?? null) : null);
  return (
    <ReportPanel
      title="A figure of your own"
      note="What another part of the company reached, or what was agreed. It stands first among the figures of its kind, with its source, for everybody."
    >
      <SentForm
        ref={form}
        label="A figure of your own"
        className="mt-1 grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2"
        onSend={({ high, low, metric, published, publisher, says }) => {
          const body = { metric, says, publisher, published, low: numberOf(low), high: numberOf(high || low) };
          change.mutate(
            { url: "/api/v1/benchmarks", method: "POST", body },
            { onSuccess: () => form.current?.reset() },
          );
        }}
      >
        <div className="grid min-w-0 gap-1 sm:col-span-2">
          <label htmlFor={`${id}-metric`} className="text-sm font-medium">
            Metric
          </label>
          <select
            id={`${id}-metric`}
            name="metric"
            defaultValue="rollback_rate_7d"
            className="h-9 w-full min-w-0 rounded-md border border-line-control bg-panel px-2 text-sm font-normal"
          >
            {descriptors
              .filter(({ unit }) => unit in WRITTEN)
              .map(({ id, title, unit }) => (
                <option key={id} value={id}>
                  {title} ({WRITTEN[unit]})
                </option>
              ))}
          </select>
        </div>
        <LabelledInput
          required
          name="says"
          label="What it says"
          placeholder="Goal of the platform group"
          problem={problem("says")}
        />
        <LabelledInput
          required
          name="publisher"
          label="Who says it"
          placeholder="Engineering council"
          problem={problem("publisher")}
        />
        <LabelledInput required name="low" label="From" inputMode="decimal" problem={problem("low")} />
        <LabelledInput
          name="high"
          label="To"
          hint="Empty: one figure, no band."
          inputMode="decimal"
          problem={problem("high")}
        />
        <LabelledInput required name="published" label="Since" placeholder="2026-05" problem={problem("published")} />
        <div className="self-end">
          <SubmitButton disabled={change.isPending}>Add</SubmitButton>
        </div>
        <div className="sm:col-span-2">
          <FormAlert message={pointer === null ? (error?.message ?? null) : null} />
        </div>
      </SentForm>
    </ReportPanel>
  );
}

/** What is no number stays text, so that the server says what is wrong with it. */
function numberOf(text = ""): number | string {
  const value = Number(text.replace(",", "."));
  return text.trim() === "" || Number.isNaN(value) ? text : value;
}
