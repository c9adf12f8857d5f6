import { DataTable } from "@/components/data-table/data-table";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { formatCount, formatMoney, formatPercent } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import type { CostShare } from "@/lib/metrics/money/types";

const FOLD = 9;

/** What was paid, parted by one thing; the largest first. */
export function SharesPanel({
  title,
  note,
  head,
  shares,
  total,
  currency,
  labelOf,
}: {
  title: string;
  note: string;
  head: string;
  shares: readonly CostShare[];
  /** Minor units. */
  total: string;
  currency: string;
  labelOf: (name: string) => string;
}) {
  const rows = shares.map((share) => ({
    ...share,
    label: labelOf(share.name),
    amount: toMajor(share.minor, currency).toNumber(),
    part: total === "0" ? null : Number(share.minor) / Number(total),
  }));
  return (
    <MetricPanel
      title={title}
      note={note}
      file={() => [
        [head, "amount", "currency", "share", "entries"],
        ...rows.map(({ amount, entries, label, part }) => [label, amount, currency, part, entries]),
      ]}
    >
      <DataTable
        caption={title}
        rows={rows}
        rowKey={({ name }) => name}
        fold={FOLD}
        columns={[
          { id: "name", header: head, rowHeader: true, sortValue: ({ label }) => label, cell: ({ label }) => label },
          {
            id: "amount",
            header: "Paid",
            align: "right",
            sortValue: ({ amount }) => amount,
            cell: ({ amount }) => formatMoney(amount, currency),
          },
          {
            id: "part",
            header: "Share",
            align: "right",
            cell: ({ part }) => (part === null ? "–" : formatPercent(part)),
          },
          {
            id: "entries",
            header: "Entries",
            align: "right",
            className: "max-sm:hidden",
            cell: ({ entries }) => <span className="text-ink-3">{formatCount(entries)}</span>,
          },
        ]}
      />
    </MetricPanel>
  );
}
