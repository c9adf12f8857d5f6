"use client";

import Link from "next/link";
import { useCallback, useMemo } from "react";
import { ChartLegend } from "@/components/charts/chart-legend";
import { LazyCurveChart } from "@/components/charts/lazy-charts";
import { type PreparedCurve, prepareCurve } from "@/components/charts/prepare-curve";
import { AUTHOR_KIND_COLOR } from "@/components/charts/series-color";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { AUTHOR_KIND_LABEL, AUTHOR_KINDS, type AuthorKind } from "@/lib/core/dimensions";
import { formatHours, formatKOfN, formatList } from "@/lib/core/format";
import type { RollbackCurve } from "@/lib/metrics/types";
import { useBehind } from "./use-behind";

const TITLE = "How soon it comes back";

/** A curve from fewer says more about chance than about time. */
const ENOUGH = 10;

/** Share rolled back by time since merge, one curve per author kind. */
export function CurvePanel({
  curves,
  busy,
  className,
}: {
  curves: readonly RollbackCurve[];
  busy: boolean;
  className?: string;
}) {
  const series = useMemo(
    () =>
      AUTHOR_KINDS.flatMap((kind) => {
        const curve = curves.find((candidate) => candidate.group.authorKind === kind);
        return curve === undefined || curve.n < ENOUGH || kind === "automation"
          ? []
          : [{ key: kind, label: AUTHOR_KIND_LABEL[kind], color: AUTHOR_KIND_COLOR[kind], curve }];
      }),
    [curves],
  );
  const data = useMemo(() => prepareCurve(series), [series]);
  const behind = useBehind();
  const hrefOf = useCallback(
    (hours: number, kind: string) =>
      behind("merged_prs", { authorKind: AUTHOR_KINDS.filter((one) => one === kind), within: hours }),
    [behind],
  );
  const columns = useMemo(() => columnsOf(data, hrefOf), [data, hrefOf]);
  const rolledBack = series.reduce((sum, { curve }) => sum + curve.k, 0);
  return (
    <MetricPanel
      title={TITLE}
      note="Share rolled back by time since merge, with a 95 % band. Also young pull requests count, for as long as each has been watched."
      busy={busy}
      className={className}
      file={() => [
        ["author_kind", "hours", "share", "lo", "hi", "at_risk"],
        ...series.flatMap(({ key, curve }) =>
          curve.points.map(({ atRisk, hi, hours, lo, share }) => [key, hours, share, lo, hi, atRisk]),
        ),
      ]}
      table={<DataTable caption={TITLE} columns={columns} rows={data.landmarks} rowKey={({ label }) => label} />}
      footer={rolledBack > 0 && <p className="num mt-2 text-note text-ink-3">{mediansText(series)}</p>}
    >
      {rolledBack === 0 ? (
        <StateMessage
          compact
          title={
            series.length === 0
              ? "Too few pull requests for a curve"
              : "Nothing was rolled back within 30 days of its merge"
          }
        />
      ) : (
        <>
          <LazyCurveChart
            data={data}
            title={TITLE}
            desc="Step curves from 0 to 30 days after merge. The table shows the same numbers at round times."
            hrefOf={hrefOf}
          />
          <ChartLegend
            items={series.map(({ key, label, color, curve }) => ({
              key,
              label,
              color,
              value: formatKOfN(curve.k, curve.n),
            }))}
          />
        </>
      )}
    </MetricPanel>
  );
}

/** `Half of the rollbacks came within 9 h (agent) and 14 h (human)`; silent where there are too few for a median. */
function mediansText(series: readonly { key: AuthorKind; label: string; curve: RollbackCurve }[]): string {
  const medians = series.flatMap(({ label, curve }) =>
    curve.p50 === null ? [] : [`${formatHours(curve.p50)} (${label.toLowerCase()})`],
  );
  const late = series.flatMap(({ label, curve }) =>
    curve.p90 === null ? [] : [`${formatHours(curve.p90)} (${label.toLowerCase()})`],
  );
  if (medians.length === 0) return "Too few rollbacks for a median time.";
  const half = `Half of the rollbacks within 30 days came within ${formatList(medians)}`;
  return late.length === 0 ? `${half}.` : `${half}; nine in ten within ${formatList(late)}.`;
}

type Landmark = PreparedCurve["landmarks"][number];

function columnsOf(data: PreparedCurve, hrefOf: (hours: number, kind: string) => string): DataColumn<Landmark>[] {
  return [
    {
      id: "hours",
      header: "Within",
      rowHeader: true,
      sortValue: ({ hours }) => hours,
      cell: ({ label }) => label,
    },
    ...data.series.flatMap(({ key, label }): DataColumn<Landmark>[] => [
      {
        id: key,
        header: label,
        align: "right",
        cell: ({ cells, hours }) => (
          <Link prefetch={false} href={hrefOf(hours, key)} className="underline-offset-3 hover:underline">
            {cells.find((cell) => cell.key === key)?.text ?? "no data"}
          </Link>
        ),
      },
      {
        id: `${key} at risk`,
        header: "Still watched",
        align: "right",
        className: "max-md:hidden text-ink-3",
        cell: ({ cells }) => cells.find((cell) => cell.key === key)?.atRisk ?? "",
      },
    ]),
  ];
}
