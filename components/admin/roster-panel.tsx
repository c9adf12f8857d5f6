"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { ReportPanel } from "@/components/layout/report-panel";
import { queryKeys } from "@/components/query/query-keys";
import { useChange } from "@/components/query/use-account";
import { SubmitButton } from "@/components/ui/submit-button";
import type { TeamItem } from "@/lib/auth/types";
import { formatQuantity } from "@/lib/core/format";
import { CsvField, OrgChoice } from "./csv-fields";

const EXAMPLE = `team,login,email,from,to,fte,seniority
Payments,ada,ada@example.com,2026-01-05,,1,senior
Payments,bo,,2026-03-01,,0.5,mid`;

interface Entered {
  people: number;
  teams: number;
  lines: number;
}

/** Who is in which team since when, as a file: what GitHub's teams do not tell. */
export function RosterPanel({ teams }: { teams: readonly TeamItem[] }) {
  const orgs = [...new Set(teams.map(({ org }) => org))];
  const [org, setOrg] = useState(orgs[0] ?? "");
  const [csv, setCsv] = useState("");
  const change = useChange<Entered>([queryKeys.teams, ["rollout"], ["rollout-effect"], ["metrics"]]);
  if (orgs.length === 0) return null;
  return (
    <ReportPanel
      title="Roster"
      note="Who is in which team since when, with what share of a week and what seniority: a CSV file. It replaces the one before. Whom it names is in no other team than it says; everybody else stays where GitHub says."
    >
      <form
        noValidate
        method="post"
        aria-label="Roster"
        className="mt-1 grid max-w-2xl gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ url: "/api/v1/roster", method: "PUT", body: { org, csv } });
        }}
      >
        <OrgChoice orgs={orgs} value={org} onChange={setOrg} />
        <CsvField
          label="Roster as CSV"
          hint="The first line names the columns: team, and login or email; name, from, to, fte and seniority (junior, mid, senior) where they are known. Without from it counts from the beginning."
          example={EXAMPLE}
          rows={7}
          value={csv}
          onChange={setCsv}
        />
        <FormAlert message={change.error?.message ?? null} />
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton disabled={change.isPending || csv.trim() === ""}>
            {change.isPending ? "Entering…" : "Enter roster"}
          </SubmitButton>
          {change.data !== undefined && !change.isPending && change.error === null && (
            <p role="status" className="text-sm text-ink-2">
              {formatQuantity(change.data.people, "person", "people")} in {formatQuantity(change.data.teams, "team")}.
              Pull requests are worked out again where that changes them.
            </p>
          )}
        </div>
      </form>
    </ReportPanel>
  );
}
