"use client";

import Link from "next/link";
import { useMemo } from "react";
import { prepareSparkline } from "@/components/charts/prepare-sparkline";
import { Sparkline } from "@/components/charts/sparkline";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { ReportPanel } from "@/components/layout/report-panel";
import { capitalised, formatCount, formatDate, formatDateTime, formatList, formatQuantity } from "@/lib/core/format";
import type { RepositoryHealth } from "@/lib/metrics/explorer/types";
import { CoverageBar } from "./coverage-bar";
import { type RankedRepository, rankRepositories } from "./rank-repositories";

/** Rows before "Show all" where nothing, or nearly everything, needs attention. */
const FOLD = { least: 8, most: 24 };

/** One row per repository: what is in, up to when, how well it is marked, what is missing. */
export function RepositoriesPanel({
  repositories,
  timeZone,
}: {
  repositories: readonly RepositoryHealth[];
  timeZone: string;
}) {
  const { missingInAll, rows } = useMemo(() => rankRepositories(repositories), [repositories]);
  const concerned = rows.filter(({ needsAttention }) => needsAttention).length;
  const lacks = rows.some(({ missing, state }) => missing.length + state.length > 0);
  const columns = useMemo(() => columnsOf(timeZone, lacks), [timeZone, lacks]);
  return (
    <ReportPanel
      title="Repositories"
      note={`${
        concerned === 0
          ? `All ${formatCount(rows.length)} are in order.`
          : `${formatCount(concerned)} of ${formatCount(rows.length)} need a look and stand first.`
      } Direct pushes landed without a pull request and are in no rate. Marks are those of agents. The line is merged pull requests per week, 26 weeks up to the end of the data.${missingInAll.length === 0 ? "" : ` In none of them: ${formatList(missingInAll)}.`}`}
    >
      <DataTable
        caption="Repositories"
        columns={columns}
        rows={rows}
        rowKey={({ repo }) => repo}
        fixed
        fold={Math.min(FOLD.most, Math.max(FOLD.least, concerned))}
      />
    </ReportPanel>
  );
}

function columnsOf(timeZone: string, lacks: boolean): DataColumn<RankedRepository>[] {
  return [
    {
      id: "repository",
      header: "Repository",
      rowHeader: true,
      sortValue: ({ repo }) => repo,
      cell: (row) => <Name row={row} timeZone={timeZone} />,
    },
    {
      id: "completeTo",
      header: "Complete to",
      className: "w-[30%] max-md:hidden lg:w-1/5",
      sortValue: ({ completeTo }) => completeTo,
      cell: (row) => (
        <time dateTime={row.completeTo}>
          {formatDateTime(row.completeTo, timeZone)}
          <span className="text-note text-ink-3">, {historyText(row, timeZone)}</span>
        </time>
      ),
    },
    {
      id: "merged",
      header: "Merged",
      align: "right",
      className: "w-1/4 md:w-[15%] lg:w-[11%] xl:w-[9%]",
      sortValue: ({ merged }) => merged,
      cell: ({ merged }) => formatCount(merged),
    },
    {
      id: "landed",
      header: "Landed as",
      className: lacks ? "w-[16%] max-xl:hidden" : "w-[17%] max-lg:hidden",
      cell: (row) => <span className="text-note text-ink-2">{landedText(row)}</span>,
    },
    {
      id: "weekly",
      header: "26 weeks",
      className: lacks ? "w-[9%] max-2xl:hidden" : "w-[12%] max-xl:hidden",
      cell: (row) => <Weekly row={row} />,
    },
    {
      id: "coverage",
      header: "Agent marks",
      className: "w-[28%] max-lg:hidden xl:w-[21%]",
      sortValue: ({ strong, weak, merged }) => (merged === 0 ? null : (strong + weak) / merged),
      cell: (row) => <CoverageBar {...row} />,
    },
    ...(lacks
      ? [
          {
            id: "missing",
            header: "Missing",
            className: "w-[27%] max-md:hidden lg:w-1/5 xl:w-[17%]",
            cell: (row: RankedRepository) => <Lacks row={row} />,
          },
        ]
      : []),
  ];
}

function Name({ row, timeZone }: { row: RankedRepository; timeZone: string }) {
  return (
    <>
      <Link
        prefetch={false}
        href={`/pull-requests?${new URLSearchParams({ repo: row.repo, period: "all" })}`}
        className="[overflow-wrap:anywhere] underline-offset-3 hover:underline"
      >
        <span className="text-ink-3">{row.org}/</span>
        <span className="font-medium">{row.repo.slice(row.org.length + 1)}</span>
      </Link>{" "}
      <span className="text-xs text-ink-3">{row.branch}</span>
      <div className="mt-1.5 grid gap-1.5 text-note text-ink-2 md:hidden">
        <p>
          Complete to {formatDateTime(row.completeTo, timeZone)}, {historyText(row, timeZone)}
        </p>
        <p>{capitalised(landedText(row))}</p>
        <CoverageBar {...row} />
        <Lacks row={row} />
      </div>
    </>
  );
}

function historyText({ completeFrom, history }: RepositoryHealth, timeZone: string): string {
  if (completeFrom === null) return "whole history";
  const how = history === "shallow" ? "cut off at" : history === "told" ? "told from" : "from";
  return `${how} ${formatDate(completeFrom, timeZone)}`;
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

function Weekly({ row }: { row: RepositoryHealth }) {
  const line = prepareSparkline(
    row.weekly.map(({ merged, week }, index) => ({
      bucket: week,
      value: merged,
      flags: index === row.weekly.length - 1 ? ["incomplete_bucket"] : [],
    })),
  );
  return (
    <div className="w-24 *:mt-0 *:h-5">
      <Sparkline line={line} color="var(--agent)" />
    </div>
  );
}

function Lacks({ row: { missing, state } }: { row: RankedRepository }) {
  if (missing.length + state.length === 0) return null;
  return (
    <ul className="grid gap-0.5 text-note text-ink-3">
      {state.map((words) => (
        <li key={words} className="text-warn">
          {words}
        </li>
      ))}
      {missing.map((words) => (
        <li key={words}>{capitalised(words)}</li>
      ))}
    </ul>
  );
}
