"use client";

import Link from "next/link";
import { useQueryState } from "nuqs";
import { useState } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { FilterChip } from "@/components/filters/filter-chip";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { ReportPanel } from "@/components/layout/report-panel";
import { ShowMore } from "@/components/layout/show-more";
import { StateMessage } from "@/components/layout/state-message";
import { useDeliveries } from "@/components/query/use-deliveries";
import { QueryError } from "@/components/reports/query-error";
import { formatCount, formatDateTime } from "@/lib/core/format";
import type { DeliveryItem } from "@/lib/events/types";
import { DeliveryDialog } from "./delivery-dialog";
import { DELIVERY_STATE_LABEL, DELIVERY_STATES, deliveryStateParser } from "./delivery-states";

/** What GitHub sent, what became of it, and the way to have it read again. */
export function DeliveriesPage() {
  const [state, setState] = useQueryState("state", deliveryStateParser);
  const [opened, setOpened] = useState<string | null>(null);
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useDeliveries(state);
  if (error !== null && data === undefined) return <QueryError error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <PageSkeleton panels={1} />;
  const rows = data.pages.flatMap(({ items }) => items);
  return (
    <>
      <PageHeader
        headline="Deliveries of webhooks"
        lede="A delivery says where something happened, and GitHub is asked what: so it does not matter in which order they come, or how often. What is lost is met by the next look."
      />
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <FilterChip
          look={state === null ? "set" : "offering"}
          aria-pressed={state === null}
          onClick={() => setState(null)}
        >
          All
        </FilterChip>
        {DELIVERY_STATES.map((one) => (
          <FilterChip
            key={one}
            look={state === one ? "set" : "offering"}
            aria-pressed={state === one}
            onClick={() => setState(one)}
          >
            {DELIVERY_STATE_LABEL[one]}
          </FilterChip>
        ))}
        <Link href="/connections" className="ml-auto text-sm underline underline-offset-3">
          Connections
        </Link>
      </div>
      <ReportPanel title={state === null ? "All deliveries" : DELIVERY_STATE_LABEL[state]}>
        {rows.length === 0 ? (
          <StateMessage compact title={state === null ? "Nothing has been delivered yet" : "There are none"}>
            {state === null && "Add a webhook at GitHub with the secret that connecting an organisation showed."}
          </StateMessage>
        ) : (
          <DataTable caption="Deliveries" columns={columnsOf(setOpened)} rows={rows} rowKey={({ id }) => id} />
        )}
        {hasNextPage && <ShowMore loading={isFetchingNextPage} onClick={() => fetchNextPage()} />}
      </ReportPanel>
      <DeliveryDialog id={opened} onClose={() => setOpened(null)} />
    </>
  );
}

function columnsOf(open: (id: string) => void): DataColumn<DeliveryItem>[] {
  return [
    {
      id: "event",
      header: "Event",
      rowHeader: true,
      cell: ({ action, event, id }) => (
        <button type="button" className="text-left underline underline-offset-3" onClick={() => open(id)}>
          {event}
          {action !== null && `, ${action.replaceAll("_", " ")}`}
        </button>
      ),
    },
    { id: "received", header: "Received (UTC)", cell: ({ receivedAt }) => formatDateTime(receivedAt, "UTC") },
    {
      id: "state",
      header: "State",
      cell: ({ reason, state }) => (
        <span className="[overflow-wrap:anywhere]">
          <span className={state === "failed" ? "text-bad" : undefined}>{DELIVERY_STATE_LABEL[state]}</span>
          {reason !== null && <span className="text-note text-ink-3">: {reason}</span>}
        </span>
      ),
    },
    {
      id: "bytes",
      header: "Bytes",
      align: "right",
      className: "max-md:hidden",
      cell: ({ bytes }) => formatCount(bytes),
    },
  ];
}
