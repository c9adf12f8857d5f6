import { randomUUID } from "node:crypto";
import { COMMAND_ACTOR } from "@/lib/auth/actor";
import { createKey } from "@/lib/auth/keys";
import { KEY_SCOPES, type Role } from "@/lib/auth/roles";
import { setCookie, signToken } from "@/lib/auth/session-cookie";
import { getPool, type Pool } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

const ORIGIN = "http://127.0.0.1:3000";

let known: { pool: Pool; key: Promise<string> } | null = null;

/** A key with every scope, one for each test database. */
export function testKey(): Promise<string> {
  const pool = getPool();
  if (known?.pool !== pool) {
    const made = createKey(COMMAND_ACTOR, { name: "tests", scopes: KEY_SCOPES, expiresInDays: null });
    known = { pool, key: made.then(({ key }) => key) };
  }
  return known.key;
}

/** A user without a password, for tests that are not about signing in. @returns the id */
export async function insertUser(
  role: Role,
  { id = randomUUID(), teamIds = [], disabled = false }: { id?: string; teamIds?: number[]; disabled?: boolean } = {},
): Promise<string> {
  await execute(
    sql`insert into app_user (id, email, name, role, disabled_at)
      values (${id}, ${`${role}-${id.toLowerCase()}@example.com`}, ${`A ${role}`}, ${role},
        case when ${disabled} then now() end)`,
  );
  await execute(sql`insert into user_team (user_id, team_id) select ${id}, unnest(${teamIds}::int[])`);
  return id;
}

/** Headers of a request from a page of somebody who is signed in. @param age seconds since the session was used */
export async function sessionOf(
  userId: string,
  { id = randomUUID(), age = 0, isExpired = false }: { id?: string; age?: number; isExpired?: boolean } = {},
): Promise<Record<string, string>> {
  const token = randomUUID();
  await execute(
    sql`insert into user_session (id, token, user_id, expires_at, updated_at)
      values (${id}, ${token}, ${userId}, now() + ${isExpired ? "-1 hour" : "1 hour"}::interval,
        now() - make_interval(secs => ${age}))`,
  );
  return { cookie: setCookie("session", signToken(token), 3600).split(";")[0] ?? "", origin: ORIGIN };
}
