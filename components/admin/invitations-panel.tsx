"use client";

import { ROLE_WORDS } from "@/components/account/role-words";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { ReportPanel } from "@/components/layout/report-panel";
import { queryKeys } from "@/components/query/query-keys";
import { useChange, useInvitations } from "@/components/query/use-account";
import { Button } from "@/components/ui/button";
import type { InvitationItem } from "@/lib/auth/types";
import { formatDateTime } from "@/lib/core/format";

/** Links that wait to be used; nothing when there are none. */
export function InvitationsPanel() {
  const { data = [] } = useInvitations();
  const revoke = useChange([queryKeys.invitations]);
  if (data.length === 0) return null;
  return (
    <ReportPanel title="Links that were not used yet">
      <DataTable
        caption="Invitations"
        columns={columnsOf((id) => revoke.mutate({ url: `/api/v1/invitations/${id}`, method: "DELETE" }))}
        rows={data}
        rowKey={({ id }) => id}
      />
    </ReportPanel>
  );
}

function columnsOf(revoke: (id: string) => void): DataColumn<InvitationItem>[] {
  return [
    {
      id: "email",
      header: "For",
      rowHeader: true,
      cell: ({ email }) => <span className="[overflow-wrap:anywhere]">{email}</span>,
    },
    {
      id: "purpose",
      header: "To",
      cell: ({ purpose, role }) =>
        purpose === "join" ? `join as ${ROLE_WORDS[role].label.toLowerCase()}` : "choose a new password",
    },
    {
      id: "expires",
      header: "Until (UTC)",
      className: "max-md:hidden",
      cell: ({ expiresAt }) => formatDateTime(expiresAt, "UTC"),
    },
    {
      id: "end",
      header: "Action",
      align: "right",
      cell: ({ email, id }) => (
        <Button size="sm" variant="outline" aria-label={`End the link for ${email}`} onClick={() => revoke(id)}>
          End
        </Button>
      ),
    },
  ];
}
