import { z } from "zod";
import { addDays } from "@/lib/core/zoned-time";
import { amountText, currencyCode, dayOfInstant, MOST_PAGES, readAnswer } from "./read-answer";
import { type CostVendor, type VendorCost, VendorFailure } from "./vendor";

const secondsOf = (day: string): string => String(Date.parse(`${day}T00:00:00Z`) / 1000);

const page = z.object({
  object: z.literal("page"),
  data: z.array(
    z.object({
      start_time: z.int().positive(),
      results: z.array(z.object({ amount: z.object({ value: amountText, currency: currencyCode }) })),
    }),
  ),
  has_more: z.boolean(),
  next_page: z.string().nullable(),
});

/** The costs of an organisation by day (https://platform.openai.com/docs/api-reference/usage/costs). */
export const openai: CostVendor = {
  provider: "openai",
  basis: "billed",
  async read(ask, { secret }, { firstDay, lastDay }) {
    const costs: VendorCost[] = [];
    let next: string | null = null;
    for (let count = 0; count < MOST_PAGES; count += 1) {
      const url = new URL("https://api.openai.com/v1/organization/costs");
      url.search = String(
        new URLSearchParams({
          start_time: secondsOf(firstDay),
          end_time: secondsOf(addDays(lastDay, 1)),
          bucket_width: "1d",
          limit: "180",
          ...(next !== null && { page: next }),
        }),
      );
      const text = await ask({ url, headers: { authorization: `Bearer ${secret}` } });
      const { data, has_more, next_page } = readAnswer(page, text, "The costs of OpenAI", ["value"]);
      for (const { results, start_time } of data) {
        for (const { amount } of results)
          costs.push({
            day: dayOfInstant(start_time * 1000),
            amount: amount.value,
            currency: amount.currency,
            item: "api",
            agent: null,
          });
      }
      if (!has_more) return costs;
      if (next_page === null || next_page === next) break;
      next = next_page;
    }
    throw new VendorFailure("changed", "The costs of OpenAI have no end.");
  },
};
