"use client";

import Link from "next/link";
import { useMemo } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { ReportPanel } from "@/components/layout/report-panel";
import { useMe } from "@/components/layout/workspace-context";
import { formatCount, formatDate, formatDateRange, formatQuantity } from "@/lib/core/format";
import type { UnknownBotItem } from "@/lib/metrics/explorer/types";
import { groupUnknownBots, type UnknownBot } from "./group-unknown-bots";

/** Identities that look like programs and that no rule knows: for an admin to decide. */
export function UnknownBotsPanel({ bots, timeZone }: { bots: readonly UnknownBotItem[]; timeZone: string }) {
  const columns = useMemo(() => columnsOf(timeZone), [timeZone]);
  const rows = useMemo(() => groupUnknownBots(bots), [bots]);
  return (
    <ReportPanel
      title="Unknown bots"
      note="They look like programs, and no rule says which. They are never guessed to be an agent: whoever may change the rules can say what each of them is."
    >
      {bots.length === 0 ? (
        <p className="text-ink-2">None. Every bot-like author is known.</p>
      ) : (
        <DataTable
          caption="Unknown bots"
          columns={columns}
          rows={rows}
          rowKey={({ identity, role }) => `${role} ${identity}`}
        />
      )}
    </ReportPanel>
  );
}

function columnsOf(timeZone: string): DataColumn<UnknownBot>[] {
  return [
    {
      id: "name",
      header: "Name",
      rowHeader: true,
      sortValue: ({ name }) => name.toLowerCase(),
      cell: (bot) => (
        <>
          {bot.name}
          <span className="block text-note text-ink-3 [overflow-wrap:anywhere]">{bot.identity}</span>
          <SayWhatItIs bot={bot} />
          <span className="block text-note text-ink-3 md:hidden">
            {bot.role} in {placesOf(bot)}, for instance <Example bot={bot} />
          </span>
        </>
      ),
    },
    { id: "role", header: "As", className: "max-md:hidden", cell: ({ role }) => role },
    {
      id: "repositories",
      header: "In",
      className: "max-md:hidden",
      sortValue: ({ repositories }) => repositories.length,
      cell: (bot) => placesOf(bot),
    },
    {
      id: "pullRequests",
      header: "Pull requests",
      align: "right",
      sortValue: ({ pullRequests }) => pullRequests,
      cell: ({ pullRequests }) => formatCount(pullRequests),
    },
    {
      id: "seen",
      header: "Seen",
      align: "right",
      className: "max-lg:hidden",
      sortValue: ({ lastSeen }) => lastSeen,
      cell: ({ firstSeen, lastSeen }) =>
        firstSeen === lastSeen ? formatDate(lastSeen, timeZone) : formatDateRange(firstSeen, lastSeen, timeZone),
    },
    {
      id: "example",
      header: "For instance",
      align: "right",
      className: "max-md:hidden",
      cell: (bot) => <Example bot={bot} />,
    },
  ];
}

/** The way to a rule of its own, for whoever may make one. */
function SayWhatItIs({ bot: { identity } }: { bot: UnknownBot }) {
  const { permissions } = useMe();
  if (!permissions.includes("settings:manage")) return null;
  return (
    <Link
      prefetch={false}
      href={`/rules?${new URLSearchParams({ account: identity })}`}
      className="inline-flex min-h-6 items-center text-note underline underline-offset-3"
    >
      Say what it is
    </Link>
  );
}

function placesOf({ repositories }: UnknownBot): string {
  const [only] = repositories;
  return repositories.length === 1 && only !== undefined
    ? only
    : formatQuantity(repositories.length, "repository", "repositories");
}

function Example({ bot: { example } }: { bot: UnknownBot }) {
  return (
    <Link prefetch={false} href={`/pull-requests/${example.id}`} className="underline underline-offset-3">
      #{example.number}
    </Link>
  );
}
