"use client";

import Link from "next/link";
import { useMemo } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { useNameOf } from "@/components/filters/use-filters";
import { StateMessage } from "@/components/layout/state-message";
import { useMay } from "@/components/layout/workspace-context";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { formatDate, formatKOfN, formatPercent } from "@/lib/core/format";
import { ROLLOUT_PHASE_LABEL, ROLLOUT_PHASES } from "@/lib/core/rollout-words";
import type { Rollout, TeamRollout } from "@/lib/metrics/rollout/types";

/** A day that is no instant: it is written as it is in every zone. */
const dayWords = (day: string): string => formatDate(`${day}T12:00:00Z`, "UTC");

/** The phase that each team is in, how many of its people follow, and what speaks of a rollout that fails. */
export function RolloutPanel({ rollout, busy }: { rollout: Rollout | undefined; busy: boolean }) {
  const nameOf = useNameOf();
  const mayDate = useMay("users:manage");
  const columns = useMemo(() => columnsOf((slug) => nameOf("team", slug)), [nameOf]);
  const teams = rollout?.teams ?? [];
  const undated = teams.filter(({ phases }) => phases.length === 0).length;
  return (
    <MetricPanel
      title="How far has each team come?"
      note={
        undated === 0
          ? "Phases as they were entered, and how many of its people work with agents at the end of the data."
          : `Nobody entered phases for ${undated} of ${teams.length} teams: they are in no comparison.`
      }
      className="lg:col-span-2"
      pending={rollout === undefined}
      busy={busy}
      tools={
        mayDate && (
          <Link
            href="/users/teams"
            className="rounded-md px-1.5 py-1 text-note text-ink-2 hover:bg-sunken hover:text-ink"
          >
            Enter phases
          </Link>
        )
      }
    >
      {teams.length === 0 ? (
        <StateMessage compact title="There are no teams yet">
          <p>Teams come with what is connected: GitHub’s teams, CODEOWNERS files, or a roster.</p>
        </StateMessage>
      ) : (
        <DataTable
          caption="Rollout by team"
          columns={columns}
          rows={teams}
          rowKey={({ org, team }) => `${org}/${team}`}
          fold={12}
        />
      )}
    </MetricPanel>
  );
}

function Phase({ team: { firstUse, phase, phases } }: { team: TeamRollout }) {
  const since = phases.find((one) => one.phase === phase)?.startsOn;
  if (phase === null || since === undefined) {
    const next = phases[0];
    if (next !== undefined) {
      return (
        <span className="text-ink-3">
          {ROLLOUT_PHASE_LABEL[next.phase]} from {dayWords(next.startsOn)}
        </span>
      );
    }
    return (
      <span className="text-ink-3">
        not entered{firstUse !== null && <span className="block text-note">used since {dayWords(firstUse)}</span>}
      </span>
    );
  }
  return (
    <>
      {ROLLOUT_PHASE_LABEL[phase]}
      <span className="block text-note whitespace-nowrap text-ink-3">since {dayWords(since)}</span>
    </>
  );
}

function Adoption({ value, k, n }: TeamRollout["adoption"]) {
  if (n === null || n === 0) return <span className="text-ink-3">nobody</span>;
  if (k === null || value === null) return <span className="text-ink-3">fewer than five</span>;
  return (
    <>
      <span className="font-medium">{formatPercent(value, 0)} </span>
      <span className="text-ink-2">{formatKOfN(k, n)}</span>
    </>
  );
}

function columnsOf(nameOf: (slug: string) => string): DataColumn<TeamRollout>[] {
  return [
    {
      id: "team",
      header: "Team",
      rowHeader: true,
      sortValue: ({ team }) => nameOf(team),
      cell: ({ signs, team }) => (
        <>
          {nameOf(team)}
          {signs.map((sign) => (
            <span key={sign} className="block max-w-prose text-note font-normal text-bad md:hidden">
              {sign}
            </span>
          ))}
        </>
      ),
    },
    {
      id: "phase",
      header: "Phase",
      sortValue: ({ phase }) => (phase === null ? -1 : ROLLOUT_PHASES.indexOf(phase)),
      cell: (team) => <Phase team={team} />,
    },
    {
      id: "adoption",
      header: "Work with agents",
      align: "right",
      sortValue: ({ adoption }) => adoption.value,
      cell: ({ adoption }) => <Adoption {...adoption} />,
    },
    {
      id: "peak",
      header: "Most in 26 weeks",
      align: "right",
      className: "max-lg:hidden",
      sortValue: ({ peak }) => peak?.value ?? null,
      cell: ({ peak }) => (peak === null ? null : `${formatPercent(peak.value, 0)}, ${dayWords(peak.week)}`),
    },
    {
      id: "signs",
      header: "Signs of failing",
      className: "max-md:hidden w-2/5 pl-6",
      sortValue: ({ signs }) => signs.length,
      cell: ({ signs }) =>
        signs.length === 0 ? (
          <span className="text-ink-3">none</span>
        ) : (
          signs.map((sign) => (
            <span key={sign} className="block text-note text-bad">
              {sign}
            </span>
          ))
        ),
    },
  ];
}
