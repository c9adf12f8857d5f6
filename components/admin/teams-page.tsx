"use client";

import Link from "next/link";
import { useMemo, useState } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { ReportPanel } from "@/components/layout/report-panel";
import { StateMessage } from "@/components/layout/state-message";
import { usePersonSwitch, useTeams } from "@/components/query/use-account";
import { QueryError } from "@/components/reports/query-error";
import type { TeamItem } from "@/lib/auth/types";
import { formatCount, formatQuantity } from "@/lib/core/format";
import { ROLLOUT_PHASE_LABEL } from "@/lib/core/rollout-words";
import { RolloutDialog } from "./rollout-dialog";
import { RosterPanel } from "./roster-panel";
import { SurveyPanel } from "./survey-panel";

/** Which teams there are, how large they are and who sees them; where each comes from, and how to change it. */
export function TeamsPage() {
  const { data, error, refetch } = useTeams();
  const persons = usePersonSwitch();
  const [dated, setDated] = useState<TeamItem | null>(null);
  const columns = useMemo(() => [...COLUMNS, rolloutColumn(setDated)], []);
  if (error !== null && data === undefined) return <QueryError error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <PageSkeleton cards={0} panels={1} />;
  const small = data.filter(({ isSmall }) => isSmall).length;
  const folded = persons.data?.shown === true ? 0 : small;
  return (
    <>
      <PageHeader
        headline={data.length === 0 ? "There are no teams yet" : formatQuantity(data.length, "team")}
        lede="A pull request belongs to the team of whoever it was made for when it was merged, else to the team that owns the code."
      />
      <ReportPanel
        title="Teams"
        note={
          folded === 0
            ? undefined
            : `${formatQuantity(folded, "team")} of fewer than five people, or needed to make five, ${folded === 1 ? "is" : "are"} counted together as “Small teams” for whoever sees no persons.`
        }
      >
        {data.length === 0 ? (
          <StateMessage
            compact
            title="Teams come with what is connected"
            action={
              <Link href="/connections" className="underline underline-offset-3">
                Connect a GitHub organisation
              </Link>
            }
          >
            <p>
              GitHub’s teams are read with their members. Teams in CODEOWNERS files and owner teams that you set on Data
              health count too.
            </p>
          </StateMessage>
        ) : (
          <DataTable caption="Teams" columns={columns} rows={data} rowKey={({ id }) => String(id)} />
        )}
      </ReportPanel>
      <div className="mt-4 grid gap-4">
        <RosterPanel teams={data} />
        <SurveyPanel teams={data} />
      </div>
      <RolloutDialog team={dated} onClose={() => setDated(null)} />
    </>
  );
}

const COLUMNS: DataColumn<TeamItem>[] = [
  {
    id: "name",
    header: "Team",
    rowHeader: true,
    sortValue: ({ name }) => name,
    cell: ({ name, org, slug }) => (
      <>
        {name}
        <span className="block text-note font-normal text-ink-3 [overflow-wrap:anywhere]">{`${org}/${slug}`}</span>
      </>
    ),
  },
  {
    id: "members",
    header: "People",
    align: "right",
    sortValue: ({ members }) => members,
    cell: ({ isSmall, members }) => (
      <>
        {members === null ? <span className="text-ink-3">not known</span> : formatCount(members)}
        {isSmall && <span className="block text-note text-ink-3">counted together</span>}
      </>
    ),
  },
  {
    id: "repositories",
    header: "Owns repositories",
    align: "right",
    className: "max-md:hidden",
    sortValue: ({ repositories }) => repositories,
    cell: ({ repositories }) => formatCount(repositories),
  },
  {
    id: "seenBy",
    header: "Given to",
    className: "pl-6 md:pl-12",
    cell: ({ seenBy }) =>
      seenBy.length === 0 ? <span className="text-ink-3">nobody in particular</span> : seenBy.join(", "),
  },
];

/** The phase that was entered last, and the way to change them. */
function rolloutColumn(onDate: (team: TeamItem) => void): DataColumn<TeamItem> {
  return {
    id: "rollout",
    header: "Rollout",
    align: "right",
    cell: (team) => {
      const last = team.phases.at(-1);
      return (
        <button
          type="button"
          className="min-h-6 rounded-md px-1.5 underline underline-offset-3 hover:text-ink"
          aria-label={`Rollout of ${team.name}`}
          onClick={() => onDate(team)}
        >
          {last === undefined ? "Enter phases" : `${ROLLOUT_PHASE_LABEL[last.phase]}, ${last.startsOn}`}
        </button>
      );
    },
  };
}
