"use client";

import Link from "next/link";
import { useMemo } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import type { PageScope } from "@/components/filters/page-scope";
import { StateMessage } from "@/components/layout/state-message";
import { useMay } from "@/components/layout/workspace-context";
import { formatMetricInterval, formatMetricValue } from "@/components/metrics/format-metric";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { useSeniorityTable } from "@/components/query/use-ranking";
import { QueryError } from "@/components/reports/query-error";
import { formatCount } from "@/lib/core/format";
import { SENIORITY_LABEL } from "@/lib/core/rollout-words";
import type { SeniorityTable } from "@/lib/metrics/people/types";
import type { MetricRow, Unit } from "@/lib/metrics/types";
import { PUBLISHED, PUBLISHED_SOURCE } from "./published-seniority";

type Arm = SeniorityTable["arms"][number];

const COLUMNS: readonly { metric: string; header: string; unit: Unit; narrow: boolean }[] = [
  { metric: "per_member", header: "A week, each", unit: "per_engineer_week", narrow: true },
  { metric: "defect_density_90d", header: "Defects / kLOC", unit: "per_kloc", narrow: true },
  { metric: "security_density_90d", header: "Security / kLOC", unit: "per_kloc", narrow: false },
  { metric: "review_hours_per_pr", header: "Review per PR", unit: "hours", narrow: false },
  { metric: "merge_to_deploy", header: "Merge to production", unit: "seconds", narrow: false },
];

/** Agents beside groups of people by seniority, with the figures that were published of such. */
export function SeniorityPanel({ scope }: { scope: PageScope }) {
  const request = useMemo(() => {
    const { agent: _agent, authorKind: _kind, ...filters } = scope.filters;
    return { from: scope.period.from, to: scope.period.to, timeZone: scope.timeZone, filters };
  }, [scope]);
  const { data, error, isPlaceholderData, refetch } = useSeniorityTable(request);
  const mayEnter = useMay("users:manage");
  if (error !== null) return <QueryError error={error} onRetry={() => refetch()} />;
  return (
    <MetricPanel
      title="Agents beside senior, mid-level and junior people"
      note={`Pull requests merged, and defects found within 90 days, of what people write themselves, by their seniority at the merge, in groups of five or more. In grey what was published: ${PUBLISHED_SOURCE}, unverified. They do different work: a difference is not yet one of care.`}
      className="lg:col-span-2"
      pending={data === undefined}
      busy={isPlaceholderData}
    >
      {data?.isKnown !== true ? (
        <StateMessage
          compact
          title="Nobody’s seniority is known"
          action={
            mayEnter && (
              <Link href="/users/teams" className="underline underline-offset-3">
                Enter a roster
              </Link>
            )
          }
        >
          <p>
            A roster says who is junior, mid-level or senior since when. It is a CSV file, at Administration, Teams.
          </p>
        </StateMessage>
      ) : (
        <>
          <DataTable
            caption="Agents beside people by seniority"
            columns={SHOWN}
            rows={data.arms}
            rowKey={({ arm }) => arm}
          />
          <p className="mt-2 text-note text-ink-3">
            Coverage by tests and cost for each pull request are not known yet. Time to production depends on the
            pipeline more than on the author.
          </p>
        </>
      )}
    </MetricPanel>
  );
}

function Reading({ arm, metric, unit }: { arm: Arm; metric: string; unit: Unit }) {
  const row: MetricRow | undefined = arm.rows[metric];
  const published = PUBLISHED[arm.arm][metric];
  const interval = row === undefined ? "" : formatMetricInterval({ unit }, row);
  return (
    <>
      {row?.value == null ? (
        <span className="text-ink-3">
          {row === undefined ? "–" : row.immature > 0 && row.n === 0 ? "not old enough" : "not known"}
        </span>
      ) : (
        <>
          <span className="font-medium">{formatMetricValue({ unit }, row.value)}</span>
          {interval !== "" && <span className="text-ink-2 max-md:hidden"> {interval}</span>}
        </>
      )}
      {published !== undefined && <span className="block text-note text-ink-3">{published}</span>}
    </>
  );
}

const SHOWN: DataColumn<Arm>[] = [
  {
    id: "arm",
    header: "Who",
    rowHeader: true,
    cell: ({ arm, members }) => (
      <>
        {arm === "agent" ? "Agents" : SENIORITY_LABEL[arm]}
        <span className="block text-note font-normal text-ink-3">
          {members === null
            ? "fewer than five people"
            : `${formatCount(members)}\u00a0${arm === "agent" ? (members === 1 ? "agent" : "agents") : "people"}`}
        </span>
      </>
    ),
  },
  ...COLUMNS.map(
    ({ header, metric, narrow, unit }): DataColumn<Arm> => ({
      id: metric,
      header,
      align: "right",
      ...(!narrow && { className: "max-md:hidden" }),
      cell: (arm) => <Reading arm={arm} metric={metric} unit={unit} />,
    }),
  ),
];
