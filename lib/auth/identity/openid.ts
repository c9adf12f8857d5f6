import * as openid from "openid-client";
import { createEgressFetch } from "@/lib/core/egress/egress-fetch";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import type { IdentityProvider } from "../types";
import { type Identity, type Proof, type Protocol, returnAddress } from "./proof";
import { valuesAt } from "./role-rules";

const TIMEOUT_SECONDS = 10;
const DISCOVERY = "/.well-known/openid-configuration";

/** Asks a provider what it can do, anew each time: keys that it changed are never old ones. */
async function discover({
  clientId,
  clientSecret,
  issuer,
}: Pick<IdentityProvider, "clientId" | "clientSecret" | "issuer">): Promise<openid.Configuration> {
  const fetch = createEgressFetch({ allowHosts: env().egressAllowHosts, timeoutMs: TIMEOUT_SECONDS * 1000 });
  const customFetch: openid.CustomFetch = (url, { body, headers, method, signal }) =>
    fetch(url, {
      method,
      headers,
      ...(body != null && { body: body as BodyInit }),
      ...(signal !== undefined && { signal }),
    });
  // Where http may be used says the egress rule, which allows it to hosts of the administrator's list alone.
  const execute = new URL(issuer).protocol === "http:" ? [openid.allowInsecureRequests] : [];
  const found = await openid.discovery(new URL(issuer), clientId, undefined, openid.None(), {
    execute,
    timeout: TIMEOUT_SECONDS,
    [openid.customFetch]: customFetch,
  });
  const metadata = found.serverMetadata();
  const methods = metadata.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const authentication = methods.includes("client_secret_basic")
    ? openid.ClientSecretBasic(clientSecret)
    : openid.ClientSecretPost(clientSecret);
  const configuration = new openid.Configuration(metadata, clientId, clientSecret, authentication);
  configuration[openid.customFetch] = customFetch;
  configuration.timeout = TIMEOUT_SECONDS;
  for (const allow of execute) allow(configuration);
  // The library trusts TLS alone for tokens of the code flow; we ask for the signature too.
  openid.enableNonRepudiationChecks(configuration);
  return configuration;
}

/** What went wrong, in the words of whoever knows most about it: the provider, or what is at the bottom. */
function reasonOf(error: unknown): string {
  let reason = String(error);
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if (cause instanceof AppError) return cause.message;
    if (cause instanceof openid.AuthorizationResponseError || cause instanceof openid.ResponseBodyError) {
      return cause.error_description ?? cause.error;
    }
    reason = cause.message;
  }
  return reason;
}

/** @throws {AppError} `unprocessable` at `/issuer` unless an OpenID provider answers there under that very name */
async function assertProvider(provider: Omit<IdentityProvider, "id">): Promise<void> {
  try {
    const metadata = (await discover(provider)).serverMetadata();
    for (const name of ["authorization_endpoint", "token_endpoint", "jwks_uri"] as const) {
      if (metadata[name] === undefined) throw new Error(`it names no ${name}`);
    }
  } catch (error) {
    const message = `${provider.issuer}${DISCOVERY} does not answer as an OpenID provider: ${reasonOf(error)}`;
    throw new AppError({ code: "unprocessable", message, pointer: "/issuer", cause: error });
  }
}

/** Where to send the browser. @throws {AppError} `unavailable` when the provider does not answer */
async function authorizationUrl(provider: IdentityProvider, proof: Proof): Promise<string> {
  try {
    const configuration = await discover(provider);
    const address = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: returnAddress(),
      scope: "openid email profile",
      response_type: "code",
      state: proof.state,
      nonce: proof.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(proof.codeVerifier),
      code_challenge_method: "S256",
    });
    return address.href;
  } catch (error) {
    const message = `${provider.label} does not answer: ${reasonOf(error)}`;
    throw new AppError({ code: "unavailable", message, cause: error });
  }
}

function identityOf(claims: Readonly<Record<string, unknown>>, roleClaim: string | null): Identity {
  const text = (name: string) => (typeof claims[name] === "string" && claims[name] !== "" ? claims[name] : null);
  return {
    subject: text("sub") ?? "",
    email: text("email"),
    isEmailVerified: claims.email_verified === true || claims.email_verified === "true",
    name: text("name") ?? text("preferred_username"),
    values: roleClaim === null ? [] : valuesAt(claims, roleClaim),
    organizations: [],
  };
}

/**
 * Takes what a provider sent back with the browser to the provider, and reads who it is: state, issuer, audience,
 * nonce, times and signature of the token are checked (OpenID Connect Core 1.0, 3.1.3.7).
 * @param answer the query string of the address that the browser came back to
 * @throws {AppError} `unauthorized` saying what was wrong
 */
async function readIdentity(provider: IdentityProvider, proof: Proof, answer: string): Promise<Identity> {
  try {
    const configuration = await discover(provider);
    const tokens = await openid.authorizationCodeGrant(configuration, new URL(`${returnAddress()}?${answer}`), {
      expectedState: proof.state,
      expectedNonce: proof.nonce,
      pkceCodeVerifier: proof.codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error("there was no ID token");
    const identity = identityOf(claims, provider.roleClaim);
    const isWhole = identity.email !== null && (provider.roleClaim === null || identity.values.length > 0);
    if (isWhole || configuration.serverMetadata().userinfo_endpoint === undefined) return identity;
    const more = await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    return identityOf({ ...more, ...claims }, provider.roleClaim);
  } catch (error) {
    const message = `${provider.label} did not sign you in: ${reasonOf(error)}`;
    throw new AppError({ code: "unauthorized", message, cause: error });
  }
}

/** OpenID Connect with a code, PKCE and a client secret. */
export const openidProtocol: Protocol = { assertProvider, authorizationUrl, readIdentity };
