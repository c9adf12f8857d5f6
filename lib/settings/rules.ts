import { AppError } from "@/lib/core/errors";
import { NO_OWN_RULES, namedAgents, type OwnRules } from "@/lib/core/own-rules";
import type { Queryable } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { Rules, RuleVersion } from "./types";

/** What an organisation says in the place of the shipped rules; version 0 with null where it says nothing. */
export async function readRules(
  orgId: number,
  client?: Queryable,
): Promise<{ version: number; rules: OwnRules | null }> {
  const [row] = await query<{ version: number; rules: OwnRules }>(
    sql`select version, rules from rule_version where org_id = ${orgId} order by version desc limit 1`,
    client,
  );
  if (row === undefined) return { version: 0, rules: null };
  const rules = { ...NO_OWN_RULES, ...row.rules };
  const isEmpty = Object.values(rules).every((some) => some.length === 0);
  return { version: row.version, rules: isEmpty ? null : rules };
}

/** Every version of an organisation's rules, the latest first. */
async function listVersions(orgId: number): Promise<RuleVersion[]> {
  const rows = await query<Omit<RuleVersion, "at"> & { at: Date }>(
    sql`select version, rules, why, created_by as by, created_at as at from rule_version
      where org_id = ${orgId} order by version desc`,
  );
  return rows.map(({ at, rules, ...row }) => ({
    ...row,
    rules: { ...NO_OWN_RULES, ...rules },
    at: at.toISOString(),
  }));
}

/** The id of an organisation. @throws {AppError} `not_found` */
export async function organizationOf(slug: string): Promise<number> {
  const [row] = await query<{ id: number }>(sql`select id from organization where slug = ${slug}`);
  if (row !== undefined) return row.id;
  throw new AppError({ code: "not_found", message: `There is no organisation ${slug}.`, pointer: "/org" });
}

/** An organisation's rules with all versions before, and how much of what hangs on them is still to be made again. */
export async function describeRules(org: string): Promise<Rules> {
  const orgId = await organizationOf(org);
  const versions = await listVersions(orgId);
  const [waiting] = await query<{ pending: number }>(
    sql`select count(distinct repo)::integer as pending from projection_request where org_id = ${orgId} and whole`,
  );
  const agents = await query<Rules["agents"][number]>(sql`select key, name from agent order by lower(name)`);
  const [last] = versions;
  return {
    agents,
    version: last?.version ?? 0,
    rules: last?.rules ?? NO_OWN_RULES,
    versions,
    pending: waiting?.pending ?? 0,
  };
}

/** Refuses rules that name an agent that nobody knows. @throws {AppError} `unprocessable` */
export async function assertKnownAgents(rules: OwnRules): Promise<void> {
  const named = namedAgents(rules);
  const rows = await query<{ key: string }>(
    sql`select key from agent where key = any(${named.map(({ agent }) => agent)}::text[])`,
  );
  const known = new Set(rows.map(({ key }) => key));
  const unknown = named.find(({ agent }) => !known.has(agent));
  if (unknown === undefined) return;
  const message = `No agent is called "${unknown.agent}".`;
  throw new AppError({ code: "unprocessable", message, pointer: unknown.pointer });
}

/**
 * Stores a new version of an organisation's rules, and asks for everything that they speak of to be worked out again.
 * @param basedOn the version that somebody saw when writing this one
 * @returns the new version
 * @throws {AppError} `conflict` where somebody else was faster, `unprocessable` where nothing is changed or an agent is unknown
 */
export async function saveRules(
  org: string,
  { basedOn, by, rules, why }: { basedOn: number; rules: OwnRules; why: string; by: string },
): Promise<number> {
  const orgId = await organizationOf(org);
  await assertKnownAgents(rules);
  return withTransaction(async (client) => {
    await query(sql`select from organization where id = ${orgId} for update`, client);
    const [last] = await query<{ version: number; rules: OwnRules }>(
      sql`select version, rules from rule_version where org_id = ${orgId} order by version desc limit 1`,
      client,
    );
    const version = last?.version ?? 0;
    if (version !== basedOn) {
      const message = `The rules were changed meanwhile: this was made from version ${basedOn}, now there is version ${version}. Load the page again.`;
      throw new AppError({ code: "conflict", message, pointer: "/basedOn" });
    }
    const [same] = await query<{ same: boolean }>(
      sql`select ${JSON.stringify({ ...NO_OWN_RULES, ...last?.rules })}::jsonb = ${JSON.stringify(rules)}::jsonb as same`,
      client,
    );
    if (same?.same === true) {
      throw new AppError({ code: "unprocessable", message: "Nothing is changed.", pointer: "/rules" });
    }
    await execute(
      sql`insert into rule_version (org_id, version, rules, why, created_by)
        values (${orgId}, ${version + 1}, ${JSON.stringify(rules)}::jsonb, ${why}, ${by})`,
      client,
    );
    await execute(
      sql`insert into projection_request (org_id, repo, whole)
        select org_id, name, true from repository where org_id = ${orgId}`,
      client,
    );
    return version + 1;
  });
}
