import { recordAudit } from "@/lib/audit/record";
import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { actorOf } from "../actor";
import type { UserCaller } from "../caller";
import type { OwnIdentity } from "../types";
import { accountProvider, listProviders } from "./providers";

/** Every provider, and whether the caller signs in with it. */
export async function listOwnIdentities(user: UserCaller): Promise<OwnIdentity[]> {
  const held = await query<{ provider_id: string }>(
    sql`select provider_id from user_account where user_id = ${user.id}`,
  );
  const ways = new Set(held.map(({ provider_id: id }) => id));
  return (await listProviders()).map(({ id, label }) => ({ id, label, isLinked: ways.has(accountProvider(id)) }));
}

/**
 * Takes a provider away from the caller's account.
 * @throws {AppError} `not_found` when it is not there; `conflict` when it is the only way in
 */
export async function removeOwnIdentity(user: UserCaller, id: string, headers: Headers): Promise<void> {
  await withTransaction(async (client) => {
    await execute(sql`select from app_user where id = ${user.id} for update`, client);
    const ways = await query<{ provider_id: string }>(
      sql`select provider_id from user_account where user_id = ${user.id}`,
      client,
    );
    if (!ways.some(({ provider_id: way }) => way === accountProvider(id))) {
      throw new AppError({ code: "not_found", message: "You do not sign in with this provider." });
    }
    if (ways.length === 1) {
      throw new AppError({
        code: "conflict",
        message: "This is your only way in. Ask an owner or admin for a link with which you choose a password first.",
      });
    }
    await execute(
      sql`delete from user_account where user_id = ${user.id} and provider_id = ${accountProvider(id)}`,
      client,
    );
    await recordAudit(client, {
      actor: actorOf(user, headers),
      action: "user.provider_removed",
      target: { kind: "user", id: user.id, name: user.name },
      before: id,
    });
  });
}
