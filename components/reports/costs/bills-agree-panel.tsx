import { DataTable } from "@/components/data-table/data-table";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { formatMoney, formatMonth, formatPercent } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import type { CostComparison } from "@/lib/metrics/money/types";
import { COST_ITEM_LABEL } from "./cost-words";

const FOLD = 12;

/** How far an invoice lies from what was expected of it; null where one of them is not there. */
export function varianceOf({
  billed,
  estimated,
  metered,
}: CostComparison): { minor: bigint; share: number | null } | null {
  const expected = metered ?? estimated;
  if (billed === null || expected === null) return null;
  const minor = BigInt(billed) - BigInt(expected);
  return { minor, share: expected === "0" ? null : Number(minor) / Number(expected) };
}

/** What was estimated and metered beside what was billed; nothing where bills alone tell of costs. */
export function BillsAgreePanel({ comparisons }: { comparisons: readonly CostComparison[] }) {
  if (comparisons.length === 0) return null;
  const amount = (minor: string | null, currency: string) =>
    minor === null ? "–" : formatMoney(toMajor(minor, currency).toNumber(), currency);
  return (
    <MetricPanel
      title="Do bills agree with what was expected?"
      note="Of the same cost the bill counts, else what was metered, else the estimate; never two of them. An invoice of one day is the bill of its month."
      file={() => [
        ["month", "provider", "item", "currency", "estimated", "metered", "billed", "counted", "difference"],
        ...comparisons.map((one) => {
          const { billed, counted, currency, estimated, item, metered, month, provider } = one;
          const number = (minor: string | null) => (minor === null ? null : toMajor(minor, currency).toNumber());
          const variance = varianceOf(one);
          return [
            month,
            provider,
            item,
            currency,
            number(estimated),
            number(metered),
            number(billed),
            number(counted),
            variance === null ? null : toMajor(variance.minor, currency).toNumber(),
          ];
        }),
      ]}
    >
      <DataTable
        caption="Estimates beside bills"
        rows={comparisons}
        rowKey={({ currency, item, month, provider }) => `${month} ${provider} ${item} ${currency}`}
        fold={FOLD}
        columns={[
          {
            id: "month",
            header: "Month",
            rowHeader: true,
            cell: ({ item, month, provider }) => (
              <>
                {formatMonth(`${month}-15T12:00:00Z`, "UTC")}
                <span className="block text-note font-normal text-ink-3">
                  {provider}, {COST_ITEM_LABEL[item].toLowerCase()}
                </span>
              </>
            ),
          },
          {
            id: "estimated",
            header: "Estimated",
            align: "right",
            cell: ({ currency, estimated }) => amount(estimated, currency),
          },
          {
            id: "metered",
            header: "Metered",
            align: "right",
            className: "max-sm:hidden",
            cell: ({ currency, metered }) => amount(metered, currency),
          },
          { id: "billed", header: "Billed", align: "right", cell: ({ billed, currency }) => amount(billed, currency) },
          {
            id: "variance",
            header: "Difference",
            align: "right",
            cell: (one) => {
              const variance = varianceOf(one);
              if (variance === null)
                return <span className="text-ink-3">{one.billed === null ? "no bill yet" : "–"}</span>;
              const text = amount(String(variance.minor), one.currency);
              const plus = variance.minor > 0n ? "+" : "";
              return `${plus}${text}${variance.share === null ? "" : ` (${plus}${formatPercent(variance.share)})`}`;
            },
          },
        ]}
      />
    </MetricPanel>
  );
}
