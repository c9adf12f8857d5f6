import { recordAudit } from "@/lib/audit/record";
import type { AuditActor } from "@/lib/audit/types";
import { AppError } from "@/lib/core/errors";
import { sealingKeys } from "@/lib/core/secrets/keys";
import { openSealed, type SealedPlace, seal } from "@/lib/core/secrets/seal";
import type { Queryable } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { assertTeams } from "../teams";
import type { IdentityProvider, IdentityProviderItem } from "../types";
import { protocolOf } from "./protocol";
import type { RoleRule } from "./role-rules";

/** Of an id, with room for a number behind it. */
const LONGEST_BASE = 36;

interface Row {
  id: string;
  kind: IdentityProvider["kind"];
  label: string;
  issuer: string;
  client_id: string;
  client_secret: Buffer;
  domains: string[];
  organizations: string[];
  trusts_email: boolean;
  role_claim: string | null;
  rules: RoleRule[];
}

export const clientSecretPlace = (id: string): SealedPlace => ({
  table: "identity_provider",
  column: "client_secret",
  row: id,
});

async function readRows(id: string | null, client?: Queryable): Promise<Row[]> {
  return query<Row & Record<string, unknown>>(
    sql`select id, kind, label, issuer, client_id, client_secret, domains, organizations, trusts_email, role_claim, rules
      from identity_provider where ${id}::text is null or id = ${id} order by label, id`,
    client,
  );
}

const itemOf = (row: Row): IdentityProviderItem => ({
  id: row.id,
  kind: row.kind,
  label: row.label,
  issuer: row.issuer,
  clientId: row.client_id,
  domains: row.domains,
  organizations: row.organizations,
  trustsEmail: row.trusts_email,
  roleClaim: row.role_claim,
  rules: row.rules,
});

/** Every provider, without its secret. */
export async function listProviders(): Promise<IdentityProviderItem[]> {
  return (await readRows(null)).map(itemOf);
}

function noProvider(): AppError {
  return new AppError({ code: "not_found", message: "There is no such identity provider." });
}

/** @throws {AppError} `not_found`; `unavailable` when no key of this installation opens its secret */
export async function findProvider(id: string): Promise<IdentityProvider> {
  const [row] = await readRows(id);
  if (row === undefined) throw noProvider();
  const clientSecret = openSealed(row.client_secret, clientSecretPlace(id), sealingKeys().all);
  if (clientSecret !== null) return { ...itemOf(row), clientSecret };
  throw new AppError({
    code: "unavailable",
    message: `The client secret of ${row.label} cannot be opened with FLEETGAUGE_SECRET: enter it again.`,
  });
}

/** What the audit log keeps of a provider. */
const noted = ({
  clientId,
  domains,
  issuer,
  kind,
  label,
  organizations,
  roleClaim,
  rules,
  trustsEmail,
}: IdentityProviderItem) => ({
  kind,
  label,
  issuer,
  clientId,
  domains,
  organizations,
  trustsEmail,
  roleClaim,
  rules: rules.map(({ role, teamIds, value }) => ({ value, role, teamIds })),
});

const targetOf = ({ id, label }: IdentityProviderItem) => ({ kind: "identity_provider", id, name: label });

/** A provider is not open to whoever has an account there. */
function assertSomebodyComesIn({
  domains,
  kind,
  organizations,
}: Pick<IdentityProviderItem, "domains" | "kind" | "organizations">): void {
  if (kind === "openid" && domains.length === 0) {
    throw new AppError({ code: "unprocessable", message: "Name at least one domain.", pointer: "/domains" });
  }
  if (kind === "github" && organizations.length === 0) {
    throw new AppError({
      code: "unprocessable",
      message: "Name at least one organisation.",
      pointer: "/organizations",
    });
  }
}

async function assertRules(rules: readonly RoleRule[]): Promise<void> {
  await assertTeams(rules.flatMap(({ teamIds }) => teamIds));
}

/** A short name of a provider for addresses, made of what people call it; with a number where that one is taken. */
async function newId(client: Queryable, { kind, label }: Omit<IdentityProvider, "id">): Promise<string> {
  const rows = await query<{ id: string }>(sql`select id from identity_provider`, client);
  const taken = new Set(rows.map(({ id }) => id));
  const words = label.toLowerCase().match(/[a-z0-9]+/g);
  const base = (words === null ? kind : words.join("-")).slice(0, LONGEST_BASE).replace(/-$/, "");
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/**
 * Adds a provider, after it was asked whether it is one.
 * @returns its id
 * @throws {AppError} `unprocessable` at `/issuer` when it does not answer as
 * OpenID Connect Discovery 1.0 asks
 */
export async function addProvider(actor: AuditActor, given: Omit<IdentityProvider, "id">): Promise<string> {
  await assertRules(given.rules);
  assertSomebodyComesIn(given);
  await protocolOf(given).assertProvider(given);
  return withTransaction(async (client) => {
    // Two that are added at once get two names.
    await execute(sql`lock table identity_provider in share row exclusive mode`, client);
    const provider = { ...given, id: await newId(client, given) };
    const { clientId, domains, id, issuer, kind, label, organizations, roleClaim, rules, trustsEmail } = provider;
    const sealed = seal(provider.clientSecret, clientSecretPlace(id), sealingKeys().current);
    await execute(
      sql`insert into identity_provider
          (id, kind, label, issuer, client_id, client_secret, domains, organizations, trusts_email, role_claim, rules)
        values (${id}, ${kind}, ${label}, ${issuer}, ${clientId}, ${sealed}, ${domains}, ${organizations},
          ${trustsEmail}, ${roleClaim}, ${JSON.stringify(rules)}::jsonb)`,
      client,
    );
    await recordAudit(client, {
      actor,
      action: "identity_provider.created",
      target: targetOf(provider),
      after: noted(provider),
    });
    return id;
  });
}

/** What may be changed of a provider; what is left out stays. */
export type ProviderChange = {
  [Field in keyof Omit<IdentityProvider, "id" | "kind" | "issuer">]?: IdentityProvider[Field] | undefined;
};

/** @throws {AppError} `not_found`; `unprocessable` for an unknown team, or when the provider does not answer */
export async function changeProvider(actor: AuditActor, id: string, change: ProviderChange): Promise<void> {
  await assertRules(change.rules ?? []);
  const [row] = await readRows(id);
  if (row === undefined) throw noProvider();
  const before = itemOf(row);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const after: IdentityProviderItem = { ...before, ...given, id, kind: before.kind, issuer: before.issuer };
  assertSomebodyComesIn(after);
  await withTransaction(async (client) => {
    await execute(
      sql`update identity_provider set label = ${after.label}, client_id = ${after.clientId},
          domains = ${after.domains}, organizations = ${after.organizations}, trusts_email = ${after.trustsEmail}, role_claim = ${after.roleClaim},
          rules = ${JSON.stringify(after.rules)}::jsonb, updated_at = now() where id = ${id}`,
      client,
    );
    if (change.clientSecret !== undefined) {
      const sealed = seal(change.clientSecret, clientSecretPlace(id), sealingKeys().current);
      await execute(sql`update identity_provider set client_secret = ${sealed} where id = ${id}`, client);
    }
    await recordAudit(client, {
      actor,
      action: "identity_provider.changed",
      target: targetOf(after),
      before: noted(before),
      after: { ...noted(after), ...(change.clientSecret !== undefined && { clientSecret: "changed" }) },
    });
  });
}

/** Removes a provider and every way to sign in with it; who signed in with it stays a user. @throws {AppError} `not_found` */
export async function removeProvider(actor: AuditActor, id: string): Promise<void> {
  await withTransaction(async (client) => {
    const [row] = await readRows(id, client);
    if (row === undefined) throw noProvider();
    await execute(sql`delete from user_account where provider_id = ${accountProvider(id)}`, client);
    await execute(sql`delete from identity_provider where id = ${id}`, client);
    await recordAudit(client, {
      actor,
      action: "identity_provider.removed",
      target: targetOf(itemOf(row)),
      before: noted(itemOf(row)),
    });
  });
}

/** How ways to sign in name their provider; the word in front keeps it apart from passwords. */
export const accountProvider = (id: string): string => `openid:${id}`;
