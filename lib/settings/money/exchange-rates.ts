import { AppError } from "@/lib/core/errors";
import { dayOf } from "@/lib/core/zoned-time";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { ExchangeRatesEntry } from "./schema";

/**
 * Notes what a currency was worth, month by month, in the one that an organisation plans in. What was said before stays to be
 * seen; what is said last stands before it. What is the same as before is not noted again.
 * @param by who says it, as pages name them
 * @returns how many rates were noted, and the currency that they are in
 * @throws {AppError} `not_found`, `unprocessable` with the pointer of what cannot be taken
 */
export async function enterExchangeRates(
  { currency, org, rates, why }: ExchangeRatesEntry,
  by: string,
  now = new Date(),
): Promise<{ entered: number; into: string }> {
  return withTransaction(async (client) => {
    const [found] = await query<{ orgId: number; into: string | null; timeZone: string }>(
      sql`select o.id as "orgId", m.currency as "into", o.time_zone as "timeZone"
        from organization o left join money_setting m on m.org_id = o.id where o.slug = ${org} for update of o`,
      client,
    );
    if (found === undefined)
      throw new AppError({ code: "not_found", message: `There is no organisation ${org}.`, pointer: "/org" });
    const { into, orgId, timeZone } = found;
    const refuse = (pointer: string, message: string) => new AppError({ code: "unprocessable", message, pointer });
    if (into === null)
      throw refuse("/org", `Nobody has said in which currency ${org} plans: enter it with its assumptions first.`);
    if (currency === into) throw refuse("/currency", `${org} plans in ${into}: it is worth one of itself.`);
    const thisMonth = dayOf(now, timeZone).slice(0, 7);
    for (const [index, { month }] of rates.entries()) {
      if (month > thisMonth) throw refuse(`/rates/${index}/month`, `${month} has not come yet.`);
    }
    const entered = await execute(
      sql`insert into exchange_rate (org_id, currency, into_currency, month, rate, why, entered_by)
        select ${orgId}, ${currency}, ${into}, g.month::date, g.rate, ${why}, ${by}
        from unnest(${rates.map(({ month }) => `${month}-01`)}::text[], ${rates.map(({ rate }) => rate)}::numeric[])
          as g (month, rate)
        where g.rate is distinct from (select k.rate from exchange_rate k
          where k.org_id = ${orgId} and k.currency = ${currency} and k.into_currency = ${into} and k.month = g.month::date
          order by k.id desc limit 1)`,
      client,
    );
    return { entered, into };
  });
}
