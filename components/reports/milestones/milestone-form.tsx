"use client";

import { useId, useRef } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import type { PageScope } from "@/components/filters/page-scope";
import { useMe, useWorkspace } from "@/components/layout/workspace-context";
import { ProblemError } from "@/components/query/fetch-json";
import { queryKeys } from "@/components/query/query-keys";
import { useChange } from "@/components/query/use-account";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { MILESTONE_KINDS, MILESTONE_LABEL } from "@/lib/core/milestones";

const CHOICE = "h-9 w-full min-w-0 rounded-md border border-line-control bg-panel px-2 text-sm font-normal";
const EVERYBODY = "";

/** Marks the day on which something was changed. */
export function MilestoneForm({ scope, onAdded }: { scope: PageScope; onAdded: (id: number) => void }) {
  const { dimensions } = useWorkspace();
  const { teams: ownTeams } = useMe();
  const change = useChange<{ id: number }>([queryKeys.milestones]);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const orgs = dimensions.orgs.filter(({ isSample }) => isSample === scope.isSample);
  const { error } = change;
  const pointer = error instanceof ProblemError ? error.pointer : null;
  const problem = (field: string) => (pointer === `/${field}` ? (error?.message ?? null) : null);
  const select = (name: string, label: string, options: readonly (readonly [value: string, text: string])[]) => (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={`${id}-${name}`} className="text-sm font-medium">
        {label}
      </label>
      <select id={`${id}-${name}`} name={name} className={CHOICE}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <SentForm
      ref={form}
      label="Mark a day"
      className="mt-4 grid max-w-4xl grid-cols-[minmax(0,1fr)] items-end gap-3 border-t pt-4 sm:grid-cols-2 lg:grid-cols-4"
      onSend={({ day, kind, org = orgs[0]?.slug ?? "", team, title }) =>
        change.mutate(
          {
            url: "/api/v1/milestones",
            method: "POST",
            body: { org, day, kind, title, team: team === undefined || team === EVERYBODY ? null : team },
          },
          {
            onSuccess: (added) => {
              form.current?.reset();
              onAdded(added.id);
            },
          },
        )
      }
    >
      <LabelledInput
        required
        name="title"
        label="What was changed"
        placeholder="Issue template asks for acceptance criteria"
        problem={problem("title")}
        className="sm:col-span-2"
      />
      <LabelledInput required name="day" label="Since" type="date" problem={problem("day")} />
      {select(
        "kind",
        "Kind",
        MILESTONE_KINDS.map((kind) => [kind, MILESTONE_LABEL[kind]]),
      )}
      {select("team", "For", [
        ...(ownTeams === null ? [[EVERYBODY, "Everybody"] as const] : []),
        ...dimensions.teams.map(({ name, value }) => [value, name] as const),
      ])}
      {orgs.length > 1 &&
        select(
          "org",
          "Organisation",
          orgs.map(({ name, slug }) => [slug, name]),
        )}
      <div>
        <SubmitButton disabled={change.isPending}>Mark the day</SubmitButton>
      </div>
      <div className="sm:col-span-2 lg:col-span-4">
        <FormAlert message={pointer === null ? (error?.message ?? null) : null} />
      </div>
    </SentForm>
  );
}
