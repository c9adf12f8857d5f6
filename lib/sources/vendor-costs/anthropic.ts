import { z } from "zod";
import { addDays } from "@/lib/core/zoned-time";
import { amountText, currencyCode, MOST_PAGES, readAnswer } from "./read-answer";
import { type CostVendor, type VendorCost, VendorFailure } from "./vendor";

const CENTS = 100;
const MOST_DAYS = "31";

const page = z.object({
  data: z.array(
    z.object({
      starting_at: z.iso.datetime({ offset: true }),
      results: z.array(
        z.object({
          /** Cents, as decimal text. */
          amount: amountText,
          currency: currencyCode,
          cost_type: z.string(),
        }),
      ),
    }),
  ),
  has_more: z.boolean(),
  next_page: z.string().nullable(),
});

/**
 * The cost report of the Admin API (https://platform.claude.com/docs/en/api/admin-api/usage-cost/get-cost-report): bills of an organisation by
 * day, without the Priority Tier.
 */
export const anthropic: CostVendor = {
  provider: "anthropic",
  basis: "billed",
  async read(ask, { secret }, { firstDay, lastDay }) {
    const costs: VendorCost[] = [];
    let next: string | null = null;
    for (let count = 0; count < MOST_PAGES; count += 1) {
      const url = new URL("https://api.anthropic.com/v1/organizations/cost_report");
      url.search = String(
        new URLSearchParams({
          starting_at: `${firstDay}T00:00:00Z`,
          ending_at: `${addDays(lastDay, 1)}T00:00:00Z`,
          bucket_width: "1d",
          limit: MOST_DAYS,
          ...(next !== null && { page: next }),
        }),
      );
      const text = await ask({ url, headers: { "x-api-key": secret, "anthropic-version": "2023-06-01" } });
      const { data, has_more, next_page } = readAnswer(page, text, "The cost report of Anthropic");
      for (const { results, starting_at } of data) {
        for (const { amount, currency } of results)
          costs.push({ day: starting_at.slice(0, 10), amount: amount.div(CENTS), currency, item: "api", agent: null });
      }
      if (!has_more) return costs;
      if (next_page === null || next_page === next) break;
      next = next_page;
    }
    throw new VendorFailure("changed", "The cost report of Anthropic has no end.");
  },
};
