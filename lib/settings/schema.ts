import path from "node:path";
import { z } from "zod";
import { AUTHOR_KINDS, CATEGORIES } from "@/lib/core/dimensions";
import { FAILURE_CAUSES } from "@/lib/core/failure-causes";
import { MILESTONE_KINDS } from "@/lib/core/milestones";
import { ownRulesSchema } from "@/lib/core/own-rules";
import { ROLLOUT_PHASES } from "@/lib/core/rollout-words";

const name = z.string().trim().min(1).max(100);

/** The body of `POST /api/v1/imports`: a repository on this machine and how it is to be called. */
export const importRequestSchema = z.strictObject({
  path: z
    .string()
    .trim()
    .min(1, { error: "Name the folder of a clone on this machine." })
    .max(4096)
    .refine(path.isAbsolute, { error: "Write the full path, such as /srv/git/api.git." }),
  org: name.optional(),
  repo: name.optional(),
  branch: z.string().trim().min(1).max(255).optional(),
  since: z.string().trim().min(1).max(40).optional(),
});

/** What an import found; the counts are those of the repository's whole history as it is held now. */
export const importOutcomeSchema = z.object({
  org: z.string(),
  repo: z.string(),
  /** Events that were new. */
  added: z.int(),
  merged: z.int(),
  direct: z.int(),
  byAuthorKind: z.record(z.enum(AUTHOR_KINDS), z.int()),
  byAgent: z.array(z.object({ agent: z.string(), name: z.string(), merged: z.int() })),
  rolledBack: z.int(),
  rolledBack7d: z.int(),
  unresolved: z.int(),
  warnings: z.array(z.string()),
  seconds: z.number(),
});

/** Why an operation failed; `pointer` names the field of its input that was wrong. */
export const operationErrorSchema = z.object({ message: z.string(), pointer: z.string().nullable() });

const progress = {
  step: z.string(),
  done: z.int(),
  /** null while it is not known. */
  total: z.int().nullable(),
};

/** One import in the answer of `GET /api/v1/imports`. */
export const importItemSchema = z.object({
  id: z.uuid(),
  state: z.enum(["queued", "running", "done", "failed"]),
  ...progress,
  input: importRequestSchema,
  result: importOutcomeSchema.nullable(),
  error: operationErrorSchema.nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

/** The answer of `/api/v1/sample`. */
export const sampleStatusSchema = z.object({
  state: z.enum(["absent", "loading", "ready", "removing"]),
  /** Slug of its organisation, by which a filter asks for it; null while it is absent. */
  org: z.string().nullable(),
  ...progress,
  /** Why the last attempt failed, while that still stands. */
  error: operationErrorSchema.nullable(),
});

/** The body of `POST /api/v1/repository-owners`. */
export const assignOwnerSchema = z.strictObject({
  /** `organisation/name` */
  repository: z.string().regex(/^[^/\s]+\/\S+$/, { error: "must be organisation/name" }),
  /** Its name; one that is not there is made. */
  team: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u, { error: "must be the name of a team" }),
  /** Day from which on it owns it; null: from the beginning. */
  from: z.iso.date({ error: "must be a day such as 2026-01-31" }).nullable().default(null),
});

/** GitHub tells of its deliveries for a month: a shorter time would have them delivered again. */
const keptDays = z
  .int({ error: "must be a whole number of days, or empty" })
  .min(35, { error: "must be at least 35 days, since GitHub tells of its deliveries for a month" })
  .max(3650, { error: "must be at most 3650 days" })
  .nullable();

/** For how many days each kind of data is kept; null for ever. */
export const retentionSchema = z.strictObject({ deliveries: keptDays, operations: keptDays });

/** The body of `PUT /api/v1/roster`. */
export const enterRosterSchema = z.strictObject({
  /** Slug of the organisation. */
  org: name,
  /** A file with a head; an empty roster has the head alone. */
  csv: z.string().min(1).max(900_000),
});

/** What a roster held. */
export const enteredRosterSchema = z.object({ people: z.int(), teams: z.int(), lines: z.int() });

/** The body and the answer of `PUT /api/v1/rollout-phases`: all phases of one team. */
export const rolloutPhasesSchema = z.strictObject({
  org: name,
  /** Slug. */
  team: name,
  phases: z
    .array(z.strictObject({ phase: z.enum(ROLLOUT_PHASES), startsOn: z.iso.date() }))
    .max(ROLLOUT_PHASES.length)
    .refine((phases) => new Set(phases.map(({ phase }) => phase)).size === phases.length, {
      error: "names a phase twice",
    }),
});

/** The body of `POST /api/v1/milestones`: a day on which something about how agents work was changed. */
export const milestoneEntrySchema = z.strictObject({
  org: name,
  /** Slug; null: for everybody. */
  team: name.nullable().default(null),
  day: z.iso.date({ error: "must be a day such as 2026-06-30" }),
  kind: z.enum(MILESTONE_KINDS),
  title: z.string().trim().min(1, { error: "says what was changed" }).max(120),
});

export const milestoneSchema = milestoneEntrySchema.extend({
  id: z.int(),
  team: name.nullable(),
  /** Who marked it. */
  by: z.string(),
});

/** The body of `POST /api/v1/rules/previews`. */
export const rulePreviewRequestSchema = z.strictObject({ org: name, rules: ownRulesSchema });

/** The body of `PUT /api/v1/rules`. */
export const ruleEntrySchema = rulePreviewRequestSchema.extend({
  basedOn: z.int().min(0),
  why: z.string().trim().min(3, "Say why, in a few words.").max(500),
});

const ruleVersionSchema = z.strictObject({
  version: z.int(),
  rules: ownRulesSchema,
  why: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});

/** An organisation’s own rules, with all versions of them, the latest first. */
export const rulesSchema = z.strictObject({
  version: z.int(),
  rules: ownRulesSchema,
  versions: z.array(ruleVersionSchema),
  /** Repositories of which everything is still to be worked out again. */
  pending: z.int(),
  /** Every agent that a rule may name. */
  agents: z.array(z.strictObject({ key: z.string(), name: z.string() })),
});

const ruleAspect = z.enum(["author", "agents", "category", "counted", "lines", "team"]);

/** What other rules would change. */
export const rulePreviewSchema = z.strictObject({
  /** Merged pull requests that were looked at, and of how many of them something else would be said. */
  pullRequests: z.int(),
  changed: z.int(),
  /** The same of those that were closed without a merge. */
  closed: z.int(),
  aspects: z.record(ruleAspect, z.int()),
  /** What becomes what, the most frequent first. */
  moves: z.array(z.strictObject({ aspect: ruleAspect, from: z.string(), to: z.string(), count: z.int() })),
  examples: z.array(
    z.strictObject({
      id: z.string(),
      repo: z.string(),
      number: z.int(),
      title: z.string(),
      changes: z.array(z.strictObject({ aspect: ruleAspect, from: z.string(), to: z.string() })),
    }),
  ),
  /** Reviews by accounts that become a person or a program. */
  reviews: z.int(),
  environments: z.array(z.strictObject({ name: z.string(), deployments: z.int(), live: z.boolean() })),
});

/** How far a preview is. */
export const rulePreviewStateSchema = z.strictObject({
  state: z.enum(["queued", "running", "done", "failed"]),
  done: z.int(),
  total: z.int().nullable(),
  error: z.string().nullable(),
  result: rulePreviewSchema.nullable(),
});

/** The body of `PUT /api/v1/pull-requests/{id}/cause`: why it failed; null takes back what was said. */
export const failureCauseSchema = z.strictObject({ cause: z.enum(FAILURE_CAUSES).nullable() });

const correction = {
  authorKind: z.enum(AUTHOR_KINDS).nullable(),
  agents: z.array(z.string().min(1).max(100)).max(10).nullable(),
  category: z.enum(CATEGORIES).nullable(),
  notRolledBack: z.boolean(),
  /** When it was rolled back, where nothing that was merged tells of it: a flag, a redeployment. */
  rolledBackAt: z.iso.datetime({ offset: true }).nullable(),
};

/** The body of `PATCH /api/v1/pull-requests/{id}/verdict`: what is left out stays, null leaves it to the rules again. */
export const correctionSchema = z.strictObject({
  authorKind: correction.authorKind.optional(),
  agents: correction.agents
    .optional()
    .refine((agents) => agents == null || new Set(agents).size === agents.length, { error: "names an agent twice" }),
  category: correction.category.optional(),
  notRolledBack: correction.notRolledBack.optional(),
  rolledBackAt: correction.rolledBackAt.optional(),
  why: z.string().trim().min(1, { error: "says why" }).max(500),
});

/** Its answer: what was said before, and what is now. */
export const correctedSchema = z.strictObject({
  before: z.strictObject(correction),
  after: z.strictObject(correction),
});

/** The body of `POST /api/v1/me/views`. */
export const savedViewEntrySchema = z.strictObject({
  name: z.string().trim().min(1, { error: "names the view" }).max(80),
  /** A page of the product with its period and filters. */
  path: z
    .string()
    .max(2000)
    .regex(/^\/[a-z][a-z0-9-]*(?:\/[a-z0-9-]+)*(?:\?[\x21-\x7e]*)?$/, { error: "must be the address of a page" }),
  /** Whether everybody who may see the page finds it. */
  isShared: z.boolean().default(false),
});

export const savedViewSchema = z.strictObject({
  id: z.int(),
  name: z.string(),
  path: z.string(),
  isShared: z.boolean(),
  isOwn: z.boolean(),
  /** Who saved it. */
  by: z.string(),
});

const csvText = z.string().max(8_000_000);

/** The body of `PUT /api/v1/surveys`: everybody's answers of one day, in the place of those entered before. */
export const surveyEntrySchema = z.strictObject({
  org: name,
  wave: z.iso.date({ error: "must be a day such as 2026-06-30" }),
  invited: z.int().min(1).max(1_000_000).nullable().default(null),
  csv: csvText,
});

/** The body of `PUT /api/v1/suggestions`: what became of what tools suggested. */
export const suggestionEntrySchema = z.strictObject({ org: name, csv: csvText });
