import type { Opening } from "@/components/metrics/headline";
import { formatCount, formatMoney, formatPercent, formatQuantity } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import { type AssumptionKey, inputWords } from "@/lib/core/roi-inputs";
import type { GroupModel } from "@/lib/metrics/money/types";
import type { MonteCarlo } from "@/lib/roi/engine/monte-carlo";
import type { ModelResult } from "@/lib/roi/engine/run-model";

/** Whether it pays, in a sentence, and what that rests on. */
export function roiOpening(
  model: GroupModel,
  result: ModelResult | null,
  chance: MonteCarlo | null,
  assumed: number,
): Opening {
  const { currency, inputs } = model;
  if (inputs === null || result === null || currency === null) return unknownOpening(model);
  const net = toMajor(result.steadyNet, currency).toNumber();
  const volume = Number(inputs.pullRequestsPerMonth.value);
  const amount = { figure: formatMoney(Math.abs(net), currency) };
  const headline =
    net >= 0
      ? ["Agents bring ", amount, " a month more than they cost."]
      : ["Agents cost ", amount, " a month more than they bring."];
  return {
    headline: [...headline, " ", ...volumeSentence(result, volume, model)],
    lede: [
      ...(chance === null
        ? []
        : [
            `In ${formatPercent(chance.net.positive, 0)} of ${formatCount(chance.trials)} draws of what is uncertain a month ends above zero.`,
          ]),
      `${formatPercent(assumed, 0)} of what is added up rests on assumptions, and saved hours count by ${formatPercent(Number(inputs.realisation.value), 0)}.`,
    ],
  };
}

function volumeSentence(
  { breakEven, economics }: ModelResult,
  volume: number,
  { currency }: GroupModel,
): Opening["headline"] {
  if (breakEven === null) {
    const loss = formatMoney(economics.contribution.abs().toNumber(), currency);
    return [`Every pull request loses ${loss}, so that no volume pays.`];
  }
  const needed = breakEven.volume.toNumber();
  if (needed === 0) return ["They pay from the first pull request on."];
  return [
    "They pay from ",
    { figure: formatQuantity(needed, "pull request") },
    ` a month on, and merge ${formatCount(Math.round(volume))}.`,
  ];
}

function unknownOpening({ missing, reason }: GroupModel): Opening {
  if (missing.length === 0) {
    return { headline: ["Whether agents pay cannot be said of this period."], lede: [`Why: ${reason ?? "no model"}.`] };
  }
  return {
    headline: ["Whether agents pay cannot be said before somebody says what hours cost and how many are saved."],
    lede: [`Still to enter: ${missing.map((key: AssumptionKey) => inputWords(key).label.toLowerCase()).join(", ")}.`],
  };
}
