import { randomUUID } from "node:crypto";
import { AppError, errorCode } from "@/lib/core/errors";
import type { Queryable } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { assertPassword, hashPassword } from "./password";
import type { Role } from "./roles";

const UNIQUE_VIOLATION = "23505";

export interface NewUser {
  email: string;
  name: string;
  password: string;
  role: Role;
  teamIds: readonly number[];
}

/** Addresses are one in every spelling of their letters. */
export const normalEmail = (email: string): string => email.trim().toLowerCase();

/**
 * Checks a new user and hashes the password: what takes time, before a transaction begins.
 * @returns writes the user, and gives the id
 * @throws {AppError} `unprocessable` at `/password`; the returned function `conflict` when the address is taken
 */
export async function prepareUser(user: NewUser): Promise<(client: Queryable) => Promise<string>> {
  const email = normalEmail(user.email);
  await assertPassword(user.password, [email, user.name]);
  const hash = await hashPassword(user.password);
  return async (client) => {
    const id = await writeUser(client, user);
    await execute(
      sql`insert into user_account (id, account_id, provider_id, user_id, password)
        values (${randomUUID()}, ${id}, 'credential', ${id}, ${hash})`,
      client,
    );
    return id;
  };
}

/** Writes a user who has no way to sign in yet. @returns the id @throws {AppError} `conflict` for a taken address */
export async function writeUser(client: Queryable, user: Omit<NewUser, "password">): Promise<string> {
  const email = normalEmail(user.email);
  const id = randomUUID();
  try {
    await execute(
      sql`insert into app_user (id, email, name, role) values (${id}, ${email}, ${user.name.trim()}, ${user.role})`,
      client,
    );
  } catch (error) {
    if (errorCode(error) !== UNIQUE_VIOLATION) throw error;
    throw new AppError({ code: "conflict", message: `There is a user with the address ${email}.`, pointer: "/email" });
  }
  await setTeams(client, id, user.teamIds);
  return id;
}

/** Gives a user these teams and no others; teams that are gone by now are left out. */
export async function setTeams(client: Queryable, userId: string, teamIds: readonly number[]): Promise<void> {
  await execute(sql`delete from user_team where user_id = ${userId}`, client);
  await execute(
    sql`insert into user_team (user_id, team_id) select ${userId}, id from team where id = any(${[...teamIds]}::int[])`,
    client,
  );
}
