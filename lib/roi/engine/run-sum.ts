import { Decimal } from "@/lib/core/decimal";
import { type MonthlyFlow, monthlyFlows } from "./flows";
import { type ModelInputs, termsOf } from "./inputs";
import { type ModelResult, resultOf } from "./run-model";
import { unitEconomics } from "./unit-economics";

const LINES = ["pullRequests", "benefit", "variableCost", "fixedCost", "investment", "net"] as const;

/**
 * What several models come to together (metrics.md 3.2): the sum of their posted lines, month by month, so that they add
 * up to the minor unit; break-even and unit economics are those of the current mix.
 * @param mix the inputs of one model of all of them
 * @param parts of the same horizon
 */
export function runSum(mix: ModelInputs, parts: readonly ModelInputs[], currency: string): ModelResult {
  const terms = termsOf(mix);
  const flows = parts.map((part) => {
    const own = termsOf(part);
    return monthlyFlows(own, unitEconomics(own), currency);
  });
  return resultOf(terms, unitEconomics(terms), addUp(flows));
}

function addUp(flows: readonly (readonly MonthlyFlow[])[]): MonthlyFlow[] {
  const [first = []] = flows;
  if (flows.some(({ length }) => length !== first.length))
    throw new RangeError("Models of different horizons have no sum");
  return first.map(({ month }) => {
    const sums = LINES.map(
      (line) =>
        [line, flows.reduce((sum, own) => sum.plus((own[month] as MonthlyFlow)[line]), new Decimal(0))] as const,
    );
    return { month, ...(Object.fromEntries(sums) as Omit<MonthlyFlow, "month">) };
  });
}
