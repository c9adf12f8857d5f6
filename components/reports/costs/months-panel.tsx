import { DataTable } from "@/components/data-table/data-table";
import { useWorkspace } from "@/components/layout/workspace-context";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { PanelLink } from "@/components/metrics/panel-tool";
import { focusCsvHref } from "@/components/query/export-href";
import { FiscalName } from "@/components/reports/fiscal-name";
import { AmountBars } from "@/components/reports/roi/amount-bars";
import { fiscalName } from "@/lib/core/fiscal-calendar";
import { formatMoney, formatMonth } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import type { CurrencyCosts, MoneyRequest } from "@/lib/metrics/money/types";
import { COST_ITEM_LABEL, COST_ITEM_NAMES } from "./cost-words";

const FOLD = 13;

/** What was paid in each month of the calendar, newest first. */
export function MonthsPanel({
  costs: { currency, months },
  request,
  fiscalStart,
}: {
  costs: CurrencyCosts;
  request: MoneyRequest;
  /** 1..12: the calendar month that fiscal years begin with. */
  fiscalStart: number;
}) {
  const { permissions } = useWorkspace().me;
  const rows = months
    .map(({ byItem, month }) => ({
      month,
      label: formatMonth(`${month}-15T12:00:00Z`, "UTC"),
      byItem,
      total: Object.values(byItem).reduce((sum, minor) => sum + BigInt(minor), 0n),
    }))
    .toReversed();
  const money = (minor: bigint | string) => formatMoney(toMajor(minor, currency).toNumber(), currency);
  const most = Math.max(0, ...rows.map(({ total }) => Number(total)));
  return (
    <MetricPanel
      title="What is paid each month?"
      note="By the day that it was paid for, in the calendar of its organisation; a month at either end may be cut by the period."
      tools={
        permissions.includes("exports:read") && (
          <PanelLink href={focusCsvHref(request)} download>
            FOCUS
          </PanelLink>
        )
      }
      file={() => [
        ["month", "item", "amount", "currency", "fiscal period"],
        ...rows.flatMap(({ byItem, month }) =>
          Object.entries(byItem).map(([item, minor]) => [
            month,
            item,
            toMajor(minor, currency).toNumber(),
            currency,
            fiscalName(month, fiscalStart),
          ]),
        ),
      ]}
      table={
        <DataTable
          caption="What was paid each month"
          rows={rows}
          rowKey={({ month }) => month}
          fold={FOLD}
          columns={[
            {
              id: "month",
              header: "Month",
              rowHeader: true,
              cell: ({ label, month }) => (
                <>
                  {label}
                  <FiscalName month={month} fiscalStart={fiscalStart} />
                </>
              ),
            },
            ...COST_ITEM_NAMES.map((item) => ({
              id: item,
              header: COST_ITEM_LABEL[item],
              align: "right" as const,
              cell: ({ byItem }: (typeof rows)[number]) => (byItem[item] === undefined ? "–" : money(byItem[item])),
            })),
            { id: "total", header: "Total", align: "right", cell: ({ total }) => money(total) },
          ]}
        />
      }
    >
      <AmountBars
        title={`In ${currency}`}
        lines={rows.slice(0, FOLD).map(({ label, total }) => ({
          label,
          figure: money(total),
          length: most === 0 ? 0 : Number(total) / most,
          tone: "plain",
        }))}
      />
    </MetricPanel>
  );
}
