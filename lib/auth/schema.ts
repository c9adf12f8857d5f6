import { z } from "zod";
import { ROLLOUT_PHASES } from "@/lib/core/rollout-words";
import { LONGEST_PASSWORD } from "./password-length";
import { KEY_SCOPES, PERMISSIONS, ROLES } from "./roles";
import type { TeamItem } from "./types";

const email = z.email({ error: "must be an e-mail address" }).max(254);
const name = z.string().trim().min(1, { error: "is missing" }).max(200);
// How good a password is says assertPassword; here only that it is no book.
const password = z.string().min(1, { error: "is missing" }).max(LONGEST_PASSWORD);
const token = z.string().min(1).max(200);
const instant = z.iso.datetime();
const id = z.string();

export const teamChoiceSchema = z.object({ id: z.int(), name: z.string(), org: z.string() });
export const teamItemSchema = z.object({
  ...teamChoiceSchema.shape,
  slug: z.string(),
  members: z.int().nullable(),
  isSmall: z.boolean(),
  repositories: z.int(),
  seenBy: z.array(z.string()),
  phases: z.array(z.object({ phase: z.enum(ROLLOUT_PHASES), startsOn: z.iso.date() })),
}) satisfies z.ZodType<TeamItem>;

export const setUpSchema = z.strictObject({ code: z.string().min(1).max(100), name, email, password });
export const signInSchema = z.strictObject({ email: z.string().min(1).max(254), password });
export const signInAnswerSchema = z.object({
  /** A code of the authenticator is still asked for. */
  needsCode: z.boolean(),
});
export const codeSchema = z.strictObject({ code: z.string().min(1).max(50) });
export const doneSchema = z.object({ done: z.literal(true) });
/** The answer of what has nothing more to say. */
export const DONE: z.output<typeof doneSchema> = { done: true };

export const meSchema = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  twoFactor: z.boolean(),
  teams: z.array(z.string()).nullable(),
  permissions: z.array(z.enum(PERMISSIONS)),
});

export const passwordChangeSchema = z.strictObject({ current: password, password });
export const passwordProofSchema = z.strictObject({ password });
export const secondFactorSchema = z.object({
  /** `otpauth://…`, for an authenticator. */
  uri: z.string(),
  backupCodes: z.array(z.string()),
});

export const sessionItemSchema = z.object({
  id,
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: instant,
  lastSeenAt: instant,
  current: z.boolean(),
});

export const userItemSchema = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  teams: z.array(teamChoiceSchema),
  twoFactor: z.boolean(),
  disabledAt: instant.nullable(),
  createdAt: instant,
  lastSeenAt: instant.nullable(),
});

const teamIds = z.array(z.int().positive()).max(1000);

export const userChangeSchema = z
  .strictObject({
    role: z.enum(ROLES).optional(),
    teamIds: teamIds.optional(),
    disabled: z.boolean().optional(),
    twoFactor: z.literal(false).optional(),
    sessions: z.literal("end").optional(),
  })
  .refine((change) => Object.keys(change).length > 0, { error: "Say what to change." });

export const inviteSchema = z.strictObject({ email, role: z.enum(ROLES), teamIds: teamIds.default([]) });

/** The token of a link is shown this once; whoever has it can use it. */
export const linkSchema = z.object({ id, token: z.string() });

export const invitationItemSchema = z.object({
  id,
  purpose: z.enum(["join", "reset"]),
  email: z.string(),
  role: z.enum(ROLES),
  teams: z.array(teamChoiceSchema),
  invitedBy: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant,
});

export const invitationLookupSchema = z.strictObject({ token });
export const invitationFoundSchema = invitationItemSchema.pick({ email: true, purpose: true, role: true });
export const acceptInvitationSchema = z.strictObject({ token, name: z.string().max(200).default(""), password });
export const acceptedSchema = z.object({ email: z.string() });

export const keyItemSchema = z.object({
  id,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.enum(KEY_SCOPES)),
  creator: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
  state: z.enum(["active", "expired", "revoked", "creator_disabled"]),
});

export const newKeySchema = z.strictObject({
  name,
  scopes: z.array(z.enum(KEY_SCOPES)).min(1, { error: "choose at least one" }).max(KEY_SCOPES.length),
  /** Days until it ends; null for one that does not. */
  expiresInDays: z.int().min(1).max(3650).nullable(),
});

/** The key is shown this once, and what its webhooks are signed with. */
export const madeKeySchema = z.object({ id, key: z.string(), signingSecret: z.string().nullable() });

const ruleSchema = z.strictObject({
  value: z.string().trim().min(1, { error: "is missing" }).max(500).nullable(),
  role: z.enum(ROLES).exclude(["owner"]),
  teamIds: teamIds.default([]),
});
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, {
    error: "must be a domain, such as example.com",
  });
const issuer = z
  .url({ protocol: /^https?$/, error: "must be an address that begins with https://" })
  .max(500)
  .refine((address) => !/[?#]/.test(address), { error: "must have no query" });
const organization = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9-]{0,38}$/, { error: "must be the name of an organisation as its address spells it" });
const providerFields = {
  label: z.string().trim().min(1, { error: "is missing" }).max(60),
  clientId: z.string().trim().min(1, { error: "is missing" }).max(500),
  domains: z.array(domain).max(100),
  organizations: z.array(organization).max(100),
  trustsEmail: z.boolean(),
  roleClaim: z.string().trim().min(1).max(200).nullable(),
  rules: z.array(ruleSchema).min(1, { error: "without a rule nobody comes in" }).max(200),
};
const clientSecret = z.string().trim().min(1, { error: "is missing" }).max(2000);

const kind = z.enum(["openid", "github"]);

export const identityProviderSchema = z.object({ id, kind, issuer: z.string(), ...providerFields });
export const newIdentityProviderSchema = z.strictObject({
  kind: kind.default("openid"),
  issuer: issuer.transform((address) => (new URL(address).pathname === "/" ? address.replace(/\/$/, "") : address)),
  clientSecret,
  ...providerFields,
  domains: providerFields.domains.default([]),
  organizations: providerFields.organizations.default([]),
  trustsEmail: providerFields.trustsEmail.default(false),
  roleClaim: providerFields.roleClaim.default(null),
});
/** The id is made of the label. */
export const addedProviderSchema = z.object({ id });
export const identityProviderChangeSchema = z
  .strictObject({ clientSecret, ...providerFields })
  .partial()
  .refine((change) => Object.keys(change).length > 0, { error: "Say what to change." });

/** A path of ours to go on at; anything else is not followed. */
const nextPath = z.string().max(2000).default("/");
export const beginProviderSchema = z.strictObject({ provider: z.string().min(1).max(40), next: nextPath });
export const leaveSchema = z.object({
  /** The provider's page, for the browser to open. */
  url: z.string(),
});
export const finishProviderSchema = z.strictObject({
  /** The query string that the provider sent the browser back with. */
  answer: z.string().min(1).max(8000),
});
export const enteredSchema = z.object({ next: z.string() });
export const ownIdentitySchema = z.object({ id, label: z.string(), isLinked: z.boolean() });

export const personSwitchSchema = z.strictObject({ shown: z.boolean() });
