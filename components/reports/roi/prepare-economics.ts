import { Decimal } from "@/lib/core/decimal";
import { isAssumed, type ModelInput } from "@/lib/metrics/money/types";
import { assumedShare, ECONOMICS_LINES } from "@/lib/roi/engine/economics-lines";
import type { InputKey } from "@/lib/roi/engine/inputs";
import type { ModelResult } from "@/lib/roi/engine/run-model";

type EconomicsSide = (typeof ECONOMICS_LINES)[number]["side"];
type Inputs = Readonly<Record<InputKey, ModelInput>>;

export interface EconomicsLine {
  label: string;
  /** Major units. */
  amount: number;
  /** Part of the longest line, 0..1. */
  length: number;
  isAssumed: boolean;
}

export interface Economics {
  benefits: EconomicsLine[];
  costs: EconomicsLine[];
  fixed: EconomicsLine[];
  /** Of everything that a month adds up, the part that rests on what nobody measured, paid or planned; 0..1. */
  assumed: number;
}

/** What a pull request brings and costs, line by line, and what a month costs anyway. Lines of nothing are left out. */
export function prepareEconomics(inputs: Inputs, result: ModelResult): Economics {
  const read = (side: EconomicsSide) =>
    ECONOMICS_LINES.filter((line) => line.side === side).flatMap(({ from, label, of }) => {
      const amount = of(result.economics);
      return amount.isZero() ? [] : [{ label, amount, isAssumed: from.some((key) => isAssumed(inputs, key)) }];
    });
  const [benefits, costs, fixed] = [read("benefit"), read("cost"), read("fixed")];
  const drawn = (lines: ReturnType<typeof read>, longest: Decimal): EconomicsLine[] =>
    lines.map(({ amount, isAssumed, label }) => ({
      label,
      isAssumed,
      amount: amount.toNumber(),
      length: longest.isZero() ? 0 : amount.abs().div(longest).toNumber(),
    }));
  const longestOf = (lines: ReturnType<typeof read>) =>
    lines.reduce((longest, { amount }) => Decimal.max(longest, amount.abs()), new Decimal(0));
  const perPullRequest = longestOf([...benefits, ...costs]);
  return {
    benefits: drawn(benefits, perPullRequest),
    costs: drawn(costs, perPullRequest),
    fixed: drawn(fixed, longestOf(fixed)),
    assumed: assumedShare(result.economics, new Decimal(inputs.pullRequestsPerMonth.value), (key) =>
      isAssumed(inputs, key),
    ),
  };
}
