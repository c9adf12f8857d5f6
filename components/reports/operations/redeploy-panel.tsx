"use client";

import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { metricsCsvHref } from "@/components/query/export-href";
import { formatCount, formatDecimal, formatKOfN, formatPercent, formatPercentInterval } from "@/lib/core/format";
import type { MetricRow, MetricsRequest } from "@/lib/metrics/types";

const FEW = 10;

/** How often a fix had to be deployed until it held, as shares of the incidents that were mended so. */
export function RedeployPanel({
  row,
  request,
  busy,
}: {
  row: MetricRow | undefined;
  request: MetricsRequest;
  busy: boolean;
}) {
  const shares = row?.shares ?? [];
  const n = row?.n ?? 0;
  const left = row?.excluded.not_redeployed ?? 0;
  return (
    <MetricPanel
      title="How often is a fix deployed until it holds?"
      note="Hotfixes and rollbacks from the beginning of an incident until a day after it was over."
      csvHref={metricsCsvHref(request)}
      busy={busy}
      footer={
        left > 0 && (
          <span className="text-note text-ink-3">
            {formatCount(left)} more are not over, or nothing was deployed to mend them.
          </span>
        )
      }
    >
      {shares.length === 0 || row?.value == null ? (
        <StateMessage compact title="No incident was mended by a deployment">
          <p>{row?.reason ?? "Once incidents and deployments are told of, it says how many attempts a fix takes."}</p>
        </StateMessage>
      ) : (
        <>
          <p className="num mb-2 text-note text-ink-2">
            Median {formatDecimal(row.value, Number.isInteger(row.value) ? 0 : 1)}, of {formatCount(n)} incidents.
          </p>
          <ul className="num flex flex-col gap-1.5 text-note">
            {shares.map(({ hi, k, label, lo, value }) => (
              <li key={label} className="grid grid-cols-[5.5rem_minmax(0,1fr)_9.5rem] items-center gap-3">
                <span className="text-ink-2">{label === "1" ? "Once" : `${label} times`}</span>
                <span aria-hidden="true" className="h-3 border-l border-line-strong">
                  <i className="block h-3 bg-brand" style={{ width: `${value * 100}%` }} />
                </span>
                <span className="flex flex-wrap justify-end gap-x-2 text-xs">
                  <span className="font-medium">{n < FEW ? formatKOfN(k, n) : formatPercent(value, 0)}</span>
                  {n >= FEW && <span className="text-ink-3">{formatPercentInterval(lo, hi)}</span>}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </MetricPanel>
  );
}
