"use client";

import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { FilterChip } from "@/components/filters/filter-chip";
import { SearchText } from "@/components/filters/search-text";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { ReportPanel } from "@/components/layout/report-panel";
import { ShowMore } from "@/components/layout/show-more";
import { StateMessage } from "@/components/layout/state-message";
import { useDeliveries, useDoorTraffic } from "@/components/query/use-deliveries";
import { QueryError } from "@/components/reports/query-error";
import { formatCount, formatDateTime } from "@/lib/core/format";
import type { DeliveryItem } from "@/lib/events/types";
import { DeliveryDialog } from "./delivery-dialog";
import { DELIVERY_STATE_LABEL, DELIVERY_STATES, deliveryStateParser, SENDER_LABEL } from "./delivery-states";

/** What GitHub and other programs sent, what became of it, and the way to have it read again. */
export function DeliveriesPage() {
  const [state, setState] = useQueryState("state", deliveryStateParser);
  const [source, setSource] = useQueryState("source", parseAsString);
  const [q, setSearch] = useQueryState("q", parseAsString);
  const [opened, setOpened] = useState<string | null>(null);
  const senders = useDoorTraffic({ listens: false }).data?.items ?? [];
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useDeliveries({ state, source, q });
  if (error !== null && data === undefined) return <QueryError error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <PageSkeleton panels={1} />;
  const rows = data.pages.flatMap(({ items }) => items);
  const isNarrowed = state !== null || source !== null || q !== null;
  return (
    <>
      <PageHeader
        headline="Deliveries"
        lede="What GitHub and other programs sent, as it came, and what became of it. What is said twice counts once, in whatever order it comes; what was refused can be read again when its cause is gone."
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
        <label className="flex items-center gap-2 text-sm">
          <span className="sr-only">Sender</span>
          <select
            value={source ?? ""}
            onChange={(event) => setSource(event.currentTarget.value === "" ? null : event.currentTarget.value)}
            className="h-8 rounded-md border border-input bg-panel px-2 text-sm"
          >
            <option value="">All senders</option>
            {[...new Set([...senders.map((one) => one.source), ...(source === null ? [] : [source])])].map((one) => (
              <option key={one} value={one}>
                {SENDER_LABEL[one] ?? one}
              </option>
            ))}
          </select>
        </label>
        <SearchText value={q} label="Search what was sent" onSearch={setSearch} />
        <Link href="/connections" className="ml-auto text-sm underline underline-offset-3">
          Connections
        </Link>
      </div>
      <ReportPanel title={state === null ? "All deliveries" : DELIVERY_STATE_LABEL[state]}>
        {rows.length === 0 ? (
          <StateMessage compact title={isNarrowed ? "There are none" : "Nothing has been delivered yet"}>
            {!isNarrowed && "Connect an organisation at GitHub, or have a program tell: Connections says how."}
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
      cell: ({ action, event, id, source }) => (
        <>
          <button type="button" className="text-left underline underline-offset-3" onClick={() => open(id)}>
            {event}
            {action !== null && `, ${action.replaceAll("_", " ")}`}
          </button>
          <span className="block text-note font-normal text-ink-3 md:hidden">{SENDER_LABEL[source] ?? source}</span>
        </>
      ),
    },
    {
      id: "sender",
      header: "Sender",
      className: "max-md:hidden",
      cell: ({ source }) => SENDER_LABEL[source] ?? source,
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
