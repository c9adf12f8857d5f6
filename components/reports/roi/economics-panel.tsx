import { MetricPanel } from "@/components/metrics/metric-panel";
import { formatMoney } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import type { ModelResult } from "@/lib/roi/engine/run-model";
import { AmountBars } from "./amount-bars";
import type { Economics, EconomicsLine } from "./prepare-economics";

/** What one pull request brings and costs, and what a month costs however many are merged. */
export function EconomicsPanel({
  economics,
  result,
  soft,
  currency,
}: {
  economics: Economics;
  result: ModelResult;
  /** What somebody entered as soft benefits a month, major units; 0: nothing. */
  soft: number;
  currency: string;
}) {
  const drawn = (lines: readonly EconomicsLine[], tone: "good" | "bad") =>
    lines.map((line) => ({ ...line, figure: formatMoney(line.amount, currency), tone }));
  const { benefit, contribution, cost, fixedMonthly } = result.economics;
  const money = (amount: typeof benefit) => formatMoney(amount.toNumber(), currency);
  return (
    <MetricPanel
      title="What does one pull request bring and cost?"
      note="Hours that agents cost count in full, hours that they save by the share that is turned into something. Pale: rests on an assumption."
      picture
      file={() => [
        ["part", "of", "amount", "currency"],
        ...(["benefits", "costs", "fixed"] as const).flatMap((part) =>
          economics[part].map(({ amount, label }) => [part, label, amount, currency]),
        ),
      ]}
    >
      <AmountBars title={`It brings ${money(benefit)}`} lines={drawn(economics.benefits, "good")} />
      <AmountBars title={`It costs ${money(cost)}`} lines={drawn(economics.costs, "bad")} />
      <AmountBars title={`Every month costs ${money(fixedMonthly)} anyway`} lines={drawn(economics.fixed, "bad")} />
      <p className="num mt-3 border-t pt-2 text-note">
        {contribution.isPositive() ? "Each one is left with " : "Each one loses "}
        <b className="font-medium">{money(contribution.abs())}</b>
        {contribution.isPositive() && !contribution.isZero()
          ? ", which pays for the month."
          : ", and no volume pays for the month."}
      </p>
      {soft > 0 && (
        <p className="num mt-1 text-note text-ink-3">
          Soft benefits of {formatMoney(soft, currency)} a month were entered. They are in none of these figures; with
          them a month would come to {formatMoney(toMajor(result.steadyNet, currency).toNumber() + soft, currency)}.
        </p>
      )}
    </MetricPanel>
  );
}
