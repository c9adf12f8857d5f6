import { type PermutationTest, permutationTest, smallestPossibleP } from "./permutation-test";
import { studentQuantile } from "./student-quantile";

/** One team before and after. */
export interface TeamChange {
  before: number;
  after: number;
}

export interface Effect {
  /** Mean change of the treated less that of the control. */
  estimate: number;
  /** Of what the treated would have come to; null where that is nothing. */
  relative: number | null;
  se: number;
  df: number;
  t975: number;
  lo: number;
  hi: number;
  permutation: PermutationTest;
  smallestP: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The variance of a mean. */
function varianceOfMean(values: readonly number[]): number {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return squares / (values.length - 1) / values.length;
}

/** What the change of the treated is of what they would have come to with the change of the control (metrics.md 2.10). */
export function relativeEffect(treated: TeamChange, control: TeamChange): number | null {
  const expected = treated.before + control.after - control.before;
  return expected === 0 ? null : (treated.after - expected) / expected;
}

/**
 * Difference-in-differences on changes of teams (metrics.md 2.10): Welch's interval, and p by permutation.
 * @returns null with fewer than two teams on a side, or where all changes are the same
 */
export function differenceInDifferences(
  treated: readonly TeamChange[],
  control: readonly TeamChange[],
  seed: number,
): Effect | null {
  if (treated.length < 2 || control.length < 2) return null;
  const changes = (teams: readonly TeamChange[]) => teams.map(({ after, before }) => after - before);
  const [own, other] = [changes(treated), changes(control)];
  const [a, b] = [varianceOfMean(own), varianceOfMean(other)];
  const se = Math.sqrt(a + b);
  if (se === 0) return null;
  const df = (a + b) ** 2 / (a ** 2 / (own.length - 1) + b ** 2 / (other.length - 1));
  const t975 = studentQuantile(0.975, df);
  const estimate = mean(own) - mean(other);
  const middle = (teams: readonly TeamChange[]): TeamChange => ({
    before: mean(teams.map(({ before }) => before)),
    after: mean(teams.map(({ after }) => after)),
  });
  return {
    estimate,
    relative: relativeEffect(middle(treated), middle(control)),
    se,
    df,
    t975,
    lo: estimate - t975 * se,
    hi: estimate + t975 * se,
    permutation: permutationTest(own, other, seed),
    smallestP: smallestPossibleP(own.length, other.length),
  };
}
