"use client";

import Link from "next/link";
import { useMemo } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { formatDateTime } from "@/lib/core/format";
import type { OperationItem } from "@/lib/metrics/explorer/types";
import { furtherPullRequests, whatHappened } from "./what-happened";

const SHORT_SHA = 7;
/** Pull requests that a row names. */
const NAMED = 3;

/** What was deployed or broke, when, and what became of it. */
export function OperationTable({
  caption,
  items,
  timeZone,
}: {
  caption: string;
  items: readonly OperationItem[];
  timeZone: string;
}) {
  const columns = useMemo(() => columnsOf(timeZone), [timeZone]);
  return <DataTable caption={caption} columns={columns} rows={items} rowKey={({ id }) => id} />;
}

function columnsOf(timeZone: string): DataColumn<OperationItem>[] {
  return [
    { id: "what", header: "What", rowHeader: true, cell: (item) => <What item={item} timeZone={timeZone} /> },
    { id: "happened", header: "What happened", className: "max-md:hidden", cell: whatHappened },
    { id: "brought", header: "Pull requests", className: "max-lg:hidden", cell: (item) => <Brought item={item} /> },
    {
      id: "when",
      header: "When",
      align: "right",
      className: "max-md:hidden",
      cell: ({ at }) => <time dateTime={at}>{formatDateTime(at, timeZone)}</time>,
    },
  ];
}

function What({ item, timeZone }: { item: OperationItem; timeZone: string }) {
  const { at, kind, name, repo, service } = item;
  const repository = repo.slice(repo.indexOf("/") + 1);
  const place = service === null || service === repository ? repository : `${repository}, ${service}`;
  return (
    <>
      <span className={kind === "incident" ? "" : "font-mono text-note"}>
        {kind === "incident" ? name : name.slice(0, SHORT_SHA)}
      </span>{" "}
      <span className="text-note text-ink-3">{place}</span>
      <span className="mt-0.5 block text-note text-ink-2 md:hidden">
        {whatHappened(item)} · <time dateTime={at}>{formatDateTime(at, timeZone)}</time>
      </span>
      <span className="mt-0.5 block text-note lg:hidden">
        <Brought item={item} />
      </span>
    </>
  );
}

function Brought({ item }: { item: OperationItem }) {
  const named = item.pullRequests.slice(0, NAMED);
  const more = furtherPullRequests(item, named.length);
  return (
    <>
      {named.map(({ id, number }, index) => (
        <span key={id}>
          {index > 0 && ", "}
          <Link prefetch={false} href={`/pull-requests/${id}`} className="underline-offset-3 hover:underline">
            #{number}
          </Link>
        </span>
      ))}
      {more !== null && <span className="text-ink-3"> {more}</span>}
    </>
  );
}
