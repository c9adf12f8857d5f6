import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { AssumptionsEntry } from "./schema";

/**
 * Notes what somebody says of the model. What was said before stays, so that it can be seen who said what and when; what is
 * said last stands before it.
 * @param by who says it, as pages name them
 * @returns how many values were noted
 * @throws {AppError} `not_found`
 */
export async function enterAssumptions(entry: AssumptionsEntry, by: string): Promise<{ entered: number }> {
  const { allocation, basis, currency, fiscalStart, org, team, validFrom, values, why } = entry;
  return withTransaction(async (client) => {
    const [found] = await query<{ orgId: number; teamId: number | null }>(
      sql`select o.id as "orgId", t.id as "teamId"
        from organization o left join team t on t.org_id = o.id and t.slug = ${team}
        where o.slug = ${org} for update of o`,
      client,
    );
    if (found === undefined) throw new AppError({ code: "not_found", message: `There is no organisation ${org}.` });
    const { orgId, teamId } = found;
    if (team !== null && teamId === null) {
      throw new AppError({ code: "not_found", message: `There is no team ${org}/${team}.` });
    }
    if (currency !== undefined || allocation !== undefined) {
      await execute(
        sql`insert into money_setting as known (org_id, currency, allocation)
          values (${orgId}, ${currency ?? null}, coalesce(${allocation ?? null}, 'pull_requests'))
          on conflict (org_id) do update set currency = coalesce(${currency ?? null}, known.currency),
            allocation = coalesce(${allocation ?? null}, known.allocation)
          where (known.currency, known.allocation) is distinct from
            (coalesce(${currency ?? null}, known.currency), coalesce(${allocation ?? null}, known.allocation))`,
        client,
      );
    }
    if (fiscalStart !== undefined) {
      await execute(
        sql`update organization set fiscal_start = ${fiscalStart} where id = ${orgId} and fiscal_start <> ${fiscalStart}`,
        client,
      );
    }
    if (values.length === 0) return { entered: 0 };
    const entered = await execute(
      sql`insert into roi_assumption (org_id, team_id, key, value, low, high, valid_from, basis, why, entered_by)
        select ${orgId}, ${teamId}, g.key, g.value, g.low, g.high, ${validFrom}, ${basis}, ${why}, ${by}
        from unnest(${values.map(({ key }) => key)}::text[], ${values.map(({ value }) => value)}::numeric[],
          ${values.map(({ low }) => low)}::numeric[], ${values.map(({ high }) => high)}::numeric[])
          as g (key, value, low, high)`,
      client,
    );
    return { entered };
  });
}
