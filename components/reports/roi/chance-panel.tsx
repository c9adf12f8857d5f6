import { DataTable } from "@/components/data-table/data-table";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { cn } from "@/components/ui/cn";
import { formatCount, formatMoney, formatPercent } from "@/lib/core/format";
import type { MonteCarlo } from "@/lib/roi/engine/monte-carlo";

/** How the net of a month is spread when everything uncertain is drawn at once. */
export function ChancePanel({ chance, currency }: { chance: MonteCarlo; currency: string }) {
  const { breakEven, net, presentValue, seed, trials } = chance;
  const most = Math.max(...net.histogram.map(({ count }) => count));
  const money = (amount: number) => formatMoney(amount, currency);
  const volume = (count: number | null) => (count === null ? "none" : formatCount(count));
  return (
    <MetricPanel
      title="How sure is that?"
      note={`Net of a month in ${formatCount(trials)} draws, each input by itself: what was counted by chance, what was said within its range. Seed ${seed}.`}
      file={() => [
        ["net_from", "net_to", "draws", "currency"],
        ...net.histogram.map(({ count, from, to }) => [from, to, count, currency]),
      ]}
      table={
        <DataTable
          caption="Percentiles of what is uncertain"
          rows={[
            { name: "Net of a month", ...texts(net, money), above: formatPercent(net.positive, 0) },
            {
              name: "Net present value",
              ...texts(presentValue, money),
              above: formatPercent(presentValue.positive, 0),
            },
            {
              name: "Break-even volume",
              p10: volume(breakEven.p10),
              p50: volume(breakEven.p50),
              p90: volume(breakEven.p90),
              above: "–",
            },
          ]}
          rowKey={({ name }) => name}
          columns={[
            { id: "name", header: "Figure", rowHeader: true, cell: ({ name }) => name },
            { id: "p10", header: "10 %", align: "right", cell: ({ p10 }) => p10 },
            { id: "p50", header: "Median", align: "right", cell: ({ p50 }) => p50 },
            { id: "p90", header: "90 %", align: "right", cell: ({ p90 }) => p90 },
            { id: "above", header: "Above zero", align: "right", cell: ({ above }) => above },
          ]}
        />
      }
    >
      <div aria-hidden="true" className="flex h-32 items-end gap-px">
        {net.histogram.map(({ count, from, to }) => (
          <i
            key={from}
            className={cn("min-w-0 flex-1", to <= 0 ? "bg-bad" : from >= 0 ? "bg-good" : "bg-line-control")}
            style={{ height: `${(count / most) * 100}%` }}
          />
        ))}
      </div>
      <p aria-hidden="true" className="num flex justify-between border-t pt-1 text-xs text-ink-3">
        <span>{money(net.histogram[0]?.from ?? 0)}</span>
        <span>{money(net.histogram.at(-1)?.to ?? 0)}</span>
      </p>
      <dl className="num mt-3 grid grid-cols-2 gap-x-4 gap-y-2 text-note @md:grid-cols-4">
        <Figure name="1 in 10 below" value={money(net.p10)} />
        <Figure name="Median" value={money(net.p50)} />
        <Figure name="1 in 10 above" value={money(net.p90)} />
        <Figure name="Above zero" value={formatPercent(net.positive, 0)} />
      </dl>
      {breakEven.none > 0 && (
        <p className="num mt-2 text-note text-ink-3">
          In {formatPercent(breakEven.none, 0)} of the draws every pull request loses money.
        </p>
      )}
    </MetricPanel>
  );
}

const texts = ({ p10, p50, p90 }: { p10: number; p50: number; p90: number }, write: (amount: number) => string) => ({
  p10: write(p10),
  p50: write(p50),
  p90: write(p90),
});

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  );
}
