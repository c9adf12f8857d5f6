import { createHash, randomBytes } from "node:crypto";
import { env } from "@/lib/core/env";
import type { IdentityProvider } from "../types";

/** Where providers send people back to: what has to be entered there. */
export const returnAddress = (): string => `${env().appUrl}/sign-in/return`;

/** What an attempt keeps between leaving for the provider and coming back. */
export interface Proof {
  state: string;
  nonce: string;
  codeVerifier: string;
}

const random = (): string => randomBytes(32).toString("base64url");

export const newProof = (): Proof => ({ state: random(), nonce: random(), codeVerifier: random() });

/** What is sent of a verifier (PKCE, RFC 7636, method S256). */
export const challengeOf = ({ codeVerifier }: Proof): string =>
  createHash("sha256").update(codeVerifier).digest("base64url");

/** Who somebody is, as a provider proves it. */
export interface Identity {
  /** How the provider calls the person, for ever. */
  subject: string;
  email: string | null;
  isEmailVerified: boolean;
  name: string | null;
  /** What role rules look at: the values of a claim, or teams at GitHub as `organisation/team`. */
  values: string[];
  /** Organisations at GitHub of which the person is a member, in lower case. */
  organizations: string[];
}

/** A way to have a provider say who somebody is. */
export interface Protocol {
  /** @throws {AppError} `unprocessable` at `/issuer` unless such a provider answers there */
  assertProvider(provider: Omit<IdentityProvider, "id">): Promise<void>;
  /** Where to send the browser. @throws {AppError} `unavailable` when the provider does not answer */
  authorizationUrl(provider: IdentityProvider, proof: Proof): Promise<string>;
  /**
   * Reads who somebody is from what the provider sent back with the browser.
   * @param answer the query string of the address that the browser came back to
   * @throws {AppError} `unauthorized` saying what was wrong
   */
  readIdentity(provider: IdentityProvider, proof: Proof, answer: string): Promise<Identity>;
}
