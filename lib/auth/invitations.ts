import { createHash, randomBytes, randomUUID } from "node:crypto";
import { recordAudit } from "@/lib/audit/record";
import type { AuditActor } from "@/lib/audit/types";
import { AppError } from "@/lib/core/errors";
import type { Queryable } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { Manager } from "./manager";
import { normalEmail, prepareUser } from "./new-user";
import { assertPassword, hashPassword } from "./password";
import { isOfTeams, mayManage, type Role } from "./roles";
import { assertTeams, teamNames, teamsById } from "./teams";
import type { InvitationItem } from "./types";

const VALID_DAYS = 7;

const digestOf = (token: string): Buffer => createHash("sha256").update(token).digest();

interface InvitationRow {
  id: string;
  purpose: InvitationItem["purpose"];
  email: string;
  role: Role;
  team_ids: number[];
  invited_by: string | null;
  created_at: Date;
  expires_at: Date;
}

/** Links that were not used yet and still can be, the newest first. */
export async function listInvitations(): Promise<InvitationItem[]> {
  const teams = await teamsById();
  const rows = await query<InvitationRow & Record<string, unknown>>(
    sql`select i.id, i.purpose, i.email, i.role, i.team_ids, u.name as invited_by, i.created_at, i.expires_at
      from invitation i left join app_user u on u.id = i.invited_by
      where i.accepted_at is null and i.expires_at > now() order by i.created_at desc, i.id`,
  );
  return rows.map((row) => ({
    id: row.id,
    purpose: row.purpose,
    email: row.email,
    role: row.role,
    teams: row.team_ids.flatMap((id) => teams.get(id) ?? []),
    invitedBy: row.invited_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }));
}

interface NewLink {
  purpose: InvitationItem["purpose"];
  email: string;
  role: Role;
  teamIds: readonly number[];
}

/** A newer link for an address ends the older ones. */
async function writeLink(client: Queryable, inviter: Manager, link: NewLink) {
  const { email, purpose, role, teamIds } = link;
  await execute(sql`delete from invitation where email = ${email} and accepted_at is null`, client);
  const token = randomBytes(32).toString("base64url");
  const id = randomUUID();
  await execute(
    sql`insert into invitation (id, purpose, email, role, team_ids, token_digest, invited_by, expires_at)
      values (${id}, ${purpose}, ${email}, ${role}, ${[...teamIds]}::int[], ${digestOf(token)}, ${inviter.id},
        now() + make_interval(days => ${VALID_DAYS}))`,
    client,
  );
  return { id, token };
}

/**
 * Invites somebody by a link, which is not sent but handed on by whoever made it.
 * @returns the token of the link, which nothing can show a second time
 * @throws {AppError} `forbidden`, `conflict` for an address that has a user, `unprocessable` for an unknown team
 */
export async function inviteUser(inviter: Manager, input: { email: string; role: Role; teamIds: readonly number[] }) {
  const { role } = input;
  const email = normalEmail(input.email);
  if (!mayManage(inviter.role, role)) {
    throw new AppError({ code: "forbidden", message: "Only an owner invites an owner." });
  }
  await assertTeams(input.teamIds);
  const teamIds = isOfTeams(role) ? input.teamIds : [];
  return withTransaction(async (client) => {
    const known = await query(sql`select 1 from app_user where email = ${email}`, client);
    if (known.length > 0) {
      throw new AppError({ code: "conflict", message: `${email} has an account already.`, pointer: "/email" });
    }
    const made = await writeLink(client, inviter, { purpose: "join", email, role, teamIds });
    await recordAudit(client, {
      actor: inviter.actor,
      action: "invitation.created",
      target: { kind: "invitation", id: made.id, name: email },
      after: { role, teams: await teamNames(teamIds, client) },
    });
    return made;
  });
}

/**
 * Makes a link with which a user chooses a new password.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function makeResetLink(inviter: Manager, userId: string) {
  return withTransaction(async (client) => {
    const [user] = await query<{ email: string; name: string; role: Role }>(
      sql`select email, name, role from app_user where id = ${userId}`,
      client,
    );
    if (user === undefined) throw new AppError({ code: "not_found", message: "There is no such user." });
    if (!mayManage(inviter.role, user.role)) {
      throw new AppError({ code: "forbidden", message: "Only an owner lets an owner choose a new password." });
    }
    const made = await writeLink(client, inviter, {
      purpose: "reset",
      email: user.email,
      role: user.role,
      teamIds: [],
    });
    await recordAudit(client, {
      actor: inviter.actor,
      action: "user.reset_link_created",
      target: { kind: "user", id: userId, name: user.name },
    });
    return made;
  });
}

/** Ends a link. @throws {AppError} `not_found` */
export async function revokeInvitation(actor: AuditActor, id: string): Promise<void> {
  await withTransaction(async (client) => {
    const [gone] = await query<{ email: string }>(
      sql`delete from invitation where id = ${id} and accepted_at is null returning email`,
      client,
    );
    if (gone === undefined) throw new AppError({ code: "not_found", message: "There is no such invitation." });
    await recordAudit(client, {
      actor,
      action: "invitation.revoked",
      target: { kind: "invitation", id, name: gone.email },
    });
  });
}

function invalidLink(): AppError {
  return new AppError({
    code: "not_found",
    message: "This link is not valid (any more): it was used, it is older than a week, or there is a newer one.",
  });
}

type OpenLink = Pick<InvitationRow, "id" | "purpose" | "email" | "role" | "team_ids">;

async function findLink(token: string, client?: Queryable): Promise<OpenLink> {
  const [row] = await query<OpenLink & Record<string, unknown>>(
    sql`select id, purpose, email, role, team_ids from invitation
      where token_digest = ${digestOf(token)} and accepted_at is null and expires_at > now() for update`,
    client,
  );
  if (row === undefined) throw invalidLink();
  return row;
}

/** What a link is for. @throws {AppError} `not_found` */
export async function readInvitation(token: string): Promise<Pick<InvitationItem, "email" | "purpose" | "role">> {
  const { email, purpose, role } = await findLink(token);
  return { email, purpose, role };
}

async function setPassword(client: Queryable, email: string, hash: string): Promise<{ id: string; name: string }> {
  const [user] = await query<{ id: string; name: string }>(
    sql`select id, name from app_user where email = ${email} and disabled_at is null`,
    client,
  );
  if (user === undefined) throw invalidLink();
  await execute(
    sql`insert into user_account (id, account_id, provider_id, user_id, password)
      values (${randomUUID()}, ${user.id}, 'credential', ${user.id}, ${hash})
      on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()`,
    client,
  );
  // Whoever knew the old password is out.
  await execute(sql`delete from user_session where user_id = ${user.id}`, client);
  return user;
}

/**
 * Uses a link: makes its user, or gives the user a new password. It works once.
 * @returns the address to sign in with
 * @throws {AppError} `not_found` for a link that is not valid, `unprocessable` at `/password` or `/name`
 */
export async function acceptInvitation(
  { name, password, token }: { token: string; name: string; password: string },
  actor: AuditActor,
): Promise<{ email: string }> {
  const link = await findLink(token);
  const { email, role, team_ids: teamIds } = link;
  const isNew = link.purpose === "join";
  if (isNew && name.trim() === "") {
    throw new AppError({ code: "unprocessable", message: "Say what others shall call you.", pointer: "/name" });
  }
  if (!isNew) await assertPassword(password, [email]);
  const write = isNew ? await prepareUser({ email, name, password, role, teamIds }) : null;
  const hash = isNew ? "" : await hashPassword(password);
  await withTransaction(async (client) => {
    await findLink(token, client);
    await execute(sql`update invitation set accepted_at = now() where id = ${link.id}`, client);
    const user = write === null ? await setPassword(client, email, hash) : { id: await write(client), name };
    await recordAudit(client, {
      actor: { ...actor, kind: "user", id: user.id, name: user.name },
      action: isNew ? "user.created" : "user.password_reset",
      target: { kind: "user", id: user.id, name: user.name },
      after: isNew ? { email, role, teams: await teamNames(teamIds, client), how: "invitation" } : null,
    });
  });
  return { email };
}
