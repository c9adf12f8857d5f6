import { DataTable } from "@/components/data-table/data-table";
import { useWorkspace } from "@/components/layout/workspace-context";
import { formatMetricInterval, formatMetricValue } from "@/components/metrics/format-metric";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { formatCount, formatDate } from "@/lib/core/format";
import type { CloseItem, MonthVintage } from "@/lib/metrics/closes/types";
import { amountOf, monthName } from "./close-words";

const FOLD = 12;

interface VintageRow {
  item: CloseItem;
  vintage: MonthVintage;
}

/** What became known of closed months 30 and 90 days after their end; nothing where none is so old. */
export function VintagesPanel({ items, timeZone }: { items: readonly CloseItem[]; timeZone: string }) {
  const { descriptors } = useWorkspace();
  const rows = items.flatMap((item): VintageRow[] => item.vintages.map((vintage) => ({ item, vintage })));
  if (rows.length === 0) return null;
  const net = ({ item, vintage }: VintageRow) =>
    vintage.total === null ? "no model" : amountOf(vintage.total.net, item.currency);
  const since = ({ item, vintage }: VintageRow) =>
    vintage.total === null
      ? ""
      : amountOf(String(BigInt(vintage.total.net) - BigInt(item.values.total.net)), item.currency);
  return (
    <MetricPanel
      title="What became known later?"
      note="What was closed stays. 30 and 90 days after its end each month is worked out once more and kept, with what takes longer to be known than a month waits to be closed."
    >
      <DataTable
        caption="Closed months as they were known later"
        rows={rows}
        rowKey={({ item, vintage }) => `${item.id} ${vintage.days}`}
        fold={FOLD}
        columns={[
          {
            id: "month",
            header: "Month",
            rowHeader: true,
            cell: ({ item, vintage }) => (
              <>
                {monthName(item.month)}
                <span className="block text-note font-normal text-ink-3">
                  {`after ${vintage.days} days, data to ${formatDate(vintage.dataCompleteTo, timeZone)}`}
                </span>
              </>
            ),
          },
          { id: "net", header: "Net", align: "right", cell: net },
          { id: "since", header: "Since it was closed", align: "right", className: "max-sm:hidden", cell: since },
          {
            id: "metrics",
            header: "Known by then",
            className: "max-md:hidden",
            cell: ({ vintage }) => (
              <ul className="whitespace-normal">
                {vintage.metrics.map(({ metric, n, reason, ...row }) => {
                  const descriptor = descriptors.find(({ id }) => id === metric);
                  if (descriptor === undefined) return null;
                  const interval = row.lo === null ? "" : ` (${formatMetricInterval(descriptor, row)})`;
                  return (
                    <li key={metric}>
                      {descriptor.shortTitle}:{" "}
                      {row.value === null ? (
                        <span className="text-ink-3">{reason ?? "not known"}</span>
                      ) : (
                        `${formatMetricValue(descriptor, row.value)}${interval}${n === null ? "" : `, n ${formatCount(n)}`}`
                      )}
                    </li>
                  );
                })}
              </ul>
            ),
          },
        ]}
      />
    </MetricPanel>
  );
}
