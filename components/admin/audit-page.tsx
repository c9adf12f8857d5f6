"use client";

import { parseAsString, useQueryState } from "nuqs";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { FilterChip } from "@/components/filters/filter-chip";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { ReportPanel } from "@/components/layout/report-panel";
import { ShowMore } from "@/components/layout/show-more";
import { StateMessage } from "@/components/layout/state-message";
import { useAudit } from "@/components/query/use-account";
import { QueryError } from "@/components/reports/query-error";
import type { AuditItem } from "@/lib/audit/types";
import { formatDateTime } from "@/lib/core/format";
import { actionWords, changeWords } from "./audit-words";

/** Starts of actions, as the filter offers them. */
const KINDS = [
  ["", "All"],
  ["sign_in", "Sign-ins"],
  ["user", "Users"],
  ["invitation", "Invitations"],
  ["key", "Keys"],
  ["connection", "Connections"],
  ["export", "Downloads"],
] as const;

const textParser = parseAsString.withDefault("").withOptions({ history: "push" });

/** Who did what, from where: lines that nobody can change unseen. */
export function AuditPage() {
  const [action, setAction] = useQueryState("action", textParser);
  const [actor, setActor] = useQueryState("actor", textParser);
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useAudit({ action, actor });
  if (error !== null && data === undefined) return <QueryError error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <PageSkeleton panels={1} />;
  const rows = data.pages.flatMap(({ items }) => items);
  const query = new URLSearchParams({ ...(action !== "" && { action }), ...(actor !== "" && { actor }) });
  return (
    <>
      <PageHeader
        headline="Who did what, and from where"
        lede={
          <>
            Each line is chained to the one before it. <code>fleetgauge verify</code> finds any that was changed,
            deleted or moved.
          </>
        }
      />
      <div className="mb-4 flex flex-wrap items-center gap-2">
        {KINDS.map(([value, label]) => (
          <FilterChip
            key={value}
            look={action === value ? "set" : "offering"}
            aria-pressed={action === value}
            onClick={() => setAction(value)}
          >
            {label}
          </FilterChip>
        ))}
        {actor !== "" && (
          <FilterChip onClick={() => setActor("")} aria-label="Show everybody">
            Only one person ×
          </FilterChip>
        )}
        <a href={`/api/v1/audit/export?${query}`} className="ml-auto text-sm underline underline-offset-3">
          CSV
        </a>
      </div>
      <ReportPanel title="Audit log">
        {rows.length === 0 ? (
          <StateMessage compact title="There is nothing of this kind yet" />
        ) : (
          <DataTable caption="Audit log" columns={columnsOf(setActor)} rows={rows} rowKey={({ seq }) => String(seq)} />
        )}
        {hasNextPage && <ShowMore loading={isFetchingNextPage} onClick={() => fetchNextPage()} />}
      </ReportPanel>
    </>
  );
}

function columnsOf(onlyActor: (actor: string) => void): DataColumn<AuditItem>[] {
  return [
    { id: "at", header: "When (UTC)", cell: ({ at }) => formatDateTime(at, "UTC") },
    {
      id: "actor",
      header: "Who",
      cell: ({ actor: { address, id, name } }) => (
        <>
          {id === null ? (
            name
          ) : (
            <button type="button" className="text-left underline underline-offset-3" onClick={() => onlyActor(id)}>
              {name}
            </button>
          )}
          {address !== null && <span className="block text-note text-ink-3">{address}</span>}
        </>
      ),
    },
    { id: "action", header: "What", rowHeader: true, cell: (item) => actionWords(item) },
    {
      id: "change",
      header: "Change",
      className: "max-md:hidden",
      cell: (item) => <span className="[overflow-wrap:anywhere]">{changeWords(item)}</span>,
    },
  ];
}
