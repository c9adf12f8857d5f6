import { createRandom } from "@/lib/core/random";
import { percentilesOfSorted } from "@/lib/metrics/statistics/percentile";
import { type Distribution, quantileOf } from "./distributions";
import { floatModel, floatTermsOf } from "./float-model";
import { INPUT_KEYS, type InputKey, type ModelInputs } from "./inputs";

/** The inputs that vary, and how. */
export type Uncertainty = Partial<Record<InputKey, Distribution>>;

export interface Spread {
  p10: number;
  p50: number;
  p90: number;
  mean: number;
  /** Share of the trials above 0. */
  positive: number;
  /** Trials in 40 ranges of equal width from the least to the most. */
  histogram: { from: number; to: number; count: number }[];
}

export interface MonteCarlo {
  seed: number;
  trials: number;
  /** A month at full volume, and the net present value; major units. */
  net: Spread;
  presentValue: Spread;
  returnOnInvestment: Spread;
  /** Pull requests a month; null where it lies among the trials in which every one loses money, which are `none` of all. */
  breakEven: { p10: number | null; p50: number | null; p90: number | null; none: number };
}

export const TRIALS = 10_000;
const BINS = 40;
const TWO_32 = 2 ** 32;

/**
 * Draws the uncertain inputs and works the model out for each draw (metrics.md 3.3): xoshiro128** from the seed, one number
 * per input and trial in the order of the keys of `uncertainty`'s inputs as INPUT_KEYS has them unless another is given,
 * u = (x + ½) / 2³², inverse distribution functions. The draws are independent of each other, which real ones are not. The
 * same seed gives the same figures everywhere.
 */
export function monteCarlo(
  base: ModelInputs,
  uncertainty: Uncertainty,
  { seed, trials = TRIALS, order }: { seed: number; trials?: number; order?: readonly InputKey[] },
): MonteCarlo {
  const random = createRandom(seed);
  const uncertain = (order ?? INPUT_KEYS).flatMap((key) => {
    const distribution = uncertainty[key];
    return distribution === undefined ? [] : [{ key, quantile: quantileOf(distribution) }];
  });
  const terms = floatTermsOf(base);
  const model = floatModel();
  const nets = new Float64Array(trials);
  const values = new Float64Array(trials);
  const returns = new Float64Array(trials);
  const volumes = new Float64Array(trials);
  for (let trial = 0; trial < trials; trial += 1) {
    for (const { key, quantile } of uncertain) terms[key] = quantile((random() + 0.5) / TWO_32);
    const result = model(terms);
    nets[trial] = result.net;
    values[trial] = result.presentValue;
    returns[trial] = result.returnOnInvestment;
    volumes[trial] = result.breakEven;
  }
  return {
    seed,
    trials,
    net: spreadOf(nets),
    presentValue: spreadOf(values),
    returnOnInvestment: spreadOf(returns),
    breakEven: volumeOf(volumes),
  };
}

function volumeOf(volumes: Float64Array): MonteCarlo["breakEven"] {
  const sorted = volumes.sort();
  // Between a number and an infinite one lies no number.
  const finite = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null);
  const [p10, p50, p90] = (percentilesOfSorted(sorted, [0.1, 0.5, 0.9]) ?? []).map(finite);
  return {
    p10: p10 ?? null,
    p50: p50 ?? null,
    p90: p90 ?? null,
    none: sorted.filter((volume) => volume === Number.POSITIVE_INFINITY).length / sorted.length,
  };
}

function spreadOf(values: Float64Array): Spread {
  let [sum, positive] = [0, 0];
  for (const value of values) {
    sum += value;
    if (value > 0) positive += 1;
  }
  const sorted = values.sort();
  const [p10, p50, p90] = percentilesOfSorted(sorted, [0.1, 0.5, 0.9]) as [number, number, number];
  return {
    p10,
    p50,
    p90,
    mean: sum / values.length,
    positive: positive / values.length,
    histogram: histogramOf(sorted),
  };
}

function histogramOf(sorted: Float64Array): Spread["histogram"] {
  const [least, most] = [sorted[0] as number, sorted.at(-1) as number];
  const width = (most - least) / BINS;
  if (width === 0) return [{ from: least, to: most, count: sorted.length }];
  const bins = Array.from({ length: BINS }, (_, bin) => ({
    from: least + bin * width,
    to: bin === BINS - 1 ? most : least + (bin + 1) * width,
    count: 0,
  }));
  for (const value of sorted) {
    const bin = bins[Math.min(BINS - 1, Math.floor((value - least) / width))];
    if (bin !== undefined) bin.count += 1;
  }
  return bins;
}
