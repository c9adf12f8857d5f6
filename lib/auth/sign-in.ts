import { isAPIError } from "better-auth/api";
import { recordAuditAlone } from "@/lib/audit/record";
import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { getAccounts } from "./accounts";
import { actorOf, addressOf } from "./actor";
import { normalEmail } from "./new-user";
import { hashPassword } from "./password";
import { assertPace, forgiveTurn, takeTurn } from "./rate-limit";

/** What a sign-in came to: the cookies to send, and whether a second factor is still asked for. */
export interface SignIn {
  cookies: string[];
  needsCode: boolean;
}

const TRIES_OF_ACCOUNT = { burst: 5, seconds: 15 * 60 };
const TRIES_OF_ADDRESS = { burst: 30, seconds: 3600 };
/** A code of the authenticator is accepted from one step of its clock before to one after. */
const ONCE_WHILE_VALID = { burst: 1, seconds: 120 };
const TOO_MANY = "There were too many attempts to sign in. Wait a little and try again.";

const wrong = () => new AppError({ code: "unauthorized", message: "The e-mail address or the password is wrong." });

async function isDisabled(email: string): Promise<boolean> {
  const rows = await query(sql`select 1 from app_user where email = ${email} and disabled_at is not null`);
  return rows.length > 0;
}

/** What the library says is wrong, in our words; anything else is a failure of ours, with its cause. */
export function accountsError(error: unknown, refused: () => AppError): unknown {
  if (!isAPIError(error)) return error;
  return error.statusCode >= 500 ? (error.cause ?? error) : refused();
}

/**
 * Signs somebody in with a password.
 * @throws {AppError} `unauthorized` in the same words and after the same time whether the user exists, is disabled or
 * the password is wrong; `too_many_requests` after too many attempts
 */
export async function signIn(input: { email: string; password: string }, headers: Headers): Promise<SignIn> {
  const email = normalEmail(input.email);
  const address = addressOf(headers) ?? "";
  const paces = [
    [`sign-in:${email}:${address}`, TRIES_OF_ACCOUNT],
    [`sign-in:${address}`, TRIES_OF_ADDRESS],
  ] as const;
  for (const [key, pace] of paces) await assertPace(key, pace, TOO_MANY);
  try {
    if (await isDisabled(email)) {
      await hashPassword(input.password);
      throw wrong();
    }
    const { headers: answered, response } = await getAccounts().api.signInEmail({
      body: { email, password: input.password },
      headers,
      returnHeaders: true,
    });
    for (const [key, pace] of paces) await forgiveTurn(key, pace);
    const needsCode = "twoFactorRedirect" in response;
    if (!needsCode) await noteSignIn(email, headers, "password");
    return { cookies: answered.getSetCookie(), needsCode };
  } catch (error) {
    const failure = accountsError(error, wrong);
    if (failure instanceof AppError) {
      await recordAuditAlone({
        actor: actorOf(null, headers, email),
        action: "sign_in.refused",
        target: { kind: "user", id: null, name: email },
      });
    }
    throw failure;
  }
}

async function noteSignIn(email: string, headers: Headers, how: string): Promise<void> {
  const [user] = await query<{ id: string; name: string }>(sql`select id, name from app_user where email = ${email}`);
  if (user === undefined) return;
  await recordAuditAlone({
    actor: { ...actorOf(null, headers, user.name), kind: "user", id: user.id },
    action: "sign_in.done",
    target: { kind: "user", id: user.id, name: user.name },
    after: { how },
  });
}

/**
 * The second step: a code of the authenticator, or one of the codes that were handed out for when it is lost.
 * @throws {AppError} `unauthorized` for a wrong code or when the first step is too long ago
 */
export async function confirmSignIn(code: string, headers: Headers): Promise<SignIn> {
  const address = addressOf(headers) ?? "";
  await assertPace(`sign-in-code:${address}`, TRIES_OF_ADDRESS, TOO_MANY);
  const refused = () =>
    new AppError({
      code: "unauthorized",
      message: "The code is wrong, or too much time has passed: sign in again.",
      pointer: "/code",
    });
  const { api } = getAccounts();
  const given = { body: { code: code.replaceAll(/\s/g, "") }, headers, returnHeaders: true as const };
  const isBackupCode = !/^\d{6}$/.test(given.body.code);
  try {
    const { headers: answered, response } = isBackupCode
      ? await api.verifyBackupCode({ ...given, body: { code: code.trim() } })
      : await api.verifyTOTP(given);
    if (!isBackupCode && (await takeTurn(`code:${response.user.id}:${given.body.code}`, ONCE_WHILE_VALID)) !== null) {
      // Somebody looked over a shoulder: what the library has just begun ends at once.
      await execute(sql`delete from user_session where token = ${response.token}`);
      throw refused();
    }
    await forgiveTurn(`sign-in-code:${address}`, TRIES_OF_ADDRESS);
    await noteSignIn(response.user.email, headers, isBackupCode ? "backup code" : "authenticator");
    return { cookies: answered.getSetCookie(), needsCode: false };
  } catch (error) {
    throw accountsError(error, refused);
  }
}

/** Ends the session of a request. @returns cookies that make the browser forget it */
export async function signOut(headers: Headers): Promise<string[]> {
  const { headers: answered } = await getAccounts().api.signOut({ headers, returnHeaders: true });
  return answered.getSetCookie();
}
