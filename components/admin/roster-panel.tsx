"use client";

import { useId, useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { ReportPanel } from "@/components/layout/report-panel";
import { queryKeys } from "@/components/query/query-keys";
import { useChange } from "@/components/query/use-account";
import { Button } from "@/components/ui/button";
import type { TeamItem } from "@/lib/auth/types";
import { formatQuantity } from "@/lib/core/format";

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
  const id = useId();
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
        {orgs.length > 1 && (
          <label className="grid w-fit gap-1 text-sm font-medium">
            Organisation
            <select
              value={org}
              onChange={(event) => setOrg(event.target.value)}
              className="h-9 rounded-md border border-line-control bg-panel px-2 text-sm font-normal"
            >
              {orgs.map((slug) => (
                <option key={slug}>{slug}</option>
              ))}
            </select>
          </label>
        )}
        <div>
          <label htmlFor={`${id}-csv`} className="text-sm font-medium">
            Roster as CSV
          </label>
          <textarea
            id={`${id}-csv`}
            value={csv}
            onChange={(event) => setCsv(event.target.value)}
            rows={7}
            spellCheck={false}
            placeholder={EXAMPLE}
            aria-describedby={`${id}-hint`}
            className="num mt-1 w-full rounded-md border border-input bg-transparent px-3 py-2 font-mono text-note outline-none placeholder:text-ink-3 focus-visible:border-ring focus-visible:ring-[3px] focus-visible:ring-ring/50"
          />
          <p id={`${id}-hint`} className="mt-1 text-note text-ink-3">
            The first line names the columns: team, and login or email; name, from, to, fte and seniority (junior, mid,
            senior) where they are known. Without from it counts from the beginning.
          </p>
          <label className="mt-2 inline-flex min-h-6 cursor-pointer items-center gap-2 text-note underline underline-offset-3 has-focus-visible:outline-2">
            Take it from a file
            <input
              type="file"
              accept=".csv,text/csv"
              className="sr-only"
              onChange={async (event) => {
                const [file] = event.target.files ?? [];
                if (file !== undefined) setCsv(await file.text());
                event.target.value = "";
              }}
            />
          </label>
        </div>
        <FormAlert message={change.error?.message ?? null} />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" disabled={change.isPending || csv.trim() === ""}>
            {change.isPending ? "Entering…" : "Enter roster"}
          </Button>
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
