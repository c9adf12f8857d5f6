"use client";

import Link from "next/link";
import { DataTable } from "@/components/data-table/data-table";
import { ReportPanel } from "@/components/layout/report-panel";
import { queryKeys } from "@/components/query/query-keys";
import { useChange, useViews } from "@/components/query/use-account";
import { QueryError } from "@/components/reports/query-error";
import { Button } from "@/components/ui/button";

/** The pages that somebody saved by a name. */
export function ViewsPanel() {
  const { data, error, refetch } = useViews();
  const change = useChange([queryKeys.views]);
  if (error !== null && data === undefined) return <QueryError error={error} onRetry={() => refetch()} />;
  const own = (data ?? []).filter(({ isOwn }) => isOwn);
  return (
    <ReportPanel
      title="Saved views"
      note="Press Ctrl K on a report and type a name to save it with its period and filters."
    >
      {own.length === 0 ? (
        <p className="text-ink-2">None yet.</p>
      ) : (
        <DataTable
          caption="Saved views"
          rows={own}
          rowKey={({ id }) => String(id)}
          columns={[
            {
              id: "name",
              header: "Name",
              rowHeader: true,
              sortValue: ({ name }) => name,
              cell: ({ name, path }) => (
                <Link
                  prefetch={false}
                  href={path}
                  className="-my-1 inline-block py-1 underline-offset-3 hover:underline"
                >
                  {name}
                </Link>
              ),
            },
            { id: "shared", header: "Who finds it", cell: ({ isShared }) => (isShared ? "Everybody" : "You") },
            {
              id: "remove",
              header: "Action",
              align: "right",
              cell: ({ id, name }) => (
                <Button
                  size="sm"
                  variant="outline"
                  aria-label={`Remove: ${name}`}
                  disabled={change.isPending}
                  onClick={() => change.mutate({ url: `/api/v1/me/views/${id}`, method: "DELETE" })}
                >
                  Remove
                </Button>
              ),
            },
          ]}
        />
      )}
    </ReportPanel>
  );
}
