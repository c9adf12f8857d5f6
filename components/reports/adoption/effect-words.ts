import { formatMetricValue } from "@/components/metrics/format-metric";
import { formatDecimal, formatPercent, formatQuantity } from "@/lib/core/format";
import type { EffectAnswer } from "@/lib/metrics/rollout/types";
import type { MetricDescriptor } from "@/lib/metrics/types";

type Effect = NonNullable<EffectAnswer["effect"]>;

const signed = (text: string, isNegative: boolean): string => `${isNegative ? "−" : "+"}${text}`;

/** A difference in a metric's unit, or a ratio as a change. */
export function changeWords(value: number, isRatio: boolean, descriptor: MetricDescriptor): string {
  if (isRatio) return signed(formatPercent(Math.abs(value - 1), 0), value < 1);
  if (descriptor.unit === "proportion")
    return `${signed(formatDecimal(Math.abs(value) * 100, 1), value < 0)}\u00a0points`;
  return signed(formatMetricValue(descriptor, Math.abs(value)), value < 0);
}

const pWords = (p: number): string => (p < 0.001 ? "p < 0.001" : `p\u00a0=\u00a0${formatDecimal(p, p < 0.1 ? 3 : 2)}`);

const shareWords = (relative: number): string =>
  `${formatPercent(Math.abs(relative), 0)} ${relative < 0 ? "less" : "more"} than would have come without it`;

/** Whether an effect could have come about by chance, as far as so many teams can say. */
function chanceWords({ control, mayBeSignificant, p, treated }: Effect): string {
  if (!mayBeSignificant) {
    return `With ${treated} teams against ${control} it is not called significant, whatever p comes to: that takes four on each side.`;
  }
  return p <= 0.05
    ? "Chosen by chance, so many teams would rarely differ by as much."
    : "Chosen by chance, teams would often differ by as much.";
}

export interface EffectWords {
  /** `+0.4 pull requests …` */
  headline: string;
  basis: string;
  checks: string[];
}

/** What came of a wave, and what has to be known to believe it. */
export function effectWords({ effect, isRatio, wave }: EffectAnswer, descriptor: MetricDescriptor): EffectWords | null {
  if (effect === null) return null;
  const { control, detectable, hi, isExact, lo, p, relative, treated } = effect;
  const change = changeWords(effect.estimate, isRatio, descriptor);
  const share = relative === null || isRatio ? "" : `, ${shareWords(relative)}`;
  const bounds = `${changeWords(lo, isRatio, descriptor)} to ${changeWords(hi, isRatio, descriptor)}`;
  const isOpen = isRatio ? lo < 1 && hi > 1 : lo < 0 && hi > 0;
  return {
    headline: `${change}${share}${isOpen ? ": it may as well be nothing" : ""}`,
    basis: `95 % interval ${bounds}, ${isExact ? "exact " : ""}${pWords(p)}, ${treated} teams against ${control}`,
    checks: [
      chanceWords(effect),
      `An effect of ${changeWords(detectable, isRatio, descriptor)} would have been seen four times in five.`,
      "Teams chose to begin, or were chosen: those that did may differ from those that did not.",
      ...(wave.before === null || wave.after === null
        ? []
        : [
            `Compared are ${formatQuantity(weeksIn(wave.before), "week")} before and ${formatQuantity(weeksIn(wave.after), "week")} after; the lines before the mark show whether both went the same way.`,
          ]),
    ],
  };
}

const weeksIn = ({ from, to }: { from: string; to: string }): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / (7 * 86_400_000));
