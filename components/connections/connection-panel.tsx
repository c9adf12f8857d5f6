"use client";

import { useState } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { ReportPanel } from "@/components/layout/report-panel";
import { useConnectionChange } from "@/components/query/use-connections";
import { Button } from "@/components/ui/button";
import type { ConnectionItem, SyncStatus } from "@/lib/connections/types";
import { formatCount, formatDateTime, formatHours, formatList, formatQuantity } from "@/lib/core/format";
import { ChooseForm } from "./choose-form";
import { ENTITY_LABEL, prepareTotals, secondsLeftOf } from "./sync-totals";

/** Rows before "Show all". */
const FOLD = 8;

/** One account that is followed: its state, how far it is read, and what failed. */
export function ConnectionPanel({ connection, timeZone }: { connection: ConnectionItem; timeZone: string }) {
  const { account, apiUrl, app, id, missingPermissions, repositories, state, teamsError, totals, waiting } = connection;
  const change = useConnectionChange(id);
  const [choosing, setChoosing] = useState(false);
  const paused = state !== "active";
  return (
    <ReportPanel
      title={account}
      note={`${new URL(apiUrl).host}, ${app === null ? "with a token" : `by the App ${app.name}`}. ${stateText(connection, timeZone)}`}
      tools={
        <div className="flex gap-2">
          <Button size="sm" variant="outline" aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
            What is read
          </Button>
          <Button
            size="sm"
            variant="outline"
            disabled={change.isPending}
            onClick={() => change.mutate({ state: paused ? "active" : "paused" })}
          >
            {state === "broken" ? "Try again" : paused ? "Go on" : "Pause"}
          </Button>
        </div>
      }
    >
      {change.error !== null && (
        <p role="alert" className="mb-2 text-bad">
          {change.error.message}
        </p>
      )}
      {choosing && <ChooseForm connection={connection} onDone={() => setChoosing(false)} />}
      {missingPermissions.length > 0 && (
        <p className="mb-2 text-warn">
          {app === null ? "The token" : "The App"} lacks {formatList(missingPermissions)}, so that part is left out.{" "}
          {app === null
            ? "Connect again with a token that has it, or give it that right at GitHub: it is tried every day."
            : "Allow it at GitHub and it is read from then on."}
        </p>
      )}
      {teamsError !== null && (
        <p className="mb-2 text-warn [overflow-wrap:anywhere]">
          The organisation's teams could not be read: {teamsError}. Pull requests go by CODEOWNERS and owner teams until
          they can; the right to read Members gives them.
        </p>
      )}
      {totals.length === 0 ? (
        <p className="text-ink-2">Its repositories are being listed.</p>
      ) : (
        <ul className="grid grid-cols-2 gap-2.5 lg:grid-cols-4">
          {prepareTotals(totals).map(({ entity, label, share, text }) => (
            <li key={entity} className="grid content-start gap-1">
              <span className="font-medium">{label}</span>
              <div
                role="progressbar"
                aria-label={`${label} of ${account}`}
                aria-valuemin={0}
                aria-valuemax={100}
                aria-valuenow={Math.floor(share * 100)}
                aria-valuetext={text}
                className="h-1.5 overflow-hidden rounded-full bg-sunken"
              >
                <div className="h-full bg-brand transition-[width]" style={{ width: `${share * 100}%` }} />
              </div>
              <span className="num text-note text-ink-3">{text}</span>
            </li>
          ))}
        </ul>
      )}
      {waiting > 0 && (
        <p className="num mt-2 text-note text-ink-3">
          {formatQuantity(waiting, "pull request")} to be read one by one: longer than a page, or just heard of.
        </p>
      )}
      {repositories.length > 0 && (
        <div className="mt-4">
          <DataTable
            caption={`What is being read of ${account}, and what failed`}
            columns={columnsOf(timeZone)}
            rows={repositories}
            rowKey={({ entity, repo }) => `${repo} ${entity}`}
            fold={FOLD}
          />
        </div>
      )}
    </ReportPanel>
  );
}

function stateText({ app, budgets, state, stateReason, waitUntil }: ConnectionItem, timeZone: string): string {
  if (state === "broken") {
    const reason = stateReason ?? "no reason given";
    return app === null
      ? `GitHub refuses the token: ${reason}. Connect again with a new one.`
      : `GitHub no longer lets the App in: ${reason}. Install it again, then try again.`;
  }
  if (state === "paused") return "Paused: GitHub is not asked, and what is known stays.";
  if (waitUntil !== null) return `Waiting for GitHub until ${formatDateTime(waitUntil, timeZone)}.`;
  const { graphql } = budgets;
  if (graphql === undefined) return "Followed.";
  return `Followed. ${formatCount(graphql.remaining)} of ${formatCount(graphql.limit)} points are left until ${formatDateTime(graphql.resetAt, timeZone)}.`;
}

const STATE_LABEL: Readonly<Record<SyncStatus["state"], string>> = {
  idle: "Waits",
  reading: "Reading",
  failed: "Failed",
  unavailable: "Not allowed",
};

function columnsOf(timeZone: string): DataColumn<SyncStatus>[] {
  return [
    { id: "repo", header: "Repository", rowHeader: true, sortValue: ({ repo }) => repo, cell: ({ repo }) => repo },
    { id: "what", header: "What", sortValue: ({ entity }) => entity, cell: ({ entity }) => ENTITY_LABEL[entity] },
    {
      id: "state",
      header: "State",
      sortValue: ({ state }) => state,
      cell: (status) => <State status={status} timeZone={timeZone} />,
    },
    {
      id: "read",
      header: "Read",
      align: "right",
      sortValue: ({ done }) => done,
      cell: ({ done, total }) => (
        <span className="num">
          {formatCount(done)}
          {total !== null && <span className="text-ink-3"> of {formatCount(total)}</span>}
        </span>
      ),
    },
    {
      id: "left",
      header: "Time left",
      align: "right",
      className: "max-md:hidden",
      cell: (status) => {
        const left = secondsLeftOf(status);
        return left === null ? <span className="text-ink-3">–</span> : formatHours(left / 3600);
      },
    },
  ];
}

function State({ status: { lastError, nextTryAt, state }, timeZone }: { status: SyncStatus; timeZone: string }) {
  if (lastError === null) return <>{STATE_LABEL[state]}</>;
  return (
    <span className="[overflow-wrap:anywhere]">
      <span className={state === "failed" ? "text-bad" : "text-warn"}>{STATE_LABEL[state]}</span>
      <span className="text-note text-ink-3">
        : {lastError}. Next try {formatDateTime(nextTryAt, timeZone)}.
      </span>
    </span>
  );
}
