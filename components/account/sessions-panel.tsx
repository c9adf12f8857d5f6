"use client";

import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { ReportPanel } from "@/components/layout/report-panel";
import { queryKeys } from "@/components/query/query-keys";
import { useChange, useSessions } from "@/components/query/use-account";
import { QueryError } from "@/components/reports/query-error";
import { Button } from "@/components/ui/button";
import type { SessionItem } from "@/lib/auth/types";
import { formatDateTime } from "@/lib/core/format";
import { deviceName } from "./device-name";

/** Where somebody is signed in, and the way out of there. */
export function SessionsPanel() {
  const { data, error, refetch } = useSessions();
  const end = useChange([queryKeys.sessions]);
  const endAt = (url: string) => end.mutate({ url, method: "DELETE" });
  if (error !== null && data === undefined) return <QueryError error={error} onRetry={() => refetch()} />;
  const sessions = data ?? [];
  return (
    <ReportPanel
      title="Where you are signed in"
      tools={
        sessions.length > 1 && (
          <Button size="sm" variant="outline" disabled={end.isPending} onClick={() => endAt("/api/v1/me/sessions")}>
            End all others
          </Button>
        )
      }
    >
      <DataTable
        caption="Sessions"
        columns={columnsOf((id) => endAt(`/api/v1/me/sessions/${id}`))}
        rows={sessions}
        rowKey={({ id }) => id}
      />
    </ReportPanel>
  );
}

function columnsOf(end: (id: string) => void): DataColumn<SessionItem>[] {
  return [
    {
      id: "device",
      header: "Device",
      rowHeader: true,
      cell: ({ address, userAgent }) => (
        <>
          {deviceName(userAgent)}
          {address !== null && <span className="block text-note font-normal text-ink-3">{address}</span>}
        </>
      ),
    },
    { id: "seen", header: "Last seen (UTC)", cell: ({ lastSeenAt }) => formatDateTime(lastSeenAt, "UTC") },
    {
      id: "since",
      header: "Signed in (UTC)",
      className: "max-md:hidden",
      cell: ({ createdAt }) => formatDateTime(createdAt, "UTC"),
    },
    {
      id: "end",
      header: "Action",
      align: "right",
      cell: ({ current, id, userAgent }) =>
        current ? (
          <span className="text-ink-3">This one</span>
        ) : (
          <Button size="sm" variant="outline" aria-label={`End: ${deviceName(userAgent)}`} onClick={() => end(id)}>
            End
          </Button>
        ),
    },
  ];
}
