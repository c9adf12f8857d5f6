import { describe, expect, it } from "vitest";
import { Decimal } from "@/lib/core/decimal";
import { toMajor } from "@/lib/core/money";
import { type ModelInputs, termsOf } from "@/lib/roi/engine/inputs";
import { runModel } from "@/lib/roi/engine/run-model";
import { breakEvenVolume, unitEconomics } from "@/lib/roi/engine/unit-economics";
import { DORA_DEFAULTS, doraCalculator, inputsOfDora } from "./dora-calculator";
import { CASE_ARTICLE, inputsOfCaseArticle, recomputeCaseArticle } from "./source-000";

/** A year before rounding to months: what is posted differs from it by half a cent a line and month. */
function yearOf(inputs: ModelInputs): Decimal {
  const { contribution, fixedMonthly } = unitEconomics(termsOf(inputs));
  return contribution.times(inputs.pullRequestsPerMonth).minus(fixedMonthly).times(12);
}
const text = (amount: Decimal) => amount.toDecimalPlaces(10).toString();

describe("published calculations through the engine of the pages", () => {
  it("come to the case article’s own terms, for each developer or once for all", () => {
    const own = recomputeCaseArticle(CASE_ARTICLE);
    const each = inputsOfCaseArticle(CASE_ARTICLE, "each");
    expect(text(yearOf(each))).toBe(text(own.hardNet.times(CASE_ARTICLE.developers)));
    expect(text(yearOf(each))).toBe("600000");
    expect(text(yearOf({ ...each, realisation: "0.5" }))).toBe(text(own.hardNetHalfRealised.times(25)));
    // With what is soft it is the net that its terms give.
    const soft = new Decimal(each.softMonthly).times(12);
    expect(text(yearOf(each).plus(soft))).toBe(text(own.net.times(25)));

    const once = inputsOfCaseArticle(CASE_ARTICLE, "once");
    const softOnce = new Decimal(once.softMonthly).times(12);
    expect(text(yearOf(once).plus(softOnce).div(25))).toBe(text(own.netIfShared));
    expect(text(own.netIfShared)).toBe("30080");

    const posted = runModel(each, "USD");
    expect(toMajor(posted.totalNet, "USD").minus(600000).abs().toNumber()).toBeLessThan(0.12);
    expect(breakEvenVolume(posted.economics)?.volume.toString()).toBe("11");
  });

  it("come to what DORA’s calculator says of its first year", () => {
    const inputs = inputsOfDora(DORA_DEFAULTS);
    const published = doraCalculator(DORA_DEFAULTS);
    const dip = new Decimal(inputs.dipDevelopers).times(inputs.dipSalary).times(inputs.dipShare).times(3).div(12);
    expect(text(dip)).toBe("3300000");
    const soft = new Decimal(inputs.softMonthly).times(12);
    expect(text(yearOf(inputs).minus(inputs.oneOff).minus(dip).plus(soft))).toBe(text(published.benefit));
    expect(text(published.benefit)).toBe("3281000");

    const posted = runModel(inputs, "USD");
    expect(toMajor(posted.totalNet, "USD").plus(soft).minus(3281000).abs().toNumber()).toBeLessThan(0.25);
  });
});
