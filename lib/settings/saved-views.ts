import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { SavedView } from "./types";

/** More names than this nobody finds again. */
const MOST_VIEWS = 100;

/** One's own views and those that others share, by name. */
export async function listViews(userId: string): Promise<SavedView[]> {
  return query<SavedView>(
    sql`select v.id, v.name, v.path, v.is_shared as "isShared", v.user_id = ${userId} as "isOwn", u.name as by
      from saved_view v join app_user u on u.id = v.user_id
      where v.user_id = ${userId} or v.is_shared order by lower(v.name), v.id`,
  );
}

/**
 * Saves a view; one of the same name gives way to it.
 * @returns its id
 * @throws {AppError} `conflict` where there are too many
 */
export async function saveView(
  userId: string,
  { isShared, name, path }: Pick<SavedView, "name" | "path" | "isShared">,
): Promise<number> {
  return withTransaction(async (client) => {
    await query(sql`select from app_user where id = ${userId} for update`, client);
    const [row] = await query<{ id: number }>(
      sql`insert into saved_view (user_id, name, path, is_shared) values (${userId}, ${name}, ${path}, ${isShared})
        on conflict (user_id, name) do update set path = excluded.path, is_shared = excluded.is_shared returning id`,
      client,
    );
    const [held] = await query<{ count: number }>(
      sql`select count(*)::integer as count from saved_view where user_id = ${userId}`,
      client,
    );
    if (row === undefined || (held?.count ?? 0) > MOST_VIEWS) {
      throw new AppError({
        code: "conflict",
        message: `You hold ${MOST_VIEWS} views: remove one on the page Account.`,
      });
    }
    return row.id;
  });
}

/** Removes one of one’s own views. @throws {AppError} `not_found` */
export async function removeView(userId: string, id: string): Promise<void> {
  const removed = /^\d{1,9}$/.test(id)
    ? await execute(sql`delete from saved_view where id = ${Number(id)} and user_id = ${userId}`)
    : 0;
  if (removed === 0) throw new AppError({ code: "not_found", message: `You have no view ${id}.` });
}
