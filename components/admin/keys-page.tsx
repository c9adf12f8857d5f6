"use client";

import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { ReportPanel } from "@/components/layout/report-panel";
import { StateMessage } from "@/components/layout/state-message";
import { queryKeys } from "@/components/query/query-keys";
import { useApiKeys, useChange } from "@/components/query/use-account";
import { QueryError } from "@/components/reports/query-error";
import { Button } from "@/components/ui/button";
import type { ApiKeyItem } from "@/lib/auth/types";
import { formatDateTime } from "@/lib/core/format";
import { KeyForm } from "./key-form";

const STATE_WORDS: Readonly<Record<ApiKeyItem["state"], string>> = {
  active: "Active",
  expired: "Expired",
  revoked: "Revoked",
  creator_disabled: "Its maker is disabled",
};

/** Keys for programs: what they may do, when they were used, and the way to end them. */
export function KeysPage() {
  const { data, error, refetch } = useApiKeys();
  const revoke = useChange([queryKeys.apiKeys]);
  if (error !== null && data === undefined) return <QueryError error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <PageSkeleton panels={2} />;
  return (
    <>
      <PageHeader
        headline="Keys for programs"
        lede={
          <>
            A program sends its key as <code>Authorization: Bearer fg_…</code> and may do what its scopes say. Only a
            digest is stored.
          </>
        }
      />
      <div className="grid gap-4">
        <ReportPanel title="Make a key" note="It is shown once.">
          <KeyForm />
        </ReportPanel>
        <ReportPanel title="Keys">
          {data.length === 0 ? (
            <StateMessage compact title="There are no keys yet">
              <p>Make one for each program, so that it can be ended alone.</p>
            </StateMessage>
          ) : (
            <DataTable
              caption="Keys"
              columns={columnsOf((id) => revoke.mutate({ url: `/api/v1/api-keys/${id}`, method: "DELETE" }))}
              rows={data}
              rowKey={({ id }) => id}
            />
          )}
        </ReportPanel>
      </div>
    </>
  );
}

function columnsOf(revoke: (id: string) => void): DataColumn<ApiKeyItem>[] {
  return [
    {
      id: "name",
      header: "Name",
      rowHeader: true,
      cell: ({ creator, lastUsedAt, name, prefix, scopes }) => (
        <>
          <span className="[overflow-wrap:anywhere]">{name}</span>
          <span className="block text-note font-normal text-ink-3">
            {prefix}… · {creator ?? "environment or command line"}
          </span>
          <span className="block text-note font-normal text-ink-3 md:hidden">
            {scopes.join(", ")} ·{" "}
            {lastUsedAt === null ? "never used" : `last used ${formatDateTime(lastUsedAt, "UTC")} UTC`}
          </span>
        </>
      ),
    },
    { id: "scopes", header: "Scopes", className: "max-md:hidden", cell: ({ scopes }) => scopes.join(", ") },
    {
      id: "used",
      header: "Last used (UTC)",
      className: "max-md:hidden",
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="text-ink-3">Never</span> : formatDateTime(lastUsedAt, "UTC"),
    },
    {
      id: "state",
      header: "State",
      cell: ({ expiresAt, state }) => (
        <>
          <span className={state === "active" ? undefined : "text-ink-3"}>{STATE_WORDS[state]}</span>
          {state === "active" && expiresAt !== null && (
            <span className="block text-note text-ink-3">until {formatDateTime(expiresAt, "UTC")}</span>
          )}
        </>
      ),
    },
    {
      id: "end",
      header: "Action",
      align: "right",
      cell: ({ id, name, state }) =>
        state === "active" && (
          <Button size="sm" variant="outline" aria-label={`Revoke ${name}`} onClick={() => revoke(id)}>
            Revoke
          </Button>
        ),
    },
  ];
}
