"use client";

import { useId, useState } from "react";
import { ReportPanel } from "@/components/layout/report-panel";
import { useWorkspace } from "@/components/layout/workspace-context";
import { useAssignOwner } from "@/components/query/use-assign-owner";
import { Button } from "@/components/ui/button";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import { formatCount, formatQuantity } from "@/lib/core/format";
import type { RepositoryHealth } from "@/lib/metrics/explorer/types";

/** Repositories before "Show all". */
const FOLD = 8;

/** Pull requests that belong to no team, and the way to give them one. */
export function UnassignedPanel({ repositories }: { repositories: readonly RepositoryHealth[] }) {
  const [open, setOpen] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const concerned = repositories
    .filter(({ unassigned }) => unassigned > 0)
    .toSorted((a, b) => b.unassigned - a.unassigned || a.repo.localeCompare(b.repo));
  const total = concerned.reduce((sum, { unassigned }) => sum + unassigned, 0);
  return (
    <ReportPanel
      title="Unassigned"
      note="A pull request belongs to the team of whoever it was made for, else to the team that owns its files in CODEOWNERS, else to the repository's owner team."
    >
      {concerned.length === 0 ? (
        <p className="text-ink-2">None. Every merged pull request belongs to a team.</p>
      ) : (
        <>
          <p className="num mb-2 text-ink-2">
            {formatQuantity(total, "merged pull request")} in{" "}
            {formatQuantity(concerned.length, "repository", "repositories")} {total === 1 ? "belongs" : "belong"} to no
            team.
          </p>
          <ul className="divide-y">
            {concerned.slice(0, all ? concerned.length : FOLD).map(({ isSample, repo, unassigned }) => (
              <li key={repo} className="py-2 first:pt-0 last:pb-0">
                <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                  <span className="min-w-0 [overflow-wrap:anywhere]">
                    {repo} <span className="num text-ink-3">{formatCount(unassigned)}</span>
                  </span>
                  {!isSample && (
                    <Button
                      size="sm"
                      variant="outline"
                      aria-expanded={open === repo}
                      onClick={() => setOpen(open === repo ? null : repo)}
                    >
                      Give it an owner team
                    </Button>
                  )}
                </div>
                {open === repo && <OwnerForm repository={repo} onDone={() => setOpen(null)} />}
              </li>
            ))}
          </ul>
          {!all && concerned.length > FOLD && (
            <Button size="sm" variant="ghost" className="mt-1" onClick={() => setAll(true)}>
              Show all {formatCount(concerned.length)}
            </Button>
          )}
        </>
      )}
    </ReportPanel>
  );
}

function OwnerForm({ onDone, repository }: { repository: string; onDone: () => void }) {
  const assign = useAssignOwner();
  const { dimensions } = useWorkspace();
  const list = useId();
  return (
    <form
      noValidate
      aria-label={`Owner team of ${repository}`}
      className="mt-2 grid gap-3 rounded-lg border bg-sunken p-3 sm:grid-cols-[1fr_12rem_auto] sm:items-start"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const from = String(form.get("from") ?? "");
        const request = { repository, team: String(form.get("team") ?? ""), from: from === "" ? null : from };
        assign.mutate(request, { onSuccess: onDone });
      }}
    >
      <LabelledInput
        name="team"
        label="Team"
        hint="One that is there, or a new one."
        list={list}
        required
        problem={assign.error?.message ?? null}
      />
      <datalist id={list}>
        {dimensions.teams
          .filter(({ value }) => value !== UNASSIGNED_TEAM)
          .map(({ name, value }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
      </datalist>
      <LabelledInput name="from" type="date" label="From" hint="Default: its beginning." problem={null} />
      <SubmitButton size="sm" className="sm:mt-7" disabled={assign.isPending}>
        {assign.isPending ? "Setting…" : "Set"}
      </SubmitButton>
    </form>
  );
}
