"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { DataTable } from "@/components/data-table/data-table";
import { filterOptions } from "@/components/filters/filter-options";
import { OrganisationSelect } from "@/components/filters/organisation-select";
import { useNameOf } from "@/components/filters/use-filters";
import { ReportPanel } from "@/components/layout/report-panel";
import { useWorkspace } from "@/components/layout/workspace-context";
import { ProblemError } from "@/components/query/fetch-json";
import { useChange } from "@/components/query/use-account";
import { Button } from "@/components/ui/button";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CostCentre } from "@/lib/core/cost-files";
import { formatDate } from "@/lib/core/format";
import { addDays } from "@/lib/core/zoned-time";

const noon = (day: string) => `${day}T12:00:00Z`;
const FIELDS = ["team", "code", "name", "validFrom", "validTo"];
const FOLD = 12;

/** Which cost centre each team is of: said, listed with the way to end it, or to take it back. */
export function CostCentresPanel({
  orgs,
  centres,
  today,
}: {
  orgs: readonly { slug: string; name: string }[];
  centres: readonly CostCentre[];
  /** `YYYY-MM-DD`, the day that is offered. */
  today: string;
}) {
  const { dimensions, me } = useWorkspace();
  const [org, setOrg] = useState(orgs[0]?.slug ?? "");
  const change = useChange([["costs"]]);
  if (!me.permissions.includes("money:write") || orgs.length === 0) return null;
  const problem = change.error instanceof ProblemError ? change.error : null;
  const problemOf = (field: string) => (problem?.pointer === `/${field}` ? problem.message : null);
  const teams = filterOptions("team", dimensions).filter(({ value }) => value !== "unassigned");
  return (
    <ReportPanel
      title="Say which cost centres teams are of"
      note="What is paid for a team is told under its centre of the day, here and in what finance exports; bills may name a centre in the place of a team."
      className="mt-4"
    >
      <SentForm
        label="Cost centre of a team"
        className="grid max-w-3xl gap-4"
        onSend={({ validTo, ...texts }) =>
          change.mutate({
            url: "/api/v1/costs/centres",
            method: "POST",
            body: { ...texts, org, validTo: validTo || null },
          })
        }
      >
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <OrganisationSelect orgs={orgs} value={org} onChange={setOrg} />
          <label className="block text-sm font-medium">
            Team
            <select
              name="team"
              className="mt-1 block h-9 w-full rounded-md border border-line-control bg-panel px-2 text-sm font-normal"
            >
              {teams.map(({ label, value }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <LabelledInput
            required
            name="code"
            label="Cost centre"
            placeholder="4100"
            maxLength={60}
            problem={problemOf("code")}
          />
          <LabelledInput
            name="name"
            label="What it is called"
            placeholder="Product engineering"
            maxLength={100}
            problem={problemOf("name")}
          />
          <LabelledInput
            required
            type="date"
            name="validFrom"
            label="First day"
            defaultValue={`${today.slice(0, 8)}01`}
            problem={problemOf("validFrom")}
          />
          <LabelledInput type="date" name="validTo" label="Last day" problem={problemOf("validTo")} />
        </div>
        <FormAlert
          message={
            problemOf("team") ??
            (FIELDS.some((field) => problemOf(field) !== null) ? null : (change.error?.message ?? null))
          }
        />
        <SubmitButton disabled={change.isPending} className="w-fit">
          Note it
        </SubmitButton>
      </SentForm>
      <CentreList centres={centres} today={today} />
    </ReportPanel>
  );
}

function CentreList({ centres, today }: { centres: readonly CostCentre[]; today: string }) {
  const nameOf = useNameOf();
  const change = useChange([["costs"]]);
  if (centres.length === 0) return null;
  const url = (id: number) => `/api/v1/costs/centres/${id}`;
  const rows = centres
    .map((centre) => ({ ...centre, teamName: nameOf("team", centre.team) }))
    .sort((a, b) => a.teamName.localeCompare(b.teamName) || (a.validFrom < b.validFrom ? 1 : -1));
  return (
    <div className="mt-5 border-t pt-3">
      <h3 className="mb-1 text-sm font-medium">Cost centres of teams</h3>
      <FormAlert message={change.error?.message ?? null} />
      <DataTable
        caption="Cost centres of teams"
        rows={rows}
        rowKey={({ id }) => String(id)}
        fold={FOLD}
        columns={[
          { id: "team", header: "Team", rowHeader: true, cell: ({ teamName }) => teamName },
          { id: "centre", header: "Cost centre", cell: centreName },
          {
            id: "days",
            header: "Days",
            className: "max-sm:hidden",
            cell: ({ validFrom, validTo }) =>
              `${formatDate(noon(validFrom), "UTC")} ${validTo === null ? "until further notice" : `to ${formatDate(noon(validTo), "UTC")}`}`,
          },
          {
            id: "by",
            header: "By",
            className: "max-md:hidden text-ink-3",
            cell: ({ at, by }) => `${by}, ${formatDate(at, "UTC")}`,
          },
          {
            id: "undo",
            header: "Change",
            align: "right",
            cell: ({ code, id, teamName, validFrom, validTo }) => (
              <span className="flex flex-wrap justify-end gap-2">
                {validTo === null && validFrom < today && (
                  <Button
                    variant="outline"
                    size="sm"
                    disabled={change.isPending}
                    aria-label={`End ${code} of ${teamName} with yesterday`}
                    onClick={() =>
                      change.mutate({ url: url(id), method: "PUT", body: { validTo: addDays(today, -1) } })
                    }
                  >
                    End
                  </Button>
                )}
                <Button
                  variant="outline"
                  size="sm"
                  disabled={change.isPending}
                  aria-label={`Take back ${code} of ${teamName}`}
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

/** Its number, and what it is called where that is something else. */
export const centreName = ({ code, name }: Pick<CostCentre, "code" | "name">): string =>
  name === code ? code : `${code} ${name}`;
