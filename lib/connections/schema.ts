import { z } from "zod";
import { env } from "@/lib/core/env";
import { selectionSchema } from "@/lib/settings/github/selection";
import { ENTITIES } from "./entities";

const accountLogin = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/, { error: "must be the login of an organisation or a user" });

/** Of a server of one's own; that of `GITHUB_API_URL` unless one is given. */
const apiAddress = z
  .string()
  .trim()
  .max(400)
  .refine((text) => URL.canParse(text), { error: "must be an address such as https://github.example.com/api/v3" })
  .transform((text) => text.replace(/\/+$/, ""))
  .default(() => env().githubApiUrl);

const DAYS = { error: "must be a whole number of days, from 1 to 36,500" };
const depth = z.int(DAYS).positive(DAYS).max(36_500, DAYS).nullable();

/** A token as a header can carry it. */
export const githubToken = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{10,1000}$/, {
    error: "must be a token of GitHub: letters, figures and signs, without spaces",
  });

/** The body of `POST /api/v1/connections`. */
export const connectRequestSchema = z.strictObject({
  account: accountLogin,
  token: githubToken,
  apiUrl: apiAddress,
  selection: selectionSchema.default({ mode: "all" }),
  /** Days of history; null for all of it. */
  depthDays: depth.default(null),
});

/** The answer to it. The webhook's secret is said this once. */
export const connectAnswerSchema = z.object({
  id: z.int(),
  account: z.string(),
  repositories: z.int(),
  selected: z.int(),
  missingPermissions: z.array(z.string()),
  webhookSecret: z.string().nullable(),
  /** Whether GitHub tells of changes by itself; null for a token, where it does once a webhook is made. */
  isTold: z.boolean().nullable(),
});

const progress = {
  entity: z.enum(ENTITIES),
  done: z.int(),
  /** As GitHub counts them; null before the first answer. */
  total: z.int().nullable(),
};

/** How far one kind of thing is in one repository. */
export const syncStatusSchema = z.object({
  repo: z.string(),
  ...progress,
  state: z.enum(["idle", "reading", "failed", "unavailable"]),
  /** Things per second; null when that cannot be said. */
  rate: z.number().nullable(),
  /** Everything before this has been read. */
  watermark: z.iso.datetime().nullable(),
  lastError: z.string().nullable(),
  nextTryAt: z.iso.datetime(),
});

/** The same of all repositories of a connection. */
export const syncTotalSchema = z.object({
  ...progress,
  repositories: z.int(),
  /** Repositories of which it has been read once from end to end. */
  complete: z.int(),
  failed: z.int(),
});

export const connectionItemSchema = z.object({
  id: z.int(),
  /** The App that reads it; null: a token does. */
  app: z.object({ name: z.string(), url: z.string() }).nullable(),
  account: z.string(),
  apiUrl: z.string(),
  state: z.enum(["active", "paused", "broken"]),
  stateReason: z.string().nullable(),
  /** GitHub is not asked before this. */
  waitUntil: z.iso.datetime().nullable(),
  missingPermissions: z.array(z.string()),
  /** Why the organisation's teams could not be read; null: they were, or it has none. */
  teamsError: z.string().nullable(),
  selection: selectionSchema,
  depthDays: z.int().nullable(),
  createdAt: z.iso.datetime(),
  budgets: z.record(
    z.string(),
    z.object({ limit: z.int(), remaining: z.int(), resetAt: z.iso.datetime({ offset: true }) }),
  ),
  /** Things that are to be read by themselves. */
  waiting: z.int(),
  totals: z.array(syncTotalSchema),
  /** Of repositories that are being read or failed, at most two hundred; of the others the totals say enough. */
  repositories: z.array(syncStatusSchema),
});

/** The body of `POST /api/v1/connections/{id}`: what is left out stays. */
export const connectionChangeSchema = z
  .strictObject({
    state: z.enum(["active", "paused"]).optional(),
    selection: selectionSchema.optional(),
    depthDays: depth.optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: "must change something: state, selection or depthDays",
  });

/** The body of `POST /api/v1/github-apps`. */
export const beginAppSchema = z.strictObject({
  apiUrl: apiAddress,
  /** null: the account of whoever is signed in at GitHub. */
  account: accountLogin.nullable().default(null),
  securityAlerts: z.boolean().default(false),
});

/** The answer to it: a browser sends `manifest` to `action` as a form. */
export const appBeginningSchema = z.object({
  action: z.url(),
  manifest: z.record(z.string(), z.unknown()),
  webhook: z.boolean(),
});

/** What GitHub sends someone back with who made an App. */
export const appReturnSchema = z.strictObject({
  code: z.string().regex(/^[\w-]{1,200}$/, { error: "must be a code of GitHub" }),
  state: z.string().min(1).max(200),
});

export const knownAppSchema = z.object({
  id: z.int(),
  name: z.string(),
  apiUrl: z.string(),
  /** Page at GitHub on which it is installed on an account. */
  installUrl: z.string(),
});

/** The body of `POST /api/v1/github-apps/installations`; without a number every new installation is meant. */
export const installationSchema = z.strictObject({
  installationId: z
    .string()
    .regex(/^[1-9]\d{0,15}$/, { error: "must be the number of an installation" })
    .nullable()
    .default(null),
});
