import { Decimal } from "@/lib/core/decimal";
import { formatCount, formatMoney, formatPercent, formatQuantity } from "@/lib/core/format";
import { dayOf } from "@/lib/core/zoned-time";
import type { RoiReport } from "@/lib/metrics/money/read-report";
import { isAssumed, runMix, seedOfInputs, uncertaintyOf, valuesOf } from "@/lib/metrics/money/types";
import { assumedShare } from "@/lib/roi/engine/economics-lines";
import { type MonteCarlo, monteCarlo } from "@/lib/roi/engine/monte-carlo";
import type { ModelResult } from "@/lib/roi/engine/run-model";
import { major } from "./drawn-report";

/** What a report comes to. */
export interface RoiAnswer {
  currency: string;
  result: ModelResult;
  chance: MonteCarlo;
  /** 0..1: how much of what is added up rests on assumptions. */
  assumed: number;
}

/** null: too little is known for a model. */
export function roiAnswer({ models }: RoiReport): RoiAnswer | null {
  const { currency, inputs } = models.whole;
  if (inputs === null || currency === null) return null;
  const parts = models.parts.map(({ model }) => model);
  const result = runMix(models.whole, parts, currency);
  return {
    currency,
    result,
    chance: monteCarlo(valuesOf(inputs), uncertaintyOf(inputs), { seed: seedOfInputs(inputs) }),
    assumed: assumedShare(result.economics, new Decimal(inputs.pullRequestsPerMonth.value), (key) =>
      isAssumed(inputs, key),
    ),
  };
}

/** Whether it pays, from which volume, and how sure that is, in a sentence each. */
export function answerSentences({ assumed, chance, currency, result }: RoiAnswer): {
  answer: string;
  from: string;
  rests: string;
} {
  const net = major(result.steadyNet, currency);
  const amount = formatMoney(Math.abs(net), currency);
  return {
    answer:
      net >= 0
        ? `Agents bring ${amount} a month more than they cost.`
        : `Agents cost ${amount} a month more than they bring.`,
    from:
      result.breakEven === null
        ? `Every pull request loses ${formatMoney(result.economics.contribution.abs().toNumber(), currency)}, so that no volume pays.`
        : `They pay from ${formatQuantity(result.breakEven.volume.toNumber(), "pull request")} a month on.`,
    rests: `${formatPercent(assumed, 0)} of what is added up rests on assumptions. In ${formatPercent(chance.net.positive, 0)} of ${formatCount(chance.trials)} draws of what is uncertain a month ends above zero.`,
  };
}

/** What a report is about: organisations and days. */
export function periodText({ names, period }: RoiReport): string {
  const last = dayOf(new Date(period.to.getTime() - 1), period.timeZone);
  return `${[...names.orgs.values()].join(", ")} · ${dayOf(period.from, period.timeZone)} to ${last}, ${period.timeZone}`;
}
