import { z } from "zod";
import { addDays } from "@/lib/core/zoned-time";
import { amountText, dayOfInstant, MOST_PAGES, readAnswer } from "./read-answer";
import { type AskVendor, type CostVendor, type VendorCost, type VendorDays, VendorFailure } from "./vendor";

const CENTS = 100;
/** Days of one question. */
const MOST_DAYS = 30;

const page = z.object({
  totalUsageEventsCount: z.int().nonnegative(),
  pagination: z.object({ hasNextPage: z.boolean() }),
  usageEvents: z.array(
    z.object({
      /** Milliseconds since 1970, as text. */
      timestamp: z.string().regex(/^\d{13}$/, { error: "is no instant" }),
      chargedCents: amountText,
    }),
  ),
});

/**
 * What a team on Cursor was charged, call by call (https://cursor.com/docs/account/teams/admin-api). Calls have no names, so that days are
 * added up whole; seats are not in it.
 */
export const cursor: CostVendor = {
  provider: "cursor",
  basis: "metered",
  async read(ask, { secret }, { firstDay, lastDay }) {
    const costs: VendorCost[] = [];
    for (let first = firstDay; first <= lastDay; first = addDays(first, MOST_DAYS)) {
      const [last = lastDay] = [addDays(first, MOST_DAYS - 1), lastDay].sort();
      costs.push(...(await readSpan(ask, secret, { firstDay: first, lastDay: last })));
    }
    return costs;
  },
};

async function readSpan(ask: AskVendor, secret: string, { firstDay, lastDay }: VendorDays): Promise<VendorCost[]> {
  const sums = new Map<string, VendorCost>();
  let events = 0;
  for (let count = 1; count <= MOST_PAGES; count += 1) {
    const text = await ask({
      url: new URL("https://api.cursor.com/teams/filtered-usage-events"),
      headers: { authorization: `Basic ${Buffer.from(`${secret}:`).toString("base64")}` },
      body: {
        startDate: Date.parse(`${firstDay}T00:00:00Z`),
        endDate: Date.parse(`${addDays(lastDay, 1)}T00:00:00Z`) - 1,
        page: count,
        pageSize: 100,
      },
    });
    const answer = readAnswer(page, text, "The usage of Cursor", ["chargedCents"]);
    for (const { chargedCents, timestamp } of answer.usageEvents) {
      const day = dayOfInstant(Number(timestamp));
      const amount = chargedCents.div(CENTS).plus(sums.get(day)?.amount ?? 0);
      sums.set(day, { day, amount, currency: "USD", item: "api", agent: "cursor" });
    }
    events += answer.usageEvents.length;
    if (answer.pagination.hasNextPage) continue;
    // Pages move while calls come in; what is not whole is asked again.
    if (events !== answer.totalUsageEventsCount)
      throw new VendorFailure("unavailable", "The usage of Cursor changed while it was read.");
    return [...sums.values()];
  }
  throw new VendorFailure("changed", "The usage of Cursor has no end.");
}
