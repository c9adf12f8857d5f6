"use client";

import Link from "next/link";
import { useMemo } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { ByTags } from "@/components/metrics/by-tags";
import { Tag } from "@/components/metrics/tag";
import { CATEGORY_LABEL } from "@/lib/core/dimensions";
import { formatDate, formatHours, formatQuantity } from "@/lib/core/format";
import type { RollbackItem } from "@/lib/metrics/explorer/types";
import { rollbackReason } from "./rollback-evidence";

/** Which pull requests came back, after how long, and how that is known. */
export function RollbackTable({
  caption,
  items,
  timeZone,
  headless = false,
}: {
  caption: string;
  items: readonly RollbackItem[];
  timeZone: string;
  headless?: boolean;
}) {
  const columns = useMemo(() => columnsOf(timeZone), [timeZone]);
  return <DataTable caption={caption} columns={columns} rows={items} rowKey={(item) => item.id} headless={headless} />;
}

function columnsOf(timeZone: string): DataColumn<RollbackItem>[] {
  return [
    { id: "pullRequest", header: "Pull request", rowHeader: true, cell: (item) => <Target item={item} /> },
    {
      id: "task",
      header: "Task",
      className: "max-lg:hidden",
      cell: (item) => item.category !== null && <Tag>{CATEGORY_LABEL[item.category]}</Tag>,
    },
    {
      id: "by",
      header: "By",
      className: "max-sm:hidden",
      cell: (item) => <ByTags authorKind={item.authorKind} agents={item.agents} />,
    },
    {
      id: "after",
      header: "After",
      align: "right",
      cell: (item) => (item.hours === null ? <span className="text-ink-3">unknown</span> : formatHours(item.hours)),
    },
    {
      id: "when",
      header: "Reverted",
      align: "right",
      className: "max-lg:hidden",
      cell: (item) => <time dateTime={item.revert.at}>{formatDate(item.revert.at, timeZone)}</time>,
    },
    {
      id: "evidence",
      header: "How we know",
      className: "max-md:hidden md:pl-3",
      cell: (item) => <How item={item} />,
    },
  ];
}

function Target({ item }: { item: RollbackItem }) {
  const target = item.pullRequest;
  if (target === null) {
    return (
      <>
        {item.revert.title} <span className="text-note text-ink-3">{shortRepo(item.repo)}, target not found</span>
      </>
    );
  }
  const place = target.number === null ? shortRepo(target.repo) : `${shortRepo(target.repo)} #${target.number}`;
  return (
    <>
      {target.id === null ? (
        target.title
      ) : (
        <Link prefetch={false} href={`/pull-requests/${target.id}`} className="underline-offset-3 hover:underline">
          {target.title}
        </Link>
      )}{" "}
      <span className="text-note text-ink-3">{place}</span>
      <span className="mt-1 flex flex-wrap items-baseline gap-x-2 gap-y-1 md:hidden">
        <span className="sm:hidden">
          <ByTags authorKind={item.authorKind} agents={item.agents} />
        </span>
        <How item={item} />
      </span>
    </>
  );
}

/** One sentence; the whole evidence stands on the page of the pull request, or of the revert where it has none. */
function How({ item }: { item: RollbackItem }) {
  const { again, by, says, signs } = rollbackReason(item);
  const page = item.pullRequest?.id ?? item.revert.id;
  return (
    <span className="text-note text-ink-2">
      <ChangeLink change={by} /> {says}
      {again !== null && (
        <>
          ; landed again in <ChangeLink change={again} />
        </>
      )}
      {page !== null && signs > 1 && (
        <>
          {" · "}
          <Link
            prefetch={false}
            href={`/pull-requests/${page}`}
            className="whitespace-nowrap text-ink-3 underline decoration-line-strong underline-offset-3 hover:decoration-ink-3"
          >
            all {formatQuantity(signs, "sign")}
          </Link>
        </>
      )}
    </span>
  );
}

function ChangeLink({ change: { id, name } }: { change: { id: string | null; name: string } }) {
  if (id === null) return name;
  return (
    <Link
      prefetch={false}
      href={`/pull-requests/${id}`}
      className="text-ink underline decoration-line-strong underline-offset-3 hover:decoration-ink"
    >
      {name}
    </Link>
  );
}

function shortRepo(repo: string): string {
  return repo.slice(repo.indexOf("/") + 1);
}
