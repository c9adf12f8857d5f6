"use client";

import Link from "next/link";
import { useMemo } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import type { DataTableSort } from "@/components/data-table/sort-rows";
import { useNameOf } from "@/components/filters/use-filters";
import { ByTags } from "@/components/metrics/by-tags";
import { Tag } from "@/components/metrics/tag";
import { CATEGORY_LABEL, EXCLUSION_LABEL, UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import { formatCount, formatDate, formatHours, formatQuantity } from "@/lib/core/format";
import type { PullRequestItem } from "@/lib/metrics/explorer/types";

type NameOfTeam = (team: string | null) => string;
/** How what is listed ended; null: merged. */
type Ended = "closed" | "any" | null;

/** The list: a table where there is room, one block per pull request where there is not. The server sorts it. */
export function FactTable({
  items,
  ended,
  timeZone,
  sort,
  onSort,
}: {
  items: readonly PullRequestItem[];
  ended: Ended;
  timeZone: string;
  sort: DataTableSort;
  onSort: (sort: DataTableSort | null) => void;
}) {
  const nameOf = useNameOf();
  const columns = useMemo(
    () => columnsOf(timeZone, (team) => nameOf("team", team ?? UNASSIGNED_TEAM), ended),
    [timeZone, nameOf, ended],
  );
  return (
    <DataTable
      caption="Pull requests"
      columns={columns}
      rows={items}
      rowKey={(item) => item.id}
      fixed
      sort={sort}
      onSort={onSort}
    />
  );
}

const HEADER = { merged: "Merged", closed: "Closed", any: "Ended" } as const;

function columnsOf(timeZone: string, teamName: NameOfTeam, ended: Ended): DataColumn<PullRequestItem>[] {
  return [
    {
      id: "pullRequest",
      header: "Pull request",
      rowHeader: true,
      cell: (item) => <Title item={item} timeZone={timeZone} teamName={teamName} isMixed={ended === "any"} />,
    },
    {
      id: "task",
      header: "Task",
      className: "w-[16%] max-lg:hidden xl:w-[14%]",
      cell: (item) => <Tag>{CATEGORY_LABEL[item.category]}</Tag>,
    },
    {
      id: "by",
      header: "By",
      className: "w-[24%] max-md:hidden lg:w-[18%] xl:w-[16%]",
      cell: (item) => <ByTags authorKind={item.authorKind} agents={item.agents} />,
    },
    { id: "team", header: "Team", className: "w-[12%] max-xl:hidden", cell: (item) => teamName(item.team) },
    {
      id: "mergedAt",
      header: HEADER[ended ?? "merged"],
      align: "right",
      className: "w-1/5 max-md:hidden lg:w-[14%] xl:w-[11%]",
      sortValue: (item) => item.mergedAt,
      cell: (item) => <time dateTime={item.mergedAt}>{formatDate(item.mergedAt, timeZone)}</time>,
    },
    {
      id: "effectiveLines",
      header: "Lines",
      align: "right",
      className: "w-[9%] max-lg:hidden xl:w-[8%]",
      sortValue: (item) => item.effectiveLines,
      cell: (item) =>
        item.effectiveLines === null ? (
          <span className="text-ink-3">{item.outcome === "closed" ? "none landed" : "unknown"}</span>
        ) : (
          formatCount(item.effectiveLines)
        ),
    },
    {
      id: "hoursToRollback",
      header: "Rolled back after",
      align: "right",
      className: "w-[28%] max-md:hidden lg:w-[19%] xl:w-[13%]",
      sortValue: (item) => item.hoursToRollback,
      cell: (item) => <RolledBack item={item} />,
    },
  ];
}

function Title({
  item,
  timeZone,
  teamName,
  isMixed,
}: {
  item: PullRequestItem;
  timeZone: string;
  teamName: NameOfTeam;
  /** Whether the list holds both endings, so that each row says its own. */
  isMixed: boolean;
}) {
  return (
    <>
      <Link
        prefetch={false}
        href={`/pull-requests/${item.id}`}
        className="font-medium [overflow-wrap:anywhere] underline-offset-3 hover:underline"
      >
        {item.title}
      </Link>{" "}
      <span className="text-note whitespace-nowrap text-ink-3">
        {item.repo.slice(item.repo.indexOf("/") + 1)} #{item.number}
      </span>
      {isMixed && item.outcome === "closed" && <span className="text-note text-ink-3"> · closed without a merge</span>}
      {item.exclusion !== "none" && (
        <span className="text-note text-ink-3"> · not counted: {EXCLUSION_LABEL[item.exclusion]}</span>
      )}
      <div className="mt-1 grid gap-1 text-note text-ink-2 md:hidden">
        <p className="flex flex-wrap items-center gap-1">
          <ByTags authorKind={item.authorKind} agents={item.agents} />
          <Tag>{CATEGORY_LABEL[item.category]}</Tag>
        </p>
        <p>
          {teamName(item.team)} · <time dateTime={item.mergedAt}>{formatDate(item.mergedAt, timeZone)}</time> ·{" "}
          {item.outcome === "closed"
            ? "never landed"
            : item.effectiveLines === null
              ? "lines unknown"
              : formatQuantity(item.effectiveLines, "line")}
          {item.hoursToRollback !== null && (
            <>
              {" · "}
              <span className="text-bad">rolled back after {formatHours(item.hoursToRollback)}</span>
            </>
          )}
        </p>
      </div>
    </>
  );
}

function RolledBack({ item }: { item: PullRequestItem }) {
  if (item.outcome === "closed") return <span className="text-ink-3">never landed</span>;
  if (item.hoursToRollback === null) return <span className="text-ink-3">no</span>;
  return <span className="font-medium text-bad">{formatHours(item.hoursToRollback)}</span>;
}
