"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { ReportPanel } from "@/components/layout/report-panel";
import { useMay, useWorkspace } from "@/components/layout/workspace-context";
import { ProblemError } from "@/components/query/fetch-json";
import { useChange } from "@/components/query/use-account";
import { Button } from "@/components/ui/button";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { AUTHOR_KIND_LABEL, AUTHOR_KINDS, CATEGORIES, CATEGORY_LABEL } from "@/lib/core/dimensions";
import { formatDateTime } from "@/lib/core/format";
import type { PullRequestDetail } from "@/lib/metrics/explorer/types";

const AS_FOUND = "";

/** The way to say that the rules are wrong about a pull request, and what somebody said. */
export function CorrectionPanel({ pullRequest, timeZone }: { pullRequest: PullRequestDetail; timeZone: string }) {
  const may = useMay("verdicts:write");
  const { dimensions } = useWorkspace();
  const [isOpen, setIsOpen] = useState(false);
  const [isNew, setIsNew] = useState(false);
  const change = useChange([["metrics"], ["pull-requests"], ["rollbacks"]]);
  const { correction, id } = pullRequest;
  if (!may && correction === null) return null;
  // What somebody declared has no commit, and is the correction itself.
  const wasRolledBack = pullRequest.rollbacks.some(
    ({ kind, revert }) => kind === "deployment" || kind === "told" || (kind === "revert" && revert.sha !== ""),
  );
  // What is unclear can be settled either way, and the other way afterwards.
  const mayBeDenied =
    wasRolledBack ||
    correction?.notRolledBack === true ||
    pullRequest.rollbacks.some(({ kind }) => kind === "ambiguous");
  const problem = change.error instanceof ProblemError ? change.error : null;
  const send = (body: object) =>
    change.mutate(
      { url: `/api/v1/pull-requests/${id}/verdict`, method: "PATCH", body },
      {
        onSuccess: () => {
          setIsOpen(false);
          setIsNew(true);
        },
      },
    );
  return (
    <ReportPanel title="Is this wrong?">
      {correction !== null && !isNew && (
        <p className="text-ink-2">
          {correction.by} corrected it on {formatDateTime(correction.at, timeZone)}: {correction.why}
        </p>
      )}
      {isNew && (
        <p className="text-ink-2" aria-live="polite">
          Noted. The page and all figures follow within a minute.
        </p>
      )}
      {may && !isOpen && (
        <Button
          size="sm"
          variant="secondary"
          className="mt-2"
          onClick={() => {
            setIsOpen(true);
            setIsNew(false);
          }}
        >
          {correction === null ? "Correct it" : "Change the correction"}
        </Button>
      )}
      {isOpen && (
        <SentForm
          label="Correction"
          className="mt-3 grid gap-3"
          onSend={(texts) =>
            send({
              authorKind: texts.authorKind === AS_FOUND ? null : texts.authorKind,
              agents: texts.agent === AS_FOUND ? null : [texts.agent],
              category: texts.category === AS_FOUND ? null : texts.category,
              notRolledBack: texts.notRolledBack === "on",
              ...(!wasRolledBack && { rolledBackAt: instantOf(texts.rolledBackAt) }),
              why: texts.why ?? "",
            })
          }
        >
          <Choice
            name="authorKind"
            label="Written by"
            value={correction?.authorKind ?? AS_FOUND}
            options={AUTHOR_KINDS.map((kind) => ({ value: kind, label: AUTHOR_KIND_LABEL[kind] }))}
          />
          <Choice
            name="agent"
            label="Which agent"
            value={correction?.agents?.[0] ?? AS_FOUND}
            options={dimensions.agents.map(({ name, value }) => ({ value, label: name }))}
          />
          <Choice
            name="category"
            label="Task"
            value={correction?.category ?? AS_FOUND}
            options={CATEGORIES.map((category) => ({ value: category, label: CATEGORY_LABEL[category] }))}
          />
          {mayBeDenied && (
            <label className="flex min-h-6 items-center gap-2 text-sm">
              <input
                type="checkbox"
                name="notRolledBack"
                defaultChecked={correction?.notRolledBack ?? false}
                className="size-4 accent-brand"
              />
              What took it back is no rollback
            </label>
          )}
          {!wasRolledBack && (
            <LabelledInput
              name="rolledBackAt"
              label="Rolled back at, in UTC"
              hint="Where nothing that was merged tells of it: a flag that was switched off, an older version that was deployed."
              type="datetime-local"
              defaultValue={correction?.rolledBackAt?.slice(0, 16) ?? ""}
              problem={problem?.pointer === "/rolledBackAt" ? problem.message : null}
            />
          )}
          <LabelledInput
            name="why"
            label="Why"
            hint="It stands as evidence beside what the rules say."
            maxLength={500}
            required
            problem={problem?.pointer === "/why" ? problem.message : null}
          />
          <FormAlert
            message={
              problem !== null && problem.pointer !== "/why" && problem.pointer !== "/rolledBackAt"
                ? problem.message
                : null
            }
          />
          <div className="flex gap-2">
            <SubmitButton size="sm" disabled={change.isPending}>
              Save
            </SubmitButton>
            <Button size="sm" variant="ghost" onClick={() => setIsOpen(false)}>
              Cancel
            </Button>
          </div>
        </SentForm>
      )}
    </ReportPanel>
  );
}

/** What a field for a day and a time holds, as an instant; null where it is empty. */
function instantOf(text = ""): string | null {
  return text === "" ? null : `${text.slice(0, 16)}:00Z`;
}

function Choice({
  name,
  label,
  value,
  options,
}: {
  name: string;
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
}) {
  return (
    <label className="grid gap-1 text-sm font-medium">
      {label}
      <select
        name={name}
        defaultValue={value}
        className="h-9 w-full rounded-md border border-line-control bg-panel px-2 text-sm font-normal"
      >
        <option value={AS_FOUND}>As the rules say</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
