import { MetricPanel } from "@/components/metrics/metric-panel";
import { AmountBars } from "@/components/reports/roi/amount-bars";
import { formatMoney } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import type { CurrencyCosts, GroupModel } from "@/lib/metrics/money/types";
import { COST_ITEM_LABEL, COST_ITEM_NAMES, HOURS_LABEL } from "./cost-words";

/** What was paid for, and what hours of people come to beside it. */
export function PartsPanel({ costs: { byItem, currency }, whole }: { costs: CurrencyCosts; whole: GroupModel }) {
  const paid = COST_ITEM_NAMES.flatMap((item) => {
    const share = byItem.find(({ name }) => name === item);
    return share === undefined
      ? []
      : [{ label: COST_ITEM_LABEL[item], amount: toMajor(share.minor, currency).toNumber() }];
  });
  const { spending } = whole;
  const contracts = whole.currency === currency ? Number(spending?.lines.contracts ?? 0) : 0;
  const hours =
    spending === null || whole.currency !== currency
      ? []
      : Object.entries(spending.hours).map(([name, amount]) => ({
          label: HOURS_LABEL[name as keyof typeof HOURS_LABEL],
          amount: amount === null ? null : Number(amount),
        }));
  const longest = Math.max(...[...paid, ...hours].map(({ amount }) => Math.abs(amount ?? 0)), 1);
  const drawn = (lines: readonly { label: string; amount: number | null }[]) =>
    lines.map(({ amount, label }) => ({
      label,
      figure: amount === null ? "not known" : formatMoney(amount, currency),
      length: Math.abs(amount ?? 0) / longest,
      tone: "plain" as const,
    }));
  return (
    <MetricPanel
      title="What does it go to?"
      note="What was paid, for everything selected; of checks the cost of a pull request counts the agents’ part alone."
      picture
      file={() => [
        ["item", "amount", "currency"],
        ...[...paid, ...hours].map(({ amount, label }) => [label, amount, currency]),
      ]}
    >
      <AmountBars title="Paid" lines={drawn(paid)} />
      {contracts > 0 && (
        <AmountBars title="As entered" lines={drawn([{ label: "Contracts and support", amount: contracts }])} />
      )}
      {hours.length > 0 && <AmountBars title="Hours of people, at the rates entered" lines={drawn(hours)} />}
    </MetricPanel>
  );
}
