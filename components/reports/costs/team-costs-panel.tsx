import { DataTable } from "@/components/data-table/data-table";
import { useNameOf } from "@/components/filters/use-filters";
import { formatMetricInterval } from "@/components/metrics/format-metric";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { rowsOf } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { formatCount, formatMoney } from "@/lib/core/format";
import type { MetricRow, MetricsRequest, MetricsResponse } from "@/lib/metrics/types";

const FOLD = 15;
const MONEY = { unit: "money" } as const;

/** What one pull request costs each team, in alphabetical order. */
export function TeamCostsPanel({
  answer,
  request,
  busy,
}: {
  answer: MetricsResponse | undefined;
  request: MetricsRequest;
  busy: boolean;
}) {
  const nameOf = useNameOf();
  const safe = new Map(rowsOf(answer, "cost_per_safe_pr").map((row) => [row.group.team, row]));
  const rows = rowsOf(answer, "cost_per_pr")
    .map((row) => ({
      team: row.group.team ?? "",
      name: nameOf("team", row.group.team ?? ""),
      row,
      safe: safe.get(row.group.team),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
  const reasons = new Set(rows.map(({ row }) => (row.value === null ? row.reason : null)));
  const [reason] = reasons;
  // The same of every team is said once.
  const whyNone = reasons.size === 1 && rows.length > 1 ? (reason ?? null) : null;
  return (
    <MetricPanel
      title="What does one pull request cost each team?"
      note="With hours of people at their rates, by the pull requests of agents that were merged, and by those that are safe."
      csvHref={metricsCsvHref(request)}
      pending={answer === undefined}
      busy={busy}
    >
      {whyNone !== null && <p className="text-sm text-ink-2">{`Not known of any team: ${whyNone}.`}</p>}
      {whyNone === null && (
        <DataTable
          caption="Cost of a pull request by team"
          rows={rows}
          rowKey={({ team }) => team}
          fold={FOLD}
          columns={[
            { id: "team", header: "Team", rowHeader: true, sortValue: ({ name }) => name, cell: ({ name }) => name },
            {
              id: "merged",
              header: "Merged",
              align: "right",
              className: "max-sm:hidden",
              sortValue: ({ row }) => row.n,
              cell: ({ row }) => formatCount(row.n ?? 0),
            },
            {
              id: "each",
              header: "Cost per PR",
              align: "right",
              sortValue: ({ row }) => row.value,
              cell: ({ row }) => <CostCell row={row} />,
            },
            {
              id: "interval",
              header: "95 % interval",
              align: "right",
              className: "hidden @xl:table-cell",
              cell: ({ row }) => (
                <span className="text-ink-3">
                  {row.value === null ? "" : row.lo === null ? "too few" : formatMetricInterval(MONEY, row)}
                </span>
              ),
            },
            {
              id: "safe",
              header: "Per safe PR",
              align: "right",
              sortValue: ({ safe: found }) => found?.value ?? null,
              cell: ({ safe: found }) => <CostCell row={found} />,
            },
          ]}
        />
      )}
    </MetricPanel>
  );
}

function CostCell({ row }: { row: MetricRow | undefined }) {
  if (row === undefined || row.value === null) {
    return <span className="whitespace-normal text-ink-3">{row?.reason ?? "not known"}</span>;
  }
  return (
    <>
      {row.flags.includes("lower_bound") && <span className="text-ink-3">at least </span>}
      <span className="font-medium">{formatMoney(row.value, row.currency ?? null)}</span>
    </>
  );
}
