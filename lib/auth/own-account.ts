import { recordAuditAlone } from "@/lib/audit/record";
import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { getAccounts } from "./accounts";
import { actorOf } from "./actor";
import type { UserCaller } from "./caller";
import { assertPassword } from "./password";
import { assertPace } from "./rate-limit";
import { accountsError } from "./sign-in";
import type { SessionItem } from "./types";

const TRIES = { burst: 10, seconds: 15 * 60 };

function wrongPassword(pointer: string): AppError {
  return new AppError({ code: "unprocessable", message: "This is not your password.", pointer });
}

/** What somebody at a screen that was left open may not try for long. */
async function assertTries(user: UserCaller): Promise<void> {
  await assertPace(`password:${user.id}`, TRIES, "There were too many attempts. Wait a little and try again.");
}

async function note(user: UserCaller, headers: Headers, action: string): Promise<void> {
  await recordAuditAlone({
    actor: actorOf(user, headers),
    action,
    target: { kind: "user", id: user.id, name: user.name },
  });
}

/**
 * Changes the caller's own password; every other session of theirs ends.
 * @returns the cookies of the session that goes on
 * @throws {AppError} `unprocessable` at `/current` or `/password`
 */
export async function changePassword(
  user: UserCaller,
  { current, password }: { current: string; password: string },
  headers: Headers,
): Promise<string[]> {
  await assertTries(user);
  await assertPassword(password, [user.email, user.name]);
  try {
    const { headers: answered } = await getAccounts().api.changePassword({
      body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
      headers,
      returnHeaders: true,
    });
    await note(user, headers, "user.password_changed");
    return answered.getSetCookie();
  } catch (error) {
    throw accountsError(error, () => wrongPassword("/current"));
  }
}

/**
 * Begins a second factor: it counts from the first right code on.
 * @throws {AppError} `unprocessable` at `/password`; `conflict` when there is one already
 */
export async function beginSecondFactor(user: UserCaller, password: string, headers: Headers) {
  if (user.twoFactor) {
    throw new AppError({ code: "conflict", message: "A second factor is set up already: take it away first." });
  }
  await assertTries(user);
  try {
    const begun = await getAccounts().api.enableTwoFactor({ body: { password }, headers });
    if (!("totpURI" in begun)) throw new Error("The second factor is not the one that was asked for");
    return { uri: begun.totpURI, backupCodes: begun.backupCodes };
  } catch (error) {
    throw accountsError(error, () => wrongPassword("/password"));
  }
}

/** The first code of a new second factor. @returns cookies of the session @throws {AppError} `unprocessable` at `/code` */
export async function confirmSecondFactor(user: UserCaller, code: string, headers: Headers): Promise<string[]> {
  await assertTries(user);
  try {
    const { headers: answered } = await getAccounts().api.verifyTOTP({
      body: { code: code.replaceAll(/\s/g, "") },
      headers,
      returnHeaders: true,
    });
    await note(user, headers, "user.second_factor_added");
    return answered.getSetCookie();
  } catch (error) {
    const message = "This is not the code of now. Does your device show the right time?";
    throw accountsError(error, () => new AppError({ code: "unprocessable", message, pointer: "/code" }));
  }
}

/** Takes the caller's own second factor away. @throws {AppError} `unprocessable` at `/password` */
export async function removeSecondFactor(user: UserCaller, password: string, headers: Headers): Promise<string[]> {
  await assertTries(user);
  try {
    const { headers: answered } = await getAccounts().api.disableTwoFactor({
      body: { password },
      headers,
      returnHeaders: true,
    });
    await note(user, headers, "user.second_factor_removed");
    return answered.getSetCookie();
  } catch (error) {
    throw accountsError(error, () => wrongPassword("/password"));
  }
}

/** The caller's own sessions, the one of this request first. */
export async function listOwnSessions(user: UserCaller): Promise<SessionItem[]> {
  const rows = await query<{
    id: string;
    ip_address: string | null;
    user_agent: string | null;
    created_at: Date;
    updated_at: Date;
  }>(
    sql`select id, ip_address, user_agent, created_at, updated_at from user_session
      where user_id = ${user.id} and expires_at > now()
      order by (id = ${user.sessionId}) desc, updated_at desc, id`,
  );
  return rows.map((row) => ({
    id: row.id,
    address: row.ip_address === "" ? null : row.ip_address,
    userAgent: row.user_agent === "" ? null : row.user_agent,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.updated_at.toISOString(),
    current: row.id === user.sessionId,
  }));
}

/** Ends one of the caller's own sessions. @throws {AppError} `not_found`, also for a session of somebody else */
export async function endOwnSession(user: UserCaller, id: string): Promise<void> {
  const ended = await execute(sql`delete from user_session where id = ${id} and user_id = ${user.id}`);
  if (ended === 0) throw new AppError({ code: "not_found", message: "There is no such session." });
}

/** Ends all of the caller's sessions but this one. */
export async function endOtherSessions(user: UserCaller): Promise<void> {
  await execute(sql`delete from user_session where user_id = ${user.id} and id <> ${user.sessionId}`);
}
