"use client";

import { useState } from "react";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import type { PageScope } from "@/components/filters/page-scope";
import { useWorkspace } from "@/components/layout/workspace-context";
import { PanelChoice } from "@/components/metrics/panel-tool";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { QueryError } from "@/components/reports/query-error";
import { RateCell } from "@/components/reports/rate-cell";
import { FAILURE_CAUSE_LABEL, FAILURE_CAUSES } from "@/lib/core/failure-causes";
import { formatDate, formatPoints } from "@/lib/core/format";
import type { MetricChange, MetricRow, MetricsResponse } from "@/lib/metrics/types";
import type { Milestone } from "@/lib/settings/types";
import { MILESTONE_METRICS, MILESTONE_WEEKS, type MilestoneWeeks, milestoneRequests } from "./milestone-requests";

interface Line {
  key: string;
  label: string;
  before: MetricRow | undefined;
  after: MetricRow | undefined;
}

const comparedOf = (answer: MetricsResponse | undefined, metric: string): readonly MetricRow[] =>
  answer?.results.find((one) => one.metric === metric)?.compare ?? [];

/** Whether a difference goes beyond chance, and how far it goes. */
function Difference({ change }: { change: MetricChange | undefined }) {
  if (change === undefined || change.value === null) return <span className="text-ink-3">too few to say</span>;
  const { hi, lo, value } = change;
  const isChance = lo !== null && hi !== null && lo <= 0 && hi >= 0;
  return (
    <>
      <span className="font-medium">{formatPoints(value)}</span>{" "}
      <span className="text-ink-3">
        {lo !== null && hi !== null && `${formatPoints(lo)} to ${formatPoints(hi)}, `}
        {isChance ? "within chance" : "beyond chance"}
      </span>
    </>
  );
}

const columnsOf = (head: string): DataColumn<Line>[] => [
  { id: "figure", header: head, rowHeader: true, sortValue: ({ label }) => label, cell: ({ label }) => label },
  { id: "before", header: "Before", align: "right", cell: ({ before }) => <RateCell row={before} /> },
  { id: "after", header: "After", align: "right", cell: ({ after }) => <RateCell row={after} /> },
  {
    id: "difference",
    header: "Difference",
    align: "right",
    className: "max-md:hidden",
    cell: ({ after }) => <Difference change={after?.change} />,
  },
];

/** How agents' work fared so many weeks before and after a day: shares, and the causes of failure. */
export function MilestoneEffect({ milestone, scope }: { milestone: Milestone; scope: PageScope }) {
  const [weeks, setWeeks] = useState<MilestoneWeeks>(8);
  const requests = milestoneRequests(scope, milestone, weeks);
  const shares = useMetricsQuery(requests.shares);
  const causes = useMetricsQuery(requests.causes);
  const { descriptors } = useWorkspace();
  const failed = [shares, causes].find(({ isError }) => isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  const figures = MILESTONE_METRICS.map((id): Line => {
    const label = descriptors.find((one) => one.id === id)?.title ?? id;
    return { key: id, label, before: comparedOf(shares.data, id)[0], after: rowsOf(shares.data, id)[0] };
  });
  const of = (rows: readonly MetricRow[], cause: string) => rows.find(({ group }) => group.cause === cause);
  const [after, before] = [rowsOf(causes.data, "failure_root_cause"), comparedOf(causes.data, "failure_root_cause")];
  const said = FAILURE_CAUSES.map(
    (cause): Line => ({
      key: cause,
      label: FAILURE_CAUSE_LABEL[cause],
      before: of(before, cause),
      after: of(after, cause),
    }),
  ).filter((line) => (line.before?.k ?? 0) + (line.after?.k ?? 0) > 0);
  return (
    <div className="mt-4 border-t pt-4">
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <h3 className="font-medium">{milestone.title}: before and after</h3>
        <PanelChoice
          label="Weeks"
          value={String(weeks)}
          options={MILESTONE_WEEKS.map((one) => ({ value: String(one), label: `${one} weeks` }))}
          onChange={(value) => setWeeks(MILESTONE_WEEKS.find((one) => String(one) === value) ?? weeks)}
        />
      </div>
      <p className="mb-2 max-w-[62em] text-note text-ink-3">
        {weeks} weeks before {formatDate(`${milestone.day}T12:00:00Z`, "UTC")} and as many from it on, of agents’ work
        as the filters choose it. It describes and proves nothing: other things changed as well, and of a dozen lines
        one goes beyond chance by chance. Where some teams changed and others did not, the comparison of teams above
        says more.
      </p>
      <div className="grid gap-4">
        <DataTable
          caption={`${milestone.title}: shares before and after`}
          columns={columnsOf("Figure")}
          rows={figures}
          rowKey={({ key }) => key}
        />
        {said.length === 0 ? (
          <p className="self-start text-ink-2">
            Nobody has said of these weeks why work failed: open a failure and say it, and causes stand here.
          </p>
        ) : (
          <DataTable
            caption={`${milestone.title}: causes of failure before and after`}
            columns={columnsOf("Cause of failure")}
            rows={said}
            rowKey={({ key }) => key}
          />
        )}
      </div>
    </div>
  );
}
