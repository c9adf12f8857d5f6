"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { filterOptions } from "@/components/filters/filter-options";
import { OrganisationSelect } from "@/components/filters/organisation-select";
import { useWorkspace } from "@/components/layout/workspace-context";
import { ProblemError } from "@/components/query/fetch-json";
import { useReportPreview, useScheduleChange } from "@/components/query/use-reports";
import { Button } from "@/components/ui/button";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatBytes } from "@/lib/core/format";
import type { ReportChannel } from "@/lib/core/report-schedules";
import type { ReportPreview, ScheduleInput } from "@/lib/reports/types";
import { CHANNEL_WORDS, WEEKDAYS } from "./schedule-words";

const SELECT = "mt-1 block h-9 w-full rounded-md border border-line-control bg-panel px-2 text-sm font-normal";
/** Those that every month has. */
const MONTH_DAYS = Array.from({ length: 28 }, (_, index) => String(index + 1));
/** The first day on which the month before can be closed. */
const USUAL_DAY = "9";
const FIELDS = /^\/(recipients|webhook|team|onDay)/;

/** Chooses what is sent to whom, shows it, and has it sent from then on. */
export function ScheduleForm({
  orgs,
  channels,
  canSendMail,
}: {
  orgs: readonly { slug: string; name: string }[];
  channels: readonly ReportChannel[];
  canSendMail: boolean;
}) {
  const { dimensions } = useWorkspace();
  const [org, setOrg] = useState(orgs[0]?.slug ?? "");
  const [channel, setChannel] = useState<ReportChannel>(channels[0] ?? "mail");
  const [shown, setShown] = useState<ScheduleInput | null>(null);
  const preview = useReportPreview();
  const change = useScheduleChange();
  const isMail = channel === "mail";
  const failed = change.error ?? preview.error;
  const problem = failed instanceof ProblemError ? failed : null;
  const problemOf = (field: string) => (problem?.pointer?.startsWith(`/${field}`) === true ? problem.message : null);
  const show = (input: ScheduleInput) => {
    change.reset();
    setShown(input);
    preview.mutate(input);
  };
  const forget = () => {
    preview.reset();
    change.reset();
  };
  return (
    <SentForm
      label="What is sent"
      className="grid max-w-3xl gap-4"
      onSend={({ onDay, recipients = "", team, webhook }) =>
        show({
          org,
          channel,
          onDay: Number(onDay),
          team: team || null,
          recipients: isMail ? recipients.split(/[\s,;]+/).filter((address) => address !== "") : [],
          webhook: isMail ? null : (webhook ?? "").trim(),
        })
      }
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <OrganisationSelect orgs={orgs} value={org} onChange={setOrg} />
        <label className="block text-sm font-medium">
          What is sent
          <select
            value={channel}
            onChange={(event) => {
              setChannel(event.target.value as ReportChannel);
              forget();
            }}
            className={SELECT}
          >
            {channels.map((value) => (
              <option key={value} value={value}>
                {CHANNEL_WORDS[value]}
              </option>
            ))}
          </select>
        </label>
        <label className="block text-sm font-medium">
          {isMail ? "On which day of the month" : "On which day of the week"}
          <select key={channel} name="onDay" defaultValue={isMail ? USUAL_DAY : "1"} className={SELECT}>
            {isMail
              ? MONTH_DAYS.map((day) => (
                  <option key={day} value={day}>
                    {day}
                  </option>
                ))
              : WEEKDAYS.map((name, index) => (
                  <option key={name} value={index + 1}>
                    {name}
                  </option>
                ))}
          </select>
        </label>
        <label className="block text-sm font-medium">
          Of which team
          <select name="team" className={SELECT}>
            <option value="">All teams that you see</option>
            {filterOptions("team", dimensions)
              .filter(({ value }) => value !== "unassigned")
              .map(({ label, value }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
          </select>
        </label>
        {isMail ? (
          <LabelledInput
            key="recipients"
            required
            name="recipients"
            label="To whom"
            placeholder="board@example.com, cfo@example.com"
            hint="It holds what you may see, also for those who have no account."
            problem={problemOf("recipients")}
            className="sm:col-span-2"
          />
        ) : (
          <LabelledInput
            key="webhook"
            required
            type="url"
            name="webhook"
            label="Address of the webhook"
            placeholder="https://hooks.slack.com/services/…"
            hint="Made in the settings of the channel. It is kept sealed and not shown again."
            problem={problemOf("webhook")}
            className="sm:col-span-2"
          />
        )}
      </div>
      <FormAlert
        message={
          problem !== null &&
          FIELDS.test(problem.pointer ?? "") &&
          problemOf(isMail ? "recipients" : "webhook") !== null
            ? null
            : (failed?.message ?? null)
        }
      />
      {isMail && !canSendMail && (
        <p className="text-sm text-ink-2">
          No mail server is set. Start Fleetgauge with SMTP_URL and MAIL_FROM to have it sent; it can be looked at
          before.
        </p>
      )}
      <SubmitButton variant="outline" disabled={preview.isPending} className="w-fit">
        {preview.isPending ? "Making it…" : "Show what would be sent"}
      </SubmitButton>
      {preview.data !== undefined && shown !== null && (
        <Preview preview={preview.data}>
          <Button
            type="button"
            disabled={change.isPending || change.isSuccess || (isMail && !canSendMail)}
            onClick={() => change.mutate({ method: "POST", body: shown })}
          >
            {change.isSuccess ? "It is sent from now on" : "Have it sent from now on"}
          </Button>
        </Preview>
      )}
    </SentForm>
  );
}

function Preview({
  preview: { files, subject, text },
  children,
}: {
  preview: ReportPreview;
  children: React.ReactNode;
}) {
  return (
    <section aria-label="What would be sent" className="grid gap-3 rounded-md border bg-sunken px-4 py-3">
      <p className="font-medium [overflow-wrap:anywhere]">{subject}</p>
      <p className="text-sm whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">{text}</p>
      {files.length > 0 && (
        <ul className="text-note text-ink-3">
          {files.map(({ bytes, fileName }) => (
            <li key={fileName}>
              {fileName}, {formatBytes(bytes)}
            </li>
          ))}
        </ul>
      )}
      <div>{children}</div>
    </section>
  );
}
