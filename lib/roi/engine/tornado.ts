import type { Decimal } from "@/lib/core/decimal";
import type { InputKey, ModelInputs } from "./inputs";
import { runModel } from "./run-model";

/** What one input does to the net present value between a low and a high of its own, all others as they are. */
export interface Swing {
  input: InputKey;
  low: string;
  high: string;
  /** Minor units. */
  valueAtLow: Decimal;
  valueAtHigh: Decimal;
  swing: Decimal;
}

/** The swings, the largest first (metrics.md 3.3). */
export function tornado(
  base: ModelInputs,
  ranges: Partial<Record<InputKey, readonly [low: string, high: string]>>,
  currency: string,
): Swing[] {
  const valueWith = (input: InputKey, value: string) => runModel({ ...base, [input]: value }, currency).netPresentValue;
  return (Object.entries(ranges) as [InputKey, readonly [string, string]][])
    .map(([input, [low, high]]) => {
      const [valueAtLow, valueAtHigh] = [valueWith(input, low), valueWith(input, high)];
      return { input, low, high, valueAtLow, valueAtHigh, swing: valueAtHigh.minus(valueAtLow).abs() };
    })
    .sort((a, b) => b.swing.comparedTo(a.swing));
}
