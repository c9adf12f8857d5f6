"use client";

import { useState } from "react";
import { ROLE_WORDS } from "@/components/account/role-words";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { ReportPanel } from "@/components/layout/report-panel";
import { useMe } from "@/components/layout/workspace-context";
import { useTeams, useUsers } from "@/components/query/use-account";
import { QueryError } from "@/components/reports/query-error";
import type { TeamChoice, UserItem } from "@/lib/auth/types";
import { formatDateTime, formatQuantity } from "@/lib/core/format";
import { InvitationsPanel } from "./invitations-panel";
import { InviteForm } from "./invite-form";
import { ProvidersPanel } from "./providers-panel";
import { UserDialog } from "./user-dialog";

/** Who can sign in, what they see, and the way to let somebody else in. */
export function UsersPage() {
  const users = useUsers();
  const teams = useTeams();
  const [opened, setOpened] = useState<string | null>(null);
  const failed = users.error ?? teams.error;
  if (failed !== null && (users.data === undefined || teams.data === undefined)) {
    return (
      <QueryError
        error={failed}
        onRetry={() => {
          users.refetch();
          teams.refetch();
        }}
      />
    );
  }
  if (users.data === undefined || teams.data === undefined) return <PageSkeleton panels={2} />;
  const active = users.data.filter(({ disabledAt }) => disabledAt === null).length;
  return (
    <>
      <PageHeader
        headline={`${formatQuantity(active, "person", "people")} can sign in`}
        lede="A role says what somebody may do. Leads and viewers see the teams that they were given, everybody else all of them."
      />
      <div className="grid gap-4">
        <ReportPanel title="Users">
          <DataTable caption="Users" columns={columnsOf(setOpened)} rows={users.data} rowKey={({ id }) => id} />
        </ReportPanel>
        <ReportPanel
          title="Invite somebody"
          note="You get a link to hand on: nothing is sent by mail. It works once, for a week."
        >
          <InviteForm teams={teams.data} />
        </ReportPanel>
        <InvitationsPanel />
        <ProvidersPanel teams={teams.data} />
      </div>
      <UserDialog
        key={opened}
        user={users.data.find(({ id }) => id === opened) ?? null}
        teams={teams.data}
        onClose={() => setOpened(null)}
      />
    </>
  );
}

function Seen({ disabledAt, lastSeenAt }: Pick<UserItem, "disabledAt" | "lastSeenAt">) {
  if (disabledAt !== null) return <span className="text-bad">Disabled</span>;
  return lastSeenAt === null ? <span className="text-ink-3">Not signed in</span> : formatDateTime(lastSeenAt, "UTC");
}

/** Names of teams, with the organisation where a name alone would not do. */
export function teamNames(teams: readonly TeamChoice[]): string {
  return teams.map(({ name }) => name).join(", ");
}

function Teams({ role, teams }: Pick<UserItem, "role" | "teams">) {
  if (role !== "lead" && role !== "viewer") return <span className="text-ink-3">All</span>;
  return teams.length === 0 ? <span className="text-warn">None: sees nothing</span> : teamNames(teams);
}

function NameCell({ onOpen, user: { email, id, name } }: { user: UserItem; onOpen: (id: string) => void }) {
  const me = useMe();
  return (
    <>
      <button type="button" className="text-left underline underline-offset-3" onClick={() => onOpen(id)}>
        {name}
      </button>
      {id === me.id && <span className="text-ink-3"> (you)</span>}
      <span className="block text-note font-normal text-ink-3 [overflow-wrap:anywhere]">{email}</span>
    </>
  );
}

function columnsOf(open: (id: string) => void): DataColumn<UserItem>[] {
  return [
    {
      id: "name",
      header: "Name",
      rowHeader: true,
      sortValue: ({ name }) => name.toLowerCase(),
      cell: (user) => <NameCell user={user} onOpen={open} />,
    },
    { id: "role", header: "Role", sortValue: ({ role }) => role, cell: ({ role }) => ROLE_WORDS[role].label },
    { id: "teams", header: "Sees", className: "max-md:hidden", cell: (user) => <Teams {...user} /> },
    {
      id: "factor",
      header: "Second factor",
      className: "max-md:hidden",
      sortValue: ({ twoFactor }) => Number(twoFactor),
      cell: ({ twoFactor }) => (twoFactor ? "Yes" : <span className="text-ink-3">No</span>),
    },
    {
      id: "seen",
      header: "Last seen (UTC)",
      sortValue: ({ lastSeenAt }) => lastSeenAt,
      cell: (user) => <Seen {...user} />,
    },
  ];
}
