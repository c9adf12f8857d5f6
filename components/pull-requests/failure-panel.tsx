"use client";

import { ChevronDownIcon } from "lucide-react";
import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { ReportPanel } from "@/components/layout/report-panel";
import { useMay } from "@/components/layout/workspace-context";
import { useChange } from "@/components/query/use-account";
import { Button } from "@/components/ui/button";
import { FAILURE_CAUSE_LABEL, FAILURE_CAUSES, type FailureCause } from "@/lib/core/failure-causes";
import { capitalised, formatDateTime } from "@/lib/core/format";
import type { PullRequestFailure } from "@/lib/metrics/explorer/types";
import type { CauseSuggestion } from "./suggest-cause";

const REASON: Readonly<Record<PullRequestFailure["reasons"][number], string>> = {
  rolled_back: "it was rolled back",
  reworked: "its review asked for meaningful rework",
  defect: "a defect names it as its cause",
};

/** That it failed, why, and the way to say so. */
export function FailurePanel({
  id,
  failure,
  suggestion,
  timeZone,
}: {
  id: string;
  failure: PullRequestFailure;
  suggestion: CauseSuggestion | null;
  timeZone: string;
}) {
  const may = useMay("verdicts:write");
  const [said, setSaid] = useState(failure.cause);
  const [isNew, setIsNew] = useState(false);
  const change = useChange<{ cause: FailureCause | null }>([["metrics"], ["pull-requests"]]);
  const say = (cause: FailureCause | null) =>
    change.mutate(
      { url: `/api/v1/pull-requests/${id}/cause`, method: "PUT", body: { cause } },
      {
        onSuccess: (answer) => {
          setSaid(answer.cause);
          setIsNew(true);
        },
      },
    );
  const reasons = failure.reasons.map((reason) => REASON[reason]).join(", and ");
  return (
    <ReportPanel title="Why did it fail?">
      <p className="text-ink-2">{capitalised(reasons)}.</p>
      <p className="mt-2 font-medium" aria-live="polite">
        {said === null ? "Nobody has said why yet." : FAILURE_CAUSE_LABEL[said]}
        {said !== null && !isNew && failure.decidedAt !== null && (
          <span className="text-note font-normal text-ink-3"> said {formatDateTime(failure.decidedAt, timeZone)}</span>
        )}
      </p>
      {said === null && suggestion !== null && (
        <p className="mt-1 text-note text-ink-2">
          Perhaps {FAILURE_CAUSE_LABEL[suggestion.cause].toLowerCase()}: what is written about it says “
          {suggestion.quote}”.
        </p>
      )}
      {may && (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <label className="inline-flex h-8 items-center rounded-md border border-line-strong bg-panel px-2.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-brand">
            <span className="sr-only">Cause</span>
            <select
              value={said ?? ""}
              disabled={change.isPending}
              onChange={(event) => say(FAILURE_CAUSES.find((cause) => cause === event.target.value) ?? null)}
              className="appearance-none bg-transparent pr-2 outline-none"
            >
              <option value="" className="bg-panel text-ink">
                Not said
              </option>
              {FAILURE_CAUSES.map((cause) => (
                <option key={cause} value={cause} className="bg-panel text-ink">
                  {FAILURE_CAUSE_LABEL[cause]}
                </option>
              ))}
            </select>
            <ChevronDownIcon aria-hidden="true" className="size-3.5 text-ink-3" />
          </label>
          {said === null && suggestion !== null && (
            <Button size="sm" variant="secondary" disabled={change.isPending} onClick={() => say(suggestion.cause)}>
              It is {FAILURE_CAUSE_LABEL[suggestion.cause].toLowerCase()}
            </Button>
          )}
          {isNew && <span className="text-note text-ink-3">Figures follow within a minute.</span>}
        </div>
      )}
      <FormAlert message={change.error?.message ?? null} />
    </ReportPanel>
  );
}
