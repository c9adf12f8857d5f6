"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { ReportPanel } from "@/components/layout/report-panel";
import { PanelChoice } from "@/components/metrics/panel-tool";
import { useChange } from "@/components/query/use-account";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { TeamItem } from "@/lib/auth/types";
import { formatQuantity } from "@/lib/core/format";
import { CsvField, OrgChoice } from "./csv-fields";

const KINDS = [
  { value: "survey", label: "Survey" },
  { value: "suggestions", label: "Suggestions" },
] as const;
type Kind = (typeof KINDS)[number]["value"];

const ABOUT: Readonly<Record<Kind, { example: string; hint: string }>> = {
  survey: {
    example: "team,trust,hours\nPayments,4,6.5\nPayments,2,\n,5,10",
    hint: "A line for each person, without a name: the team, an answer about trust from 1 to 5, and the hours that they believe to save in a month. Each may be empty. Fewer than five answers of a team are never shown.",
  },
  suggestions: {
    example: "day,team,tool,shown,judged,false_positive\n2026-06-01,,Review agent,120,60,9",
    hint: "A line for each day and tool: how many suggestions it showed, how many somebody judged, and how many of these were false. A file may come again.",
  },
};

/** What people answered and tools report, as files. */
export function SurveyPanel({ teams }: { teams: readonly TeamItem[] }) {
  const orgs = [...new Set(teams.map(({ org }) => org))];
  const [org, setOrg] = useState(orgs[0] ?? "");
  const [kind, setKind] = useState<Kind>("survey");
  const [wave, setWave] = useState("");
  const [invited, setInvited] = useState("");
  const [csv, setCsv] = useState("");
  const change = useChange<{ answers?: number; entries?: number }>([["metrics"]]);
  if (orgs.length === 0) return null;
  const { example, hint } = ABOUT[kind];
  const send = () => {
    const body =
      kind === "survey" ? { org, wave, invited: invited === "" ? null : Number(invited), csv } : { org, csv };
    change.mutate({ url: kind === "survey" ? "/api/v1/surveys" : "/api/v1/suggestions", method: "PUT", body });
  };
  return (
    <ReportPanel
      title="Surveys and suggestions"
      note="What people said and what tools report, for the page Adoption. A survey of the same day is replaced as a whole."
      tools={
        <PanelChoice
          label="What is entered"
          value={kind}
          options={KINDS}
          onChange={(next) => {
            setKind(next);
            setCsv("");
            change.reset();
          }}
        />
      }
    >
      <form
        noValidate
        method="post"
        aria-label="Surveys and suggestions"
        className="mt-1 grid max-w-2xl gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <OrgChoice orgs={orgs} value={org} onChange={setOrg} />
        {kind === "survey" && (
          <div className="grid gap-4 sm:grid-cols-2">
            <LabelledInput
              required
              type="date"
              name="wave"
              label="Day of the survey"
              value={wave}
              onChange={(event) => setWave(event.target.value)}
              problem={null}
            />
            <LabelledInput
              type="number"
              min={1}
              name="invited"
              label="How many were asked"
              value={invited}
              onChange={(event) => setInvited(event.target.value)}
              problem={null}
            />
          </div>
        )}
        <CsvField
          label={kind === "survey" ? "Answers as CSV" : "Report as CSV"}
          hint={hint}
          example={example}
          rows={5}
          value={csv}
          onChange={setCsv}
        />
        <FormAlert message={change.error?.message ?? null} />
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton disabled={change.isPending || csv.trim() === "" || (kind === "survey" && wave === "")}>
            {change.isPending ? "Entering…" : "Enter"}
          </SubmitButton>
          {change.data !== undefined && !change.isPending && change.error === null && (
            <p role="status" className="text-sm text-ink-2">
              {change.data.answers !== undefined
                ? `${formatQuantity(change.data.answers, "answer")} entered.`
                : `${formatQuantity(change.data.entries ?? 0, "day of a tool", "days of tools")} entered.`}
            </p>
          )}
        </div>
      </form>
    </ReportPanel>
  );
}
