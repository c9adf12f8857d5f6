"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { DataTable } from "@/components/data-table/data-table";
import { filterOptions } from "@/components/filters/filter-options";
import { OrganisationSelect } from "@/components/filters/organisation-select";
import { ReportPanel } from "@/components/layout/report-panel";
import { useWorkspace } from "@/components/layout/workspace-context";
import { ProblemError } from "@/components/query/fetch-json";
import { useCostChange, useCostEntries } from "@/components/query/use-cost-files";
import { Button } from "@/components/ui/button";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CostEntry, CostRhythm } from "@/lib/core/cost-files";
import { formatDate, formatMoney, formatQuantity } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import { COST_ITEM_LABEL, COST_ITEM_NAMES } from "./cost-words";

const SELECT = "mt-1 block h-9 w-full rounded-md border border-line-control bg-panel px-2 text-sm";
const RHYTHM: Readonly<Record<CostRhythm, string>> = {
  month: "every month",
  year: "every year, spread over its months",
  once: "once",
};
const FIELDS = ["amount", "currency", "provider", "startsOn", "endsOn", "why"];
const noon = (day: string) => `${day}T12:00:00Z`;

/** What is paid by the month or year, or was paid once: entered, and listed with the way to end it. */
export function CostEntriesPanel({
  orgs,
  today,
  currency,
}: {
  orgs: readonly { slug: string; name: string }[];
  /** `YYYY-MM-DD`, the day that is offered. */
  today: string;
  /** The currency that is offered. */
  currency: string;
}) {
  const { dimensions, me } = useWorkspace();
  const [org, setOrg] = useState(orgs[0]?.slug ?? "");
  const change = useCostChange();
  if (!me.permissions.includes("money:write") || orgs.length === 0) return null;
  const problem = change.error instanceof ProblemError ? change.error : null;
  const problemOf = (field: string) => (problem?.pointer === `/${field}` ? problem.message : null);
  const options = (dimension: "team" | "agent") =>
    filterOptions(dimension, dimensions).filter(({ value }) => value !== "unknown" && value !== "unassigned");
  return (
    <ReportPanel
      title="Enter what is paid regularly"
      note="Seats, licences, infrastructure, training: by the month, by the year or once. What is due is posted on its day by itself, until you end it."
      className="mt-4"
    >
      <SentForm
        label="What is paid"
        className="grid max-w-3xl gap-4"
        onSend={({ agent, endsOn, team, ...texts }) =>
          change.mutate({
            url: "/api/v1/costs/entries",
            method: "POST",
            body: {
              ...texts,
              org,
              currency: (texts.currency ?? "").trim().toUpperCase(),
              amount: (texts.amount ?? "").trim().replace(",", "."),
              team: team || null,
              agent: agent || null,
              endsOn: endsOn || null,
            },
          })
        }
      >
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <OrganisationSelect orgs={orgs} value={org} onChange={setOrg} />
          <Choice
            name="item"
            label="What for"
            options={COST_ITEM_NAMES.map((item) => [item, COST_ITEM_LABEL[item]])}
            start="seats"
          />
          <LabelledInput
            required
            name="provider"
            label="Who is paid"
            placeholder="GitHub"
            maxLength={100}
            problem={problemOf("provider")}
          />
          <LabelledInput
            required
            name="amount"
            label="How much"
            inputMode="decimal"
            placeholder="1900"
            problem={problemOf("amount")}
          />
          <LabelledInput
            required
            name="currency"
            label="In"
            maxLength={3}
            defaultValue={currency}
            problem={problemOf("currency")}
          />
          <Choice name="every" label="How often" options={Object.entries(RHYTHM)} start="month" />
          <LabelledInput
            required
            type="date"
            name="startsOn"
            label="From"
            defaultValue={today}
            problem={problemOf("startsOn")}
          />
          <LabelledInput type="date" name="endsOn" label="To" problem={problemOf("endsOn")} />
          <Choice
            name="team"
            label="For which team"
            options={[
              ["", "No team in particular"],
              ...options("team").map(({ label, value }) => [value, label] as const),
            ]}
            start=""
          />
          <Choice
            name="agent"
            label="For which agent"
            options={[
              ["", "No agent in particular"],
              ...options("agent").map(({ label, value }) => [value, label] as const),
            ]}
            start=""
          />
          <LabelledInput
            required
            name="why"
            label="Where it comes from"
            placeholder="Contract 4711"
            maxLength={500}
            problem={problemOf("why")}
            className="sm:col-span-2"
          />
        </div>
        <FormAlert
          message={FIELDS.some((field) => problemOf(field) !== null) ? null : (change.error?.message ?? null)}
        />
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton disabled={change.isPending}>{change.isPending ? "Entering…" : "Enter it"}</SubmitButton>
          {change.data !== undefined && !change.isPending && (
            <p role="status" className="text-sm text-ink-2">
              {`${formatQuantity(change.data.posted, "entry", "entries")} posted. The figures above follow within seconds.`}
            </p>
          )}
        </div>
      </SentForm>
      <EntryList today={today} />
    </ReportPanel>
  );
}

function Choice({
  name,
  label,
  options,
  start,
}: {
  name: string;
  label: string;
  options: readonly (readonly [value: string, label: string])[];
  start: string;
}) {
  return (
    <label className="block text-sm font-medium">
      {label}
      <select name={name} defaultValue={start} className={`${SELECT} font-normal`}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function EntryList({ today }: { today: string }) {
  const { data: items } = useCostEntries();
  const change = useCostChange();
  if (items === undefined || items.length === 0) return null;
  const money = (minor: string, currency: string) => formatMoney(toMajor(minor, currency).toNumber(), currency);
  const url = (id: number) => `/api/v1/costs/entries/${id}`;
  return (
    <div className="mt-5 border-t pt-3">
      <h3 className="mb-1 text-sm font-medium">Paid regularly</h3>
      <FormAlert message={change.error?.message ?? null} />
      <DataTable
        caption="What is paid regularly"
        rows={items}
        rowKey={({ id }) => String(id)}
        fold={8}
        columns={[
          {
            id: "provider",
            header: "Paid",
            rowHeader: true,
            cell: ({ item, provider, why }: CostEntry) => (
              <>
                {provider}, {COST_ITEM_LABEL[item].toLowerCase()}
                <span className="block text-note font-normal text-ink-3">{why}</span>
              </>
            ),
          },
          {
            id: "amount",
            header: "Amount",
            align: "right",
            cell: ({ amountMinor, currency, every }) =>
              `${money(amountMinor, currency)} ${RHYTHM[every].split(",")[0]}`,
          },
          {
            id: "days",
            header: "From",
            className: "max-md:hidden",
            cell: ({ endsOn, every, startsOn }) =>
              `${formatDate(noon(startsOn), "UTC")}${endsOn === null ? (every === "once" ? "" : ", without end") : ` to ${formatDate(noon(endsOn), "UTC")}`}`,
          },
          {
            id: "posted",
            header: "Posted so far",
            align: "right",
            className: "max-md:hidden",
            cell: ({ currency, postedMinor }) => money(postedMinor, currency),
          },
          {
            id: "undo",
            header: "Change",
            align: "right",
            cell: ({ endsOn, every, id, provider, startsOn }) => (
              <span className="flex flex-wrap justify-end gap-2">
                {endsOn === null && every !== "once" && startsOn <= today && (
                  <Button
                    variant="outline"
                    size="sm"
                    disabled={change.isPending}
                    aria-label={`End ${provider} today`}
                    onClick={() => change.mutate({ url: url(id), method: "PUT", body: { endsOn: today } })}
                  >
                    End
                  </Button>
                )}
                <Button
                  variant="outline"
                  size="sm"
                  disabled={change.isPending}
                  aria-label={`Take back ${provider}`}
                  onClick={() => change.mutate({ url: url(id), method: "DELETE" })}
                >
                  Take back
                </Button>
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
