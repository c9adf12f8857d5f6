"use client";

import Link from "next/link";
import { useMemo } from "react";
import { prepareSparkline } from "@/components/charts/prepare-sparkline";
import { Sparkline } from "@/components/charts/sparkline";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { ReportPanel } from "@/components/layout/report-panel";
import { Tag } from "@/components/metrics/tag";
import { formatCount, formatDate, formatDateTime, formatQuantity } from "@/lib/core/format";
import type { RepositoryHealth } from "@/lib/metrics/types";
import { CoverageBar } from "./coverage-bar";

/** One row per repository: what is in, up to when, how well it is marked, what is missing. */
export function RepositoriesPanel({
  repositories,
  timeZone,
}: {
  repositories: readonly RepositoryHealth[];
  timeZone: string;
}) {
  const columns = useMemo(() => columnsOf(timeZone), [timeZone]);
  return (
    <ReportPanel
      title="Repositories"
      note="Direct pushes are commits that landed without a pull request; they are in no rate. Marks are those of agents. The line is merged pull requests per week, 26 weeks up to the end of the repository's data."
    >
      <DataTable caption="Repositories" columns={columns} rows={repositories} rowKey={({ repo }) => repo} />
    </ReportPanel>
  );
}

function columnsOf(timeZone: string): DataColumn<RepositoryHealth>[] {
  return [
    {
      id: "repository",
      header: "Repository",
      className: "md:min-w-40",
      rowHeader: true,
      sortValue: ({ repo }) => repo,
      cell: (row) => <Name row={row} timeZone={timeZone} />,
    },
    {
      id: "completeTo",
      header: "Complete to",
      className: "max-md:hidden",
      sortValue: ({ completeTo }) => completeTo,
      cell: (row) => (
        <>
          <time dateTime={row.completeTo} className="whitespace-nowrap">
            {formatDateTime(row.completeTo, timeZone)}
          </time>
          <span className="block text-xs text-ink-3">{historyText(row, timeZone)}</span>
        </>
      ),
    },
    {
      id: "merged",
      header: "Merged",
      align: "right",
      sortValue: ({ merged }) => merged,
      cell: ({ merged }) => formatCount(merged),
    },
    {
      id: "landed",
      header: "Landed as",
      className: "max-lg:hidden",
      cell: (row) => <span className="text-note text-ink-2">{landedText(row)}</span>,
    },
    {
      id: "weekly",
      header: "26 weeks",
      className: "max-xl:hidden w-28",
      cell: (row) => <Weekly row={row} />,
    },
    {
      id: "coverage",
      header: "Agent marks",
      className: "max-lg:hidden",
      sortValue: ({ strong, weak, merged }) => (merged === 0 ? null : (strong + weak) / merged),
      cell: (row) => <CoverageBar {...row} />,
    },
    {
      id: "missing",
      header: "Missing",
      className: "max-md:hidden",
      cell: (row) => <Missing row={row} />,
    },
  ];
}

function Name({ row, timeZone }: { row: RepositoryHealth; timeZone: string }) {
  return (
    <>
      <Link
        prefetch={false}
        href={`/pull-requests?${new URLSearchParams({ repo: row.repo, period: "all" })}`}
        className="[overflow-wrap:anywhere] underline-offset-3 hover:underline"
      >
        <span className="text-ink-3">{row.org}/</span>
        <span className="font-medium">{row.repo.slice(row.org.length + 1)}</span>
      </Link>
      <span className="mt-0.5 flex flex-wrap items-center gap-1 text-xs text-ink-3">
        {row.branch}
        {row.isSample && " · sample"}
        {row.pending && <Tag>Being worked out</Tag>}
      </span>
      <div className="mt-1.5 grid gap-1.5 text-note text-ink-2 md:hidden">
        <p>
          Complete to {formatDateTime(row.completeTo, timeZone)}, {historyText(row, timeZone)}
        </p>
        <p>{capitalised(landedText(row))}</p>
        <CoverageBar {...row} />
        {row.missing.length > 0 && <Missing row={row} />}
      </div>
    </>
  );
}

function historyText({ completeFrom, history }: RepositoryHealth, timeZone: string): string {
  if (completeFrom === null) return "whole history";
  return `${history === "shallow" ? "cut off at" : "from"} ${formatDate(completeFrom, timeZone)}`;
}

function landedText({ direct, mergeCommit, merged, rebase, squash }: RepositoryHealth): string {
  const kinds = [
    { count: squash, name: "squashed" },
    { count: mergeCommit, name: "merge commits" },
    { count: rebase, name: "rebased" },
  ].filter(({ count }) => count > 0);
  const pushes = direct === 0 ? "no direct pushes" : formatQuantity(direct, "direct push", "direct pushes");
  const words = kinds.map(({ count, name }) => (count === merged ? `all ${name}` : `${formatCount(count)} ${name}`));
  return [...words, pushes].join(", ");
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function Weekly({ row }: { row: RepositoryHealth }) {
  const line = prepareSparkline(
    row.weekly.map(({ merged, week }, index) => ({
      bucket: week,
      value: merged,
      flags: index === row.weekly.length - 1 ? ["incomplete_bucket"] : [],
    })),
  );
  return (
    <div className="w-28">
      <Sparkline line={line} color="var(--agent)" />
    </div>
  );
}

function Missing({ row }: { row: RepositoryHealth }) {
  if (row.missing.length === 0) return <span className="text-ink-3">nothing known</span>;
  return (
    <ul className="grid gap-0.5 text-note text-ink-2">
      {row.missing.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
