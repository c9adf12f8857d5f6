import { createHash, randomInt, timingSafeEqual } from "node:crypto";
import { recordAudit } from "@/lib/audit/record";
import type { AuditActor } from "@/lib/audit/types";
import { AppError } from "@/lib/core/errors";
import type { Queryable } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { SYSTEM_ACTOR } from "./actor";
import { ensureKey } from "./keys";
import { type NewUser, normalEmail, prepareUser } from "./new-user";

/** Without letters and figures that look alike. */
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_LENGTH = 12;
const CODE_HOURS = 24;

const digestOf = (code: string): Buffer =>
  createHash("sha256")
    .update(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ""))
    .digest();

/** One process per database: who has no user stays so until the transaction ends. */
async function lockUsers(client: Queryable): Promise<void> {
  await execute(sql`select from installation where id = 1 for update`, client);
}

async function hasUsers(client?: Queryable): Promise<boolean> {
  const [row] = await query<{ found: boolean }>(sql`select exists (select from app_user) as found`, client);
  return row?.found === true;
}

/** Whether the first owner exists. It is asked with every page of whoever is not signed in, and true for ever after. */
export async function isSetUp(): Promise<boolean> {
  return hasUsers();
}

/**
 * Makes the code that the first owner is made with; an earlier one is no longer valid.
 * @returns the code, in groups; null when there are users already
 */
export async function issueSetUpCode(): Promise<string | null> {
  return withTransaction(async (client) => {
    await lockUsers(client);
    if (await hasUsers(client)) return null;
    const code = Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
    await execute(
      sql`update installation set set_up_code_digest = ${digestOf(code)},
        set_up_code_expires_at = now() + make_interval(hours => ${CODE_HOURS}) where id = 1`,
      client,
    );
    return code.replaceAll(/(.{4})(?=.)/g, "$1-");
  });
}

type Owner = Pick<NewUser, "email" | "name" | "password">;

async function assertCode(client: Queryable, code: string): Promise<void> {
  const [row] = await query<{ digest: Uint8Array }>(
    sql`select set_up_code_digest as digest from installation
      where id = 1 and set_up_code_digest is not null and set_up_code_expires_at > now()`,
    client,
  );
  if (row !== undefined && timingSafeEqual(Buffer.from(row.digest), digestOf(code))) return;
  throw new AppError({
    code: "unprocessable",
    message: "This is not the code of this installation. The newest one is in the output of the server's last start.",
    pointer: "/code",
  });
}

function alreadySetUp(): AppError {
  return new AppError({ code: "conflict", message: "This installation has an owner already. Sign in." });
}

async function makeOwner(owner: Owner, actor: AuditActor, mayMake: (client: Queryable) => Promise<void>) {
  const write = await prepareUser({ ...owner, role: "owner", teamIds: [] });
  await withTransaction(async (client) => {
    await lockUsers(client);
    if (await hasUsers(client)) throw alreadySetUp();
    await mayMake(client);
    const id = await write(client);
    await execute(
      sql`update installation set set_up_code_digest = null, set_up_code_expires_at = null where id = 1`,
      client,
    );
    const email = normalEmail(owner.email);
    await recordAudit(client, {
      actor: { ...actor, name: actor.kind === "nobody" ? owner.name : actor.name },
      action: "user.created",
      target: { kind: "user", id, name: owner.name },
      after: { email, role: "owner", how: "set-up" },
    });
  });
}

/**
 * Makes the first owner with the code of the server's log.
 * @throws {AppError} `conflict` when there is one, `unprocessable` for a wrong code or a weak password
 */
export async function setUpOwner(owner: Owner & { code: string }, actor: AuditActor): Promise<void> {
  if (await hasUsers()) throw alreadySetUp();
  // Before the password is looked at: a stranger without the code learns nothing and costs no hash.
  await withTransaction((client) => assertCode(client, owner.code));
  await makeOwner(owner, actor, (client) => assertCode(client, owner.code));
}

/** Makes the owner and the key that the environment names, unless there are users, or that key, already. */
export async function setUpFromEnvironment(init: {
  admin: { email: string; password: string } | null;
  apiKey: string | null;
}): Promise<void> {
  const { admin, apiKey } = init;
  if (admin !== null && !(await hasUsers())) {
    const name = admin.email.split("@")[0] ?? admin.email;
    await makeOwner({ ...admin, name }, SYSTEM_ACTOR, async () => undefined).catch((error: unknown) => {
      // Another process of the same start was faster.
      if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    });
  }
  if (apiKey !== null) await ensureKey(apiKey);
}
