import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { Connection } from "@/lib/settings/github/connections";
import { changeRoster, linkIdentities, takeRoster } from "@/lib/settings/roster";
import type { Budget, GitHubClient } from "@/lib/sources/github-api/client";
import { fetchTeams } from "@/lib/sources/github-api/teams";
import { BEGINNING } from "./walk";

const HOUR_MS = 3_600_000;
const READ_AGAIN_MS = 6 * HOUR_MS;
const LINK_AGAIN_MS = 24 * HOUR_MS;

/** Whether the teams of an account are to be read; a user has none. */
export async function areTeamsDue({ accountType, id }: Connection, now: Date): Promise<boolean> {
  if (accountType !== "organization") return false;
  const [row] = await query<{ due: boolean }>(
    sql`select teams_due_at <= ${now} as due from github_connection where id = ${id}`,
  );
  return row?.due ?? false;
}

/** Has teams read again, as when somebody joined or left one. */
export async function askForTeams(client: PoolClient, now: Date): Promise<void> {
  await execute(sql`update github_connection set teams_due_at = least(teams_due_at, ${now}::timestamptz)`, client);
}

/** Does without them for a while, and keeps why. */
export async function postponeTeams(connectionId: number, error: string, until: Date): Promise<void> {
  await execute(
    sql`update github_connection set teams_due_at = ${until}, teams_error = ${error} where id = ${connectionId}`,
  );
}

/**
 * Reads the teams of an organisation and who is in them. Those of the first time count from the beginning: GitHub does not
 * say since when somebody is in a team.
 * @throws {GitHubFailure}
 */
export async function readTeams(
  client: GitHubClient,
  { account, id, orgId }: Connection,
  now: Date,
): Promise<Budget | null> {
  const { budget, teams } = await fetchTeams(client, account);
  await changeRoster(orgId, async (transaction) => {
    const [row] = await query<{ first: boolean }>(
      sql`select not exists (select from team_member where org_id = ${orgId}) as first`,
      transaction,
    );
    await takeRoster(transaction, orgId, teams, { since: row?.first === true ? BEGINNING : now, now });
    await execute(
      sql`update github_connection set teams_due_at = ${new Date(now.getTime() + READ_AGAIN_MS)}, teams_error = null
        where id = ${id}`,
      transaction,
    );
  });
  return budget;
}

/** Links addresses with accounts once a day, when everything has been read: each new link projects all again. */
export async function linkPeople(orgId: number, now: Date): Promise<void> {
  const [row] = await query<{ due: boolean }>(
    sql`select exists (select from team_member where org_id = ${orgId}) and (people_linked_at is null
        or people_linked_at <= ${new Date(now.getTime() - LINK_AGAIN_MS)}) as due
      from organization where id = ${orgId}`,
  );
  if (row?.due !== true) return;
  await changeRoster(orgId, async (client) => {
    await linkIdentities(client, orgId);
    await execute(sql`update organization set people_linked_at = ${now} where id = ${orgId}`, client);
  });
}
