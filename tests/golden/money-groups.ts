import { z } from "zod";
import { Decimal } from "@/lib/core/decimal";
import { earliestClose, fiscalPeriodOf } from "@/lib/core/fiscal-calendar";
import { allocateMinor, roundHalfUp } from "@/lib/core/money";
import { lineAmount, tokenCost } from "@/lib/roi/engine/token-cost";
import { unitCosts } from "@/lib/roi/engine/unit-costs";

const value = z.union([z.number(), z.string()]).transform(String);
const numbers = z.array(z.number());
const MONEY = "USD";

const moneyInputs = z.union([
  z.object({ values: z.array(z.string()) }),
  z.object({ total_minor: z.number(), weights: numbers }),
  z.object({
    inferences: value,
    unit_price_usd: value,
    tokens_in: value,
    tokens_out: value,
    usd_per_m_in: value,
    usd_per_m_out: value,
  }),
  z.object({ usd_per_m_in: value, usd_per_m_out: value }),
]);

function money(inputs: unknown) {
  const parsed = moneyInputs.parse(inputs);
  if ("values" in parsed) {
    return {
      half_up_away_from_zero: parsed.values.map((text) => roundHalfUp(text, 2)),
      half_even_for_contrast: parsed.values.map((text) =>
        new Decimal(text).toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN).toFixed(2),
      ),
    };
  }
  if ("weights" in parsed) return allocateMinor(BigInt(parsed.total_minor), parsed.weights.map(String)).map(Number);
  const prices = { pricePerMillionInput: parsed.usd_per_m_in, pricePerMillionOutput: parsed.usd_per_m_out };
  const cost = (input: string, output: string) => tokenCost({ input, output, ...prices });
  if ("inferences" in parsed) {
    return {
      inference_cost_minor: Number(lineAmount(parsed.inferences, parsed.unit_price_usd, MONEY)),
      api_cost_minor: Number(lineAmount("1", cost(parsed.tokens_in, parsed.tokens_out).toString(), MONEY)),
    };
  }
  // x of input and the rest of output come to 1.20: 15·0.3 − x·(15 − 3)/10⁶ = 1.20.
  const outputs = cost("0", "300000");
  const perToken = outputs.minus(cost("300000", "0")).div("300000");
  const input = outputs.minus("1.20").div(perToken);
  return {
    usd_50k_all_input: cost("50000", "0").toNumber(),
    usd_300k_all_input: cost("300000", "0").toNumber(),
    usd_300k_all_output: outputs.toNumber(),
    input_tokens_for_1_20_of_300k: input.toNumber(),
    output_tokens_for_1_20_of_300k: new Decimal("300000").minus(input).toNumber(),
  };
}

const fiscalInputs = z.union([
  z.object({ start_month: z.number(), dates: z.array(z.string()) }),
  z.object({ period_end_exclusive: z.string(), window_days: z.number(), settle_hours: z.number() }),
]);

function fiscal(inputs: unknown) {
  const parsed = fiscalInputs.parse(inputs);
  if ("dates" in parsed) {
    return parsed.dates.map((day) => {
      const { year, period } = fiscalPeriodOf(day, parsed.start_month);
      return { fy: year, period };
    });
  }
  const close = earliestClose(new Date(parsed.period_end_exclusive), parsed.window_days, parsed.settle_hours);
  return { earliest_close: close.toISOString().replace(".000Z", "Z") };
}

const costInputs = z.object({
  cost_minor: value,
  merged: value,
  mature_merged: value,
  mature_rolled_back: value,
});

function cost(inputs: unknown) {
  const parsed = costInputs.parse(inputs);
  const safeRate = new Decimal(1).minus(new Decimal(parsed.mature_rolled_back).div(parsed.mature_merged));
  const per = unitCosts({ cost: new Decimal(parsed.cost_minor), merged: new Decimal(parsed.merged), safeRate });
  return {
    cost_per_pr_minor: per.perPullRequest && roundHalfUp(per.perPullRequest, 2),
    safe_rate: safeRate.toNumber(),
    cost_per_safe_pr_minor: per.perSafePullRequest && roundHalfUp(per.perSafePullRequest, 2),
  };
}

/** The golden groups of amounts and months: raw inputs in, the expected shape out. */
export const moneyGroups: Record<string, (inputs: unknown) => unknown> = { money, fiscal, cost };
