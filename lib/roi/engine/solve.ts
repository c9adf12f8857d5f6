import { Decimal } from "@/lib/core/decimal";
import { type InputKey, type ModelInputs, termsOf } from "./inputs";
import { unitEconomics } from "./unit-economics";

/** Net of a month at full volume, major units. */
function steadyNet(inputs: ModelInputs): Decimal {
  const terms = termsOf(inputs);
  const { contribution, fixedMonthly } = unitEconomics(terms);
  return terms.pullRequestsPerMonth.times(contribution).minus(fixedMonthly);
}

/**
 * What an input would have to be for a month at full volume to come to a target, all others as they are. The model is a
 * straight line in each of its inputs, so two values of it give the answer.
 * @param target major units
 * @returns null where the input changes nothing, and where no value of 0 or more would do
 */
export function wouldHaveToBe(base: ModelInputs, input: InputKey, target: Decimal): Decimal | null {
  const at = (value: string) => steadyNet({ ...base, [input]: value });
  const [atZero, atOne] = [at("0"), at("1")];
  const slope = atOne.minus(atZero);
  if (slope.isZero()) return null;
  const value = target.minus(atZero).div(slope);
  return value.isNegative() && !value.isZero() ? null : new Decimal(value);
}
