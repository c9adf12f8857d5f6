import type { RolloutPhase } from "@/lib/core/rollout-words";
import type { RoleRule } from "./identity/role-rules";
import type { KeyScope, Permission, Role } from "./roles";

export type { KeyScope, Permission, Role, RoleRule };

/** A key as the page of keys shows it; the key itself is nowhere. */
export interface ApiKeyItem {
  id: string;
  name: string;
  /** Its first letters. */
  prefix: string;
  scopes: KeyScope[];
  /** Name of the user who made it; null for one of the environment or the command line. */
  creator: string | null;
  createdAt: string;
  expiresAt: string | null;
  /** To the minute. */
  lastUsedAt: string | null;
  revokedAt: string | null;
  state: "active" | "expired" | "revoked" | "creator_disabled";
}

/** A team as users are given it. */
export interface TeamChoice {
  id: number;
  name: string;
  /** Slug of its organisation. */
  org: string;
}

/** A team as the Teams page shows it. */
export interface TeamItem extends TeamChoice {
  slug: string;
  /** People who are in it now; null where nobody told who is. */
  members: number | null;
  /** Counted together with others for whoever sees no persons. */
  isSmall: boolean;
  /** Repositories that it owns now. */
  repositories: number;
  /** Names of the leads and viewers who were given it. */
  seenBy: string[];
  /** From which day on it is in which phase of taking up agents. */
  phases: { phase: RolloutPhase; startsOn: string }[];
}

export interface UserItem {
  id: string;
  name: string;
  email: string;
  role: Role;
  teams: TeamChoice[];
  twoFactor: boolean;
  disabledAt: string | null;
  createdAt: string;
  /** Of the newest session; null without any. */
  lastSeenAt: string | null;
}

export interface InvitationItem {
  id: string;
  purpose: "join" | "reset";
  email: string;
  role: Role;
  teams: TeamChoice[];
  /** Name of whoever made it. */
  invitedBy: string | null;
  createdAt: string;
  expiresAt: string;
}

/** One of the caller's own sessions. */
export interface SessionItem {
  id: string;
  address: string | null;
  userAgent: string | null;
  createdAt: string;
  /** To the minute. */
  lastSeenAt: string;
  current: boolean;
}

/** Who is signed in, as the pages know it. */
export interface Me {
  id: string;
  name: string;
  email: string;
  role: Role;
  twoFactor: boolean;
  /** Names of the teams that a lead or a viewer sees; null for whoever sees all. */
  teams: string[] | null;
  permissions: Permission[];
}

/** A provider that people sign in with, without its secret. */
export interface IdentityProviderItem {
  id: string;
  /** OpenID Connect, or the OAuth of GitHub. */
  kind: "openid" | "github";
  label: string;
  /** Address under which it is discovered (OpenID Connect Discovery 1.0), or of a GitHub. */
  issuer: string;
  clientId: string;
  /** Of e-mail addresses; with OpenID Connect nobody else comes in. */
  domains: string[];
  /** Logins, in lower case; from a GitHub nobody but their members comes in. */
  organizations: string[];
  /** Takes an address for verified that the provider says nothing about. */
  trustsEmail: boolean;
  /** Dotted path of the claim that rules look into. */
  roleClaim: string | null;
  rules: RoleRule[];
}

/** What is needed to sign somebody in with a provider. */
export interface IdentityProvider extends IdentityProviderItem {
  clientSecret: string;
}

/** A provider as somebody's own account shows it. */
export interface OwnIdentity {
  id: string;
  label: string;
  isLinked: boolean;
}
