import { randomUUID } from "node:crypto";
import { recordAudit, recordAuditAlone } from "@/lib/audit/record";
import type { AuditActor } from "@/lib/audit/types";
import { AppError } from "@/lib/core/errors";
import type { Queryable } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { actorOf, addressOf } from "../actor";
import type { UserCaller } from "../caller";
import { normalEmail, writeUser } from "../new-user";
import { assertPace, forgiveTurn } from "../rate-limit";
import { readSessionToken } from "../session-cookie";
import { createSession, findSessionCaller } from "../sessions";
import { teamNames, teamsById } from "../teams";
import type { IdentityProvider } from "../types";
import { applyChange, readUsers } from "../users";
import { attemptOver, keepAttempt, takeAttempt } from "./attempts";
import { type Identity, newProof } from "./proof";
import { protocolOf } from "./protocol";
import { accountProvider, findProvider } from "./providers";
import { roleByRules } from "./role-rules";

const TRIES = { burst: 30, seconds: 3600 };
const LONGEST_NAME = 200;

/** Begins a sign-in, or for `user` the adding of a provider to an account. @returns where to go, and a cookie */
export async function beginWithProvider(
  { next, providerId, user }: { providerId: string; next: string; user: UserCaller | null },
  headers: Headers,
): Promise<{ url: string; cookie: string }> {
  const pace = `provider:${addressOf(headers) ?? ""}`;
  await assertPace(pace, TRIES, "There were too many attempts to sign in. Wait a little and try again.");
  const provider = await findProvider(providerId);
  const proof = newProof();
  const url = await protocolOf(provider).authorizationUrl(provider, proof);
  return { url, cookie: await keepAttempt({ providerId, next, userId: user?.id ?? null }, proof) };
}

function refused(message: string): AppError {
  return new AppError({ code: "forbidden", message });
}

/** The address of an identity, if it comes in at all. */
function addressOfIdentity(provider: IdentityProvider, identity: Identity): string {
  const { email, isEmailVerified, organizations } = identity;
  if (provider.kind === "github" && !provider.organizations.some((login) => organizations.includes(login))) {
    throw refused(`${provider.label} does not say that you are a member of ${provider.organizations.join(" or ")}.`);
  }
  if (email === null) throw refused(`${provider.label} did not say your e-mail address.`);
  const address = normalEmail(email);
  if (!isEmailVerified && !provider.trustsEmail) {
    throw refused(`${provider.label} does not say that ${address} was verified.`);
  }
  if (provider.kind === "github") return address;
  if (!provider.domains.includes(address.slice(address.lastIndexOf("@") + 1))) {
    throw refused(`Addresses of ${provider.domains.join(" and ")} come in here, and yours is ${address}.`);
  }
  return address;
}

interface Entry {
  provider: IdentityProvider;
  identity: Identity;
  email: string;
  role: NonNullable<ReturnType<typeof roleByRules>>;
  actor: AuditActor;
}

async function link(client: Queryable, userId: string, { identity, provider }: Entry): Promise<void> {
  await execute(
    sql`insert into user_account (id, account_id, provider_id, user_id)
      values (${randomUUID()}, ${identity.subject}, ${accountProvider(provider.id)}, ${userId})`,
    client,
  );
}

async function linkedUser(client: Queryable, { identity, provider }: Entry): Promise<string | null> {
  const [row] = await query<{ user_id: string }>(
    sql`select user_id from user_account
      where provider_id = ${accountProvider(provider.id)} and account_id = ${identity.subject}`,
    client,
  );
  return row?.user_id ?? null;
}

/**
 * The user who has the address already. The administrator says with the domains that the provider speaks for them; an
 * owner, or whoever has a second factor here, is asked to add it while signed in, so that a provider that went wrong
 * does not get in as them.
 */
async function userByAddress(client: Queryable, entry: Entry): Promise<string | null> {
  const [row] = await query<{ id: string; role: string; two_factor_enabled: boolean; is_linked: boolean }>(
    sql`select id, role, two_factor_enabled,
        exists (select from user_account a where a.user_id = app_user.id
          and a.provider_id = ${accountProvider(entry.provider.id)}) as is_linked
      from app_user where email = ${entry.email}`,
    client,
  );
  if (row === undefined) return null;
  const { label } = entry.provider;
  // Another person of the provider with an address that was given away: the number says who it is, not the address.
  if (row.is_linked) throw refused(`${entry.email} belongs to another person of ${label} here. Ask an owner or admin.`);
  // The organisations of a GitHub say nothing about the addresses that people have there.
  if (row.role === "owner" || row.two_factor_enabled || entry.provider.kind === "github") {
    throw refused(`Sign in with your password once, and add ${label} on the page of your account.`);
  }
  return row.id;
}

/** Makes the user that the rules say, or brings them in line with the rules. @returns the id */
async function admitUser(client: Queryable, entry: Entry): Promise<string> {
  const { actor, email, identity, provider, role } = entry;
  const known = (await linkedUser(client, entry)) ?? (await userByAddress(client, entry));
  const how = provider.label;
  if (known === null) {
    const name = (identity.name ?? email.slice(0, email.indexOf("@"))).slice(0, LONGEST_NAME);
    const id = await writeUser(client, { email, name, ...role });
    await link(client, id, entry);
    await recordAudit(client, {
      actor: { ...actor, kind: "user", id, name },
      action: "user.created",
      target: { kind: "user", id, name },
      after: { email, role: role.role, teams: await teamNames(role.teamIds, client), how },
    });
    return id;
  }
  const [user] = await readUsers(client, known);
  if (user === undefined || user.disabled_at !== null) throw refused("This account is disabled.");
  if ((await linkedUser(client, entry)) === null) await link(client, known, entry);
  if (user.role === "owner") return known;
  const teams = await teamsById(client);
  const steps = await applyChange(client, user, {
    role: role.role,
    teamIds: role.teamIds.filter((id) => teams.has(id)),
  });
  const target = { kind: "user", id: known, name: user.name };
  for (const step of steps) await recordAudit(client, { actor: { ...actor, name: how }, target, ...step });
  return known;
}

async function entryOf(provider: IdentityProvider, identity: Identity, headers: Headers): Promise<Entry> {
  const email = addressOfIdentity(provider, identity);
  // Names at GitHub are one in every spelling of their letters.
  const spelled = (value: string | null) => (provider.kind === "github" ? (value?.toLowerCase() ?? null) : value);
  const rules = provider.rules.map((rule) => ({ ...rule, value: spelled(rule.value) }));
  const role = roleByRules(rules, identity.values);
  if (role === null) throw refused(`No rule of ${provider.label} gives you a role here. Ask an owner or admin.`);
  return { provider, identity, email, role, actor: { ...actorOf(null, headers, email), kind: "system" } };
}

async function signInWith(entry: Entry, headers: Headers): Promise<string> {
  return withTransaction(async (client) => {
    // Two first sign-ins of one person at once: the second one finds the first.
    await execute(sql`select from identity_provider where id = ${entry.provider.id} for update`, client);
    const id = await admitUser(client, entry);
    const cookie = await createSession(id, headers, client);
    const [user] = await readUsers(client, id);
    const name = user?.name ?? entry.email;
    await recordAudit(client, {
      actor: { ...actorOf(null, headers, name), kind: "user", id },
      action: "sign_in.done",
      target: { kind: "user", id, name },
      after: { how: entry.provider.label },
    });
    return cookie;
  });
}

/** Adds a provider to the account of whoever is signed in, who has to be whoever began it. */
async function addTo(userId: string, entry: Entry, headers: Headers): Promise<void> {
  const token = readSessionToken(headers);
  const caller = token === null ? null : await findSessionCaller(token);
  if (caller?.id !== userId) throw refused("You are not signed in as who began this. Begin again.");
  await withTransaction(async (client) => {
    const holder = await linkedUser(client, entry);
    if (holder === userId) return;
    if (holder !== null) throw refused(`Somebody else signs in here with this account of ${entry.provider.label}.`);
    await link(client, userId, entry);
    await recordAudit(client, {
      actor: actorOf(caller, headers),
      action: "user.provider_added",
      target: { kind: "user", id: userId, name: caller.name },
      after: entry.provider.label,
    });
  });
}

/**
 * Ends what `beginWithProvider` began.
 * @param answer the query string that the provider sent the browser back with
 * @returns cookies, and where to go on
 * @throws {AppError} `bad_request` for an answer that nobody waits for, `unauthorized` for one that proves nothing,
 * `forbidden` for somebody who does not come in
 */
export async function finishWithProvider(
  answer: string,
  headers: Headers,
): Promise<{ cookies: string[]; next: string }> {
  const pace = `provider:${addressOf(headers) ?? ""}`;
  await assertPace(pace, TRIES, "There were too many attempts to sign in. Wait a little and try again.");
  const attempt = await takeAttempt(new URLSearchParams(answer).get("state") ?? "", headers);
  const provider = await findProvider(attempt.providerId);
  let email = provider.label;
  try {
    const identity = await protocolOf(provider).readIdentity(provider, attempt.proof, answer);
    email = identity.email ?? email;
    const entry = await entryOf(provider, identity, headers);
    const cookies = [attemptOver()];
    if (attempt.userId !== null) await addTo(attempt.userId, entry, headers);
    else cookies.push(await signInWith(entry, headers));
    // What was begun and what was ended here took a turn each.
    for (let taken = 0; taken < 2; taken += 1) await forgiveTurn(pace, TRIES);
    return { cookies, next: attempt.next };
  } catch (error) {
    if (error instanceof AppError) {
      await recordAuditAlone({
        actor: actorOf(null, headers, email),
        action: "sign_in.refused",
        target: { kind: "user", id: null, name: email },
        after: error.message,
      });
    }
    throw error;
  }
}
