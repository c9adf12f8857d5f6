import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";

interface FrozenMonth {
  orgId: number;
  month: string;
  after: { id: number; isReopened: boolean } | null;
  text: string;
  sha256: string;
}

/**
 * Keeps a month that was frozen.
 * @throws {AppError} `conflict` where another close came between
 */
export async function keepClose(
  { after, month, orgId, sha256, text }: FrozenMonth,
  by: string,
): Promise<{ id: number; version: number; sha256: string }> {
  return withTransaction(async (client) => {
    await execute(sql`select 1 from organization where id = ${orgId} for update`, client);
    const [latest] = await query<{ id: number; isReopened: boolean }>(
      sql`select id, reopened_at is not null as "isReopened" from month_close where org_id = ${orgId}
        order by month desc, version desc limit 1`,
      client,
    );
    if (latest?.id !== after?.id || latest?.isReopened !== after?.isReopened) {
      throw new AppError({
        code: "conflict",
        message: "Somebody closed or opened a month meanwhile. Look at it again.",
      });
    }
    const [kept] = await query<{ id: number; version: number }>(
      sql`insert into month_close (org_id, month, version, snapshot, sha256, closed_by)
        select ${orgId}, ${`${month}-01`}::date, coalesce(max(version), 0) + 1, ${text}, ${sha256}, ${by}
        from month_close where org_id = ${orgId} and month = ${`${month}-01`}::date
        returning id, version`,
      client,
    );
    if (kept === undefined) throw new Error("A close was not stored");
    return { ...kept, sha256 };
  });
}

/**
 * Opens the last month that was closed again; what it was closed with stays.
 * @throws {AppError} `not_found`, `conflict` where a later month is closed
 */
export async function reopenClose(
  reach: { organizations: "all" | readonly number[] },
  { id, reason }: { id: string; reason: string },
  by: string,
): Promise<{ org: string; month: string }> {
  return withTransaction(async (client) => {
    const seen = reach.organizations === "all" ? sql`true` : sql`o.id = any(${[...reach.organizations]}::integer[])`;
    const [found] = /^\d{1,9}$/.test(id)
      ? await query<{ org: string; month: string; orgId: number }>(
          sql`select o.slug as org, to_char(c.month, 'YYYY-MM') as month, o.id as "orgId"
            from month_close c join organization o on o.id = c.org_id
            where c.id = ${Number(id)}::integer and ${seen} for update of o`,
          client,
        )
      : [];
    if (found === undefined) throw new AppError({ code: "not_found", message: `There is no close ${id}.` });
    const { month, org, orgId } = found;
    const opened = await execute(
      sql`update month_close c set reopened_by = ${by}, reopened_at = now(), reopen_reason = ${reason}
        where c.id = ${Number(id)}::integer and c.reopened_at is null and not exists
          (select from month_close later where later.org_id = ${orgId} and (later.month, later.version) > (c.month, c.version))`,
      client,
    );
    if (opened === 0) {
      throw new AppError({
        code: "conflict",
        message: `Only the last month that was closed can be opened again: what becomes known of ${month} is posted in the open month.`,
      });
    }
    return { org, month };
  });
}

/** Keeps what became known of a closed month; what is kept already stays. @param content as text */
export async function keepVintage(closeId: number, days: number, content: string): Promise<void> {
  await execute(
    sql`insert into month_vintage (close_id, days, content) values (${closeId}, ${days}, ${content})
      on conflict (close_id, days) do nothing`,
  );
}
