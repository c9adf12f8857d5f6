import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { mintScope } from "./mint-scope";
import { seesPersons } from "./person-switch";
import { isOfTeams, isRole, type Permission, permissionsOf } from "./roles";
import type { Scope } from "./scope";

/** Somebody for whom work is done while they are away, as of now. */
export interface AbsentUser {
  id: string;
  name: string;
  email: string;
  permissions: ReadonlySet<Permission>;
  scope: Scope;
}

/** What a user may do and see now; null for one who is gone or disabled. */
export async function findAbsentUser(id: string): Promise<AbsentUser | null> {
  const [row] = await query<{
    name: string;
    email: string;
    role: string;
    teamIds: number[];
    showsPersons: boolean;
  }>(
    sql`select u.name, u.email, u.role,
        array(select m.team_id from user_team m where m.user_id = u.id order by m.team_id) as "teamIds",
        coalesce((select shows_persons from installation where id = 1), false) as "showsPersons"
      from app_user u where u.id = ${id} and u.disabled_at is null`,
  );
  if (row === undefined || !isRole(row.role)) return null;
  const { email, name, role, showsPersons, teamIds } = row;
  const permissions = permissionsOf(role);
  const scope = mintScope({
    organizations: "all",
    teams: isOfTeams(role) ? teamIds : "all",
    personFields: seesPersons(showsPersons, role),
    moneyFields: permissions.has("money:read"),
  });
  return { id, name, email, permissions, scope };
}
