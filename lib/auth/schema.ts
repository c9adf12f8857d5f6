import { z } from "zod";
import { LONGEST_PASSWORD } from "./password-length";
import { KEY_SCOPES, PERMISSIONS, ROLES } from "./roles";

const email = z.email({ error: "must be an e-mail address" }).max(254);
const name = z.string().trim().min(1, { error: "is missing" }).max(200);
// How good a password is says assertPassword; here only that it is no book.
const password = z.string().min(1, { error: "is missing" }).max(LONGEST_PASSWORD);
const token = z.string().min(1).max(200);
const instant = z.iso.datetime();
const id = z.string();

export const teamChoiceSchema = z.object({ id: z.int(), name: z.string(), org: z.string() });

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

/** The key is shown this once. */
export const madeKeySchema = z.object({ id, key: z.string() });
