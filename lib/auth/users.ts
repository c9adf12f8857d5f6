import { recordAudit } from "@/lib/audit/record";
import type { AuditEntry } from "@/lib/audit/types";
import { AppError } from "@/lib/core/errors";
import type { Queryable } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { Manager } from "./manager";
import { type NewUser, normalEmail, prepareUser, setTeams } from "./new-user";
import { isOfTeams, mayManage, type Role } from "./roles";
import { assertTeams, teamNames, teamsById } from "./teams";
import type { UserItem } from "./types";

export interface UserRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  two_factor_enabled: boolean;
  disabled_at: Date | null;
  created_at: Date;
  last_seen_at: Date | null;
  team_ids: number[];
}

export async function readUsers(client?: Queryable, id: string | null = null): Promise<UserRow[]> {
  return query<UserRow & Record<string, unknown>>(
    sql`select u.id, u.name, u.email, u.role, u.two_factor_enabled, u.disabled_at, u.created_at,
        (select max(s.updated_at) from user_session s where s.user_id = u.id) as last_seen_at,
        array(select m.team_id from user_team m where m.user_id = u.id order by m.team_id) as team_ids
      from app_user u where ${id}::text is null or u.id = ${id} order by lower(u.name), u.id`,
    client,
  );
}

/** Everybody who can sign in, or could before being disabled. */
export async function listUsers(): Promise<UserItem[]> {
  const teams = await teamsById();
  return (await readUsers()).map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    teams: row.team_ids.flatMap((id) => teams.get(id) ?? []),
    twoFactor: row.two_factor_enabled,
    disabledAt: row.disabled_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  }));
}

/** @throws {AppError} `not_found` */
export async function findUserByEmail(email: string): Promise<{ id: string }> {
  const [user] = await query<{ id: string }>(sql`select id from app_user where email = ${normalEmail(email)}`);
  if (user === undefined) throw new AppError({ code: "not_found", message: `No user has the address ${email}.` });
  return user;
}

/**
 * Makes a user with a password that somebody else chose; people are invited instead.
 * @returns the id
 * @throws {AppError} `unprocessable` for a weak password, `conflict` for an address that is taken
 */
export async function createUser(manager: Manager, user: NewUser): Promise<string> {
  const write = await prepareUser(user);
  return withTransaction(async (client) => {
    const id = await write(client);
    await recordAudit(client, {
      actor: manager.actor,
      action: "user.created",
      target: { kind: "user", id, name: user.name },
      after: { email: normalEmail(user.email), role: user.role, how: "command" },
    });
    return id;
  });
}

/** What an administrator may change of a user; what is left out stays. */
export interface UserChange {
  role?: Role | undefined;
  teamIds?: readonly number[] | undefined;
  disabled?: boolean | undefined;
  /** Takes the second factor away, for somebody who lost it. */
  twoFactor?: false | undefined;
  /** Signs the user out everywhere. */
  sessions?: "end" | undefined;
}

function refused(message: string): AppError {
  return new AppError({ code: "forbidden", message });
}

function assertMayChange(manager: Manager, user: UserRow, change: UserChange): void {
  if (!mayManage(manager.role, user.role)) throw refused("Only an owner changes an owner.");
  if (change.role !== undefined && !mayManage(manager.role, change.role))
    throw refused("Only an owner makes an owner.");
  if (user.id === manager.id && (change.role !== undefined || change.disabled === true)) {
    throw refused("Nobody changes their own role or disables themselves: ask another owner or admin.");
  }
}

/** There is always somebody who can let the others in again. */
async function assertOwnerRemains(client: Queryable): Promise<void> {
  const [row] = await query<{ owners: number }>(
    sql`select count(*) as owners from app_user where role = 'owner' and disabled_at is null`,
    client,
  );
  if ((row?.owners ?? 0) > 0) return;
  throw new AppError({ code: "conflict", message: "This is the last owner: make another one first." });
}

/** One thing that a change did, for the audit log. */
export interface Step {
  action: string;
  before: NonNullable<AuditEntry["before"]>;
  after: NonNullable<AuditEntry["after"]>;
}

/** Writes what changes. @returns what was done, for the audit log */
export async function applyChange(client: Queryable, user: UserRow, change: UserChange): Promise<Step[]> {
  const steps: Step[] = [];
  const { id } = user;
  if (change.role !== undefined && change.role !== user.role) {
    await execute(sql`update app_user set role = ${change.role}, updated_at = now() where id = ${id}`, client);
    steps.push({ action: "user.role_changed", before: user.role, after: change.role });
  }
  const role = change.role ?? user.role;
  const teamIds = isOfTeams(role) ? [...new Set(change.teamIds ?? user.team_ids)].sort((a, b) => a - b) : [];
  if (teamIds.join() !== user.team_ids.join()) {
    await setTeams(client, id, teamIds);
    steps.push({
      action: "user.teams_changed",
      before: await teamNames(user.team_ids, client),
      after: await teamNames(teamIds, client),
    });
  }
  if (change.disabled !== undefined && change.disabled !== (user.disabled_at !== null)) {
    await execute(
      sql`update app_user set disabled_at = case when ${change.disabled} then now() end, updated_at = now()
        where id = ${id}`,
      client,
    );
    steps.push({
      action: change.disabled ? "user.disabled" : "user.enabled",
      before: !change.disabled,
      after: change.disabled,
    });
  }
  if (change.twoFactor === false && user.two_factor_enabled) {
    await execute(sql`delete from user_two_factor where user_id = ${id}`, client);
    await execute(sql`update app_user set two_factor_enabled = false where id = ${id}`, client);
    steps.push({ action: "user.second_factor_removed", before: true, after: false });
  }
  if (change.disabled === true || change.sessions === "end") {
    const ended = await execute(sql`delete from user_session where user_id = ${id}`, client);
    if (change.sessions === "end") steps.push({ action: "user.signed_out", before: ended, after: 0 });
  }
  return steps;
}

/**
 * Changes a user, all of it or nothing.
 * @throws {AppError} `not_found`; `forbidden` for what the manager may not make of this user; `conflict` when no owner
 * would be left; `unprocessable` for an unknown team
 */
export async function changeUser(manager: Manager, id: string, change: UserChange): Promise<void> {
  await assertTeams(change.teamIds ?? []);
  await withTransaction(async (client) => {
    // Two owners who disable each other at once: the second one finds out.
    await execute(sql`select from installation where id = 1 for update`, client);
    const [user] = await readUsers(client, id);
    if (user === undefined) throw new AppError({ code: "not_found", message: "There is no such user." });
    assertMayChange(manager, user, change);
    const steps = await applyChange(client, user, change);
    await assertOwnerRemains(client);
    const target = { kind: "user", id, name: user.name };
    for (const step of steps) await recordAudit(client, { actor: manager.actor, target, ...step });
  });
}
