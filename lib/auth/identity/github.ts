import { z } from "zod";
import { createEgressFetch, type EgressFetch } from "@/lib/core/egress/egress-fetch";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import type { IdentityProvider } from "../types";
import { challengeOf, type Identity, type Proof, type Protocol, returnAddress } from "./proof";

const TIMEOUT_MS = 10_000;
const PAGE = 100;
/** Pages of a list that are read: somebody in more than a thousand teams has no need of more. */
const MOST_PAGES = 10;

const egress = (): EgressFetch => createEgressFetch({ allowHosts: env().egressAllowHosts, timeoutMs: TIMEOUT_MS });

const apiOf = ({ issuer }: Pick<IdentityProvider, "issuer">): string =>
  issuer === "https://github.com" ? "https://api.github.com" : `${issuer}/api/v3`;

const tokenSchema = z.object({
  access_token: z.string().min(1).optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
});
const userSchema = z.object({ id: z.int().positive(), login: z.string().min(1), name: z.string().nullish() });
const emailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));
const membershipsSchema = z.array(z.object({ state: z.string(), organization: z.object({ login: z.string() }) }));
const teamsSchema = z.array(z.object({ slug: z.string(), organization: z.object({ login: z.string() }) }));

function refused(provider: IdentityProvider, reason: string, cause?: unknown): AppError {
  return new AppError({ code: "unauthorized", message: `${provider.label} did not sign you in: ${reason}`, cause });
}

async function tokenFor(provider: IdentityProvider, proof: Proof, answer: string): Promise<string> {
  const given = new URLSearchParams(answer);
  const said = given.get("error_description") ?? given.get("error");
  if (said !== null) throw refused(provider, said);
  const response = await egress()(`${provider.issuer}/login/oauth/access_token`, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify({
      client_id: provider.clientId,
      client_secret: provider.clientSecret,
      code: given.get("code") ?? "",
      redirect_uri: returnAddress(),
      code_verifier: proof.codeVerifier,
    }),
  });
  const token = tokenSchema.parse(await response.json());
  if (token.access_token === undefined) throw refused(provider, token.error_description ?? token.error ?? "no token");
  return token.access_token;
}

/** Asks GitHub as the person; null where the token may not ask. */
async function ask<Answer>(provider: IdentityProvider, token: string, path: string, schema: z.ZodType<Answer>) {
  const response = await egress()(`${apiOf(provider)}${path}`, {
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "user-agent": "fleetgauge",
      "x-github-api-version": "2022-11-28",
    },
  });
  if (response.status === 403 || response.status === 404) return null;
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
  return schema.parse(await response.json());
}

async function askAll<Item>(provider: IdentityProvider, token: string, path: string, schema: z.ZodType<Item[]>) {
  const items: Item[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const separator = path.includes("?") ? "&" : "?";
    const found = await ask(provider, token, `${path}${separator}per_page=${PAGE}&page=${page}`, schema);
    if (found === null) return page === 1 ? null : items;
    items.push(...found);
    if (found.length < PAGE) break;
  }
  return items;
}

async function identify(provider: IdentityProvider, token: string): Promise<Identity> {
  const user = await ask(provider, token, "/user", userSchema);
  if (user === null) throw new Error("it does not say who you are");
  const memberships = await askAll(provider, token, "/user/memberships/orgs?state=active", membershipsSchema);
  if (memberships === null) throw new Error("it may not say of which organisations you are a member");
  const teams = (await askAll(provider, token, "/user/teams", teamsSchema)) ?? [];
  const emails = (await askAll(provider, token, "/user/emails", emailsSchema)) ?? [];
  const email = emails.find(({ primary, verified }) => primary && verified)?.email;
  return {
    subject: String(user.id),
    // Without the right to read addresses there is still one that is the person's alone.
    email: email ?? `${user.id}+${user.login}@users.noreply.github.com`,
    isEmailVerified: true,
    name: user.name ?? user.login,
    values: teams.map(({ organization, slug }) => `${organization.login}/${slug}`.toLowerCase()),
    organizations: memberships
      .filter(({ state }) => state === "active")
      .map(({ organization }) => organization.login.toLowerCase()),
  };
}

async function assertProvider(provider: Omit<IdentityProvider, "id">): Promise<void> {
  const address = `${apiOf(provider)}/meta`;
  try {
    const response = await egress()(address, { headers: { "user-agent": "fleetgauge" } });
    // What every GitHub says of itself, and no other server.
    z.object({ verifiable_password_authentication: z.boolean() }).parse(await response.json());
  } catch (error) {
    const message = error instanceof AppError ? error.message : `${address} does not answer as a GitHub.`;
    throw new AppError({ code: "unprocessable", message, pointer: "/issuer", cause: error });
  }
}

async function authorizationUrl(provider: IdentityProvider, proof: Proof): Promise<string> {
  const parameters = new URLSearchParams({
    client_id: provider.clientId,
    redirect_uri: returnAddress(),
    scope: "read:org user:email",
    state: proof.state,
    code_challenge: challengeOf(proof),
    code_challenge_method: "S256",
    allow_signup: "false",
  });
  return `${provider.issuer}/login/oauth/authorize?${parameters}`;
}

async function readIdentity(provider: IdentityProvider, proof: Proof, answer: string): Promise<Identity> {
  const token = await tokenFor(provider, proof, answer);
  try {
    return await identify(provider, token);
  } catch (error) {
    throw refused(provider, error instanceof z.ZodError ? "its answer is not understood" : String(error), error);
  }
}

/** The OAuth of GitHub and GitHub Enterprise Server, with the client of a GitHub App or an OAuth App. */
export const githubProtocol: Protocol = { assertProvider, authorizationUrl, readIdentity };
