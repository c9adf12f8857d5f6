"use client";

import Link from "next/link";
import { useMemo } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { useNameOf } from "@/components/filters/use-filters";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { metricsCsvHref } from "@/components/query/export-href";
import { formatCount, formatPercent } from "@/lib/core/format";
import type { MetricRow, MetricsRequest } from "@/lib/metrics/types";
import { IntervalCell, RateCell } from "./rate-cell";
import { useBehind } from "./use-behind";

type GroupDimension = "agent" | "team" | "repo";

interface GroupRow {
  value: string;
  name: string;
  merged: MetricRow | undefined;
  share: MetricRow | undefined;
  within24h: MetricRow | undefined;
  within7d: MetricRow | undefined;
}

/** Rows before "Show all": about the height of the panel beside it. */
const FOLD = 9;

const HEAD: Record<GroupDimension, string> = { agent: "Agent", team: "Team", repo: "Repository" };

/** Merged, share and rolled back for each agent, team or repository. Alphabetical: it is not a league table. */
export function GroupTablePanel({
  title,
  note,
  dimension,
  rows,
  request,
  pending,
  busy,
  className,
}: {
  title: string;
  note: string;
  dimension: GroupDimension;
  /** Rows by metric; a metric that is left out has no column. */
  rows: {
    merged: readonly MetricRow[];
    share?: readonly MetricRow[];
    within24h?: readonly MetricRow[];
    within7d: readonly MetricRow[];
  };
  request: MetricsRequest;
  /** There is no answer yet. */
  pending: boolean;
  busy: boolean;
  className?: string;
}) {
  const nameOf = useNameOf();
  const behind = useBehind();
  const groups = useMemo(() => {
    const find = (list: readonly MetricRow[] | undefined, value: string) =>
      list?.find((row) => row.group[dimension] === value);
    const values = rows.merged.flatMap((row) => ((row.value ?? 0) > 0 ? (row.group[dimension] ?? []) : []));
    return values
      .map(
        (value): GroupRow => ({
          value,
          name: nameOf(dimension, value),
          merged: find(rows.merged, value),
          share: find(rows.share, value),
          within24h: find(rows.within24h, value),
          within7d: find(rows.within7d, value),
        }),
      )
      .toSorted((a, b) => a.name.localeCompare(b.name));
  }, [rows, dimension, nameOf]);

  const columns = useMemo((): DataColumn<GroupRow>[] => {
    const narrow = (metric: string, value: string) => behind(metric, { [dimension]: [value] });
    const rate = (
      id: string,
      header: string,
      of: (group: GroupRow) => MetricRow | undefined,
    ): DataColumn<GroupRow> => ({
      id,
      header,
      align: "right",
      // Small samples are not ranked: they stay below in either direction.
      sortValue: (group) =>
        of(group)?.flags.some((flag) => flag === "few" || flag === "small_sample") ? null : (of(group)?.value ?? null),
      cell: (group) => (
        <Link
          prefetch={false}
          href={narrow(id, group.value)}
          className="-my-1 inline-block py-1 underline-offset-3 hover:underline"
        >
          <RateCell row={of(group)} />
          {id === "rollback_rate_7d" && (
            <span className="block text-xs @md:hidden">
              <IntervalCell row={of(group)} />
            </span>
          )}
        </Link>
      ),
    });
    return [
      {
        id: "name",
        header: HEAD[dimension],
        rowHeader: true,
        sortValue: (group) => group.name,
        cell: (group) => (
          <Link
            prefetch={false}
            href={narrow("agent_prs_merged", group.value)}
            className="-my-1 inline-block py-1 underline-offset-3 hover:underline"
          >
            {group.name}
          </Link>
        ),
      },
      {
        id: "merged",
        header: "Merged",
        align: "right",
        // On a phone two rates leave no room, and each says its own n.
        ...(rows.within24h !== undefined && { className: "hidden @sm:table-cell" }),
        sortValue: (group) => group.merged?.value ?? null,
        cell: (group) => formatCount(group.merged?.value ?? 0),
      },
      ...(rows.share === undefined ? [] : [shareColumn(dimension)]),
      ...(rows.within24h === undefined ? [] : [rate("rollback_rate_24h", "Within 24 h", (group) => group.within24h)]),
      rate(
        "rollback_rate_7d",
        rows.within24h === undefined ? "Rolled back, 7 d" : "Within 7 d",
        (group) => group.within7d,
      ),
      intervalColumn,
    ];
  }, [dimension, behind, rows]);

  return (
    <MetricPanel
      title={title}
      note={note}
      csvHref={metricsCsvHref(request)}
      pending={pending}
      busy={busy}
      className={className}
    >
      {groups.length === 0 ? (
        <StateMessage compact title="None merged in this period" />
      ) : (
        <DataTable caption={title} columns={columns} rows={groups} rowKey={(group) => group.value} fold={FOLD} />
      )}
    </MetricPanel>
  );
}

const intervalColumn: DataColumn<GroupRow> = {
  id: "interval",
  header: "95 % interval",
  align: "right",
  className: "hidden @md:table-cell",
  cell: (group) => <IntervalCell row={group.within7d} />,
};

const shareColumn = (dimension: GroupDimension): DataColumn<GroupRow> => ({
  id: "share",
  header: dimension === "agent" ? "Share of all" : "Agent share",
  align: "right",
  className: "hidden @sm:table-cell",
  sortValue: (group) => group.share?.value ?? null,
  cell: (group) =>
    group.share?.value == null || group.share.flags.includes("few") ? (
      <span className="text-ink-3">too few</span>
    ) : (
      formatPercent(group.share.value, 1)
    ),
});
