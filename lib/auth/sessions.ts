import { randomBytes, randomUUID } from "node:crypto";
import type { Queryable } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { addressOf } from "./actor";
import type { Caller } from "./caller";
import { mintScope } from "./mint-scope";
import { seesPersons } from "./person-switch";
import { isOfTeams, isRole, permissionsOf } from "./roles";
import { setCookie, signToken } from "./session-cookie";

/** A session ends this long after it began, and after the last request with it. */
export const SESSION_SECONDS = 7 * 24 * 3600;
const IDLE_SECONDS = 8 * 3600;
/** How exactly the last request is noted. */
const TOUCH_SECONDS = 60;

interface SessionRow {
  session_id: string;
  user_id: string;
  name: string;
  email: string;
  role: string;
  two_factor: boolean;
  team_ids: number[];
  team_names: string[];
  is_stale: boolean;
  shows_persons: boolean;
}

/** Begins a session of a user. @returns the cookie that holds it */
export async function createSession(
  userId: string,
  headers: Pick<Headers, "get">,
  client?: Queryable,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await execute(
    sql`insert into user_session (id, token, user_id, expires_at, ip_address, user_agent)
      values (${randomUUID()}, ${token}, ${userId}, now() + make_interval(secs => ${SESSION_SECONDS}),
        ${addressOf(headers)}, ${headers.get("user-agent")})`,
    client,
  );
  return setCookie("session", signToken(token), SESSION_SECONDS);
}

/** Who holds a session, if it goes on and its user is not disabled. */
export async function findSessionCaller(token: string): Promise<Caller | null> {
  const [row] = await query<SessionRow>(
    sql`select s.id as session_id, u.id as user_id, u.name, u.email, u.role, u.two_factor_enabled as two_factor,
        s.updated_at < now() - make_interval(secs => ${TOUCH_SECONDS}) as is_stale,
        coalesce((select shows_persons from installation where id = 1), false) as shows_persons,
        coalesce(array_agg(t.id order by t.name, t.id) filter (where t.id is not null), '{}') as team_ids,
        coalesce(array_agg(t.name order by t.name, t.id) filter (where t.id is not null), '{}') as team_names
      from user_session s join app_user u on u.id = s.user_id
        left join user_team m on m.user_id = u.id
        left join team t on t.id = m.team_id
      where s.token = ${token} and s.expires_at > now() and u.disabled_at is null
        and s.updated_at > now() - make_interval(secs => ${IDLE_SECONDS})
      group by s.id, u.id`,
  );
  if (row === undefined || !isRole(row.role)) return null;
  if (row.is_stale) await execute(sql`update user_session set updated_at = now() where id = ${row.session_id}`);
  const { role } = row;
  return {
    kind: "user",
    id: row.user_id,
    name: row.name,
    email: row.email,
    role,
    twoFactor: row.two_factor,
    teams: isOfTeams(role) ? row.team_names : null,
    sessionId: row.session_id,
    permissions: permissionsOf(role),
    scope: mintScope({
      organizations: "all",
      teams: isOfTeams(role) ? row.team_ids : "all",
      personFields: seesPersons(row.shows_persons, role),
      moneyFields: permissionsOf(role).has("money:read"),
    }),
  };
}
