import { createRandom } from "@/lib/core/random";

/** Up to so many ways to choose the treated are all tried; of more that many are drawn (metrics.md 2.10). */
const MOST_EXACT = 100_000;
const DRAWS = 20_000;
/** Sums of the same numbers in another order may differ in their last digits. */
const SAME = 1e-12;

/** n choose k. */
export function countChoices(n: number, k: number): number {
  let count = 1;
  for (let step = 1; step <= k; step += 1) count = (count * (n - k + step)) / step;
  return Math.round(count);
}

/** The smallest two-sided p that so many treated and controls can show. */
export function smallestPossibleP(treated: number, control: number): number {
  return (treated === control ? 2 : 1) / countChoices(treated + control, treated);
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Calls back with the sum of each choice of `left` of the values from `at` on. */
function eachChoice(values: readonly number[], at: number, left: number, sum: number, visit: (sum: number) => void) {
  if (left === 0) {
    visit(sum);
    return;
  }
  for (let index = at; index <= values.length - left; index += 1) {
    eachChoice(values, index + 1, left - 1, sum + (values[index] as number), visit);
  }
}

/** Sums of values that were chosen by chance, without any twice. */
function* drawnSums(values: readonly number[], count: number, seed: number): Generator<number> {
  const random = createRandom(seed);
  const order = [...values];
  for (let draw = 0; draw < DRAWS; draw += 1) {
    for (let index = 0; index < count; index += 1) {
      const other = index + (random() % (order.length - index));
      [order[index], order[other]] = [order[other] as number, order[index] as number];
    }
    yield sumOf(order.slice(0, count));
  }
}

export interface PermutationTest {
  /** Two-sided. */
  p: number;
  /** How many ways to choose the treated were tried. */
  tried: number;
  isExact: boolean;
}

/**
 * How often a difference of means at least as large comes about when the treated are chosen by chance, among all ways to
 * choose them; of more than 100,000 ways 20,000 are drawn.
 */
export function permutationTest(treated: readonly number[], control: readonly number[], seed: number): PermutationTest {
  const values = [...treated, ...control];
  const [total, count] = [sumOf(values), treated.length];
  const difference = (sum: number) => sum / count - (total - sum) / (values.length - count);
  const scale = Math.max(1, ...values.map(Math.abs));
  const least = Math.abs(difference(sumOf(treated))) - SAME * scale;
  let [extreme, tried] = [0, 0];
  const visit = (sum: number) => {
    tried += 1;
    if (Math.abs(difference(sum)) >= least) extreme += 1;
  };
  const isExact = countChoices(values.length, count) <= MOST_EXACT;
  if (isExact) eachChoice(values, 0, count, 0, visit);
  else for (const sum of drawnSums(values, count, seed)) visit(sum);
  // What was seen is one of the ways, also where it was not drawn.
  return { p: isExact ? extreme / tried : (extreme + 1) / (tried + 1), tried, isExact };
}
