import { z } from "zod";
import { amountText, readAnswer } from "./read-answer";
import { type CostVendor, type VendorCost, VendorFailure } from "./vendor";

const usage = z.object({
  usageItems: z.array(
    z.object({
      date: z.string().regex(/^\d{4}-\d{2}-\d{2}/, { error: "is no day" }),
      product: z.string(),
      sku: z.string(),
      unitType: z.string(),
      /** US dollars, after discounts. */
      netAmount: amountText,
    }),
  ),
});

/** Months of days, as `2026-01`. */
function monthsOf(firstDay: string, lastDay: string): string[] {
  const months: string[] = [];
  for (let month = firstDay.slice(0, 7); month <= lastDay.slice(0, 7); ) {
    months.push(month);
    const [year = 0, number = 0] = month.split("-").map(Number);
    month = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
  }
  return months;
}

/** Seats are paid by the user and month, everything else of Copilot by what is used. */
function costOf(product: string, unitType: string): Pick<VendorCost, "agent" | "item"> | null {
  const name = product.toLowerCase();
  if (name === "copilot") return { item: /user/i.test(unitType) ? "seats" : "api", agent: "copilot" };
  return name === "actions" ? { item: "ci", agent: null } : null;
}

/**
 * The billing usage of an organisation (https://docs.github.com/en/rest/billing/usage): Copilot's seats and AI credits, and Actions. What it
 * sells besides is of no agent, and not read. The key needs “Administration: read” of the organisation.
 */
export const github: CostVendor = {
  provider: "github",
  basis: "billed",
  async read(ask, { account, secret }, { firstDay, lastDay }) {
    if (account === null) throw new VendorFailure("refused", "It is not said which organisation on GitHub it is.");
    const costs: VendorCost[] = [];
    for (const month of monthsOf(firstDay, lastDay)) {
      const url = new URL(`https://api.github.com/organizations/${encodeURIComponent(account)}/settings/billing/usage`);
      const [year = "", number = ""] = month.split("-");
      url.search = String(new URLSearchParams({ year, month: String(Number(number)) }));
      const headers = { authorization: `Bearer ${secret}`, "x-github-api-version": "2022-11-28" };
      const text = await ask({ url, headers });
      for (const { date, netAmount, product, unitType } of readAnswer(usage, text, "The billing usage of GitHub", [
        "netAmount",
      ]).usageItems) {
        const [day, cost] = [date.slice(0, 10), costOf(product, unitType)];
        if (cost !== null && day >= firstDay && day <= lastDay)
          costs.push({ day, amount: netAmount, currency: "USD", ...cost });
      }
    }
    return costs;
  },
};
