import { z } from "zod";

const key = z.string().regex(/^[a-z][a-z0-9_]*$/);
const regexSource = z.string().refine((source) => {
  try {
    return new RegExp(source, "i").source.length > 0;
  } catch {
    return false;
  }
}, "a regular expression");
const month = z.string().regex(/^\d{4}-\d{2}$/);
const login = z.string().regex(/^[a-z0-9-]+$/, "a lower-case login without [bot]");

/**
 * A GitHub account. `botLogin` is an app's slug, seen as `slug[bot]` or, in GraphQL, with type Bot; `userLogin` is a
 * plain account. `id` is GitHub's number, which outlives renames.
 */
const accountSchema = z
  .strictObject({
    id: z.int().positive().optional(),
    botLogin: login.optional(),
    userLogin: login.optional(),
    product: z.string().optional(),
    /** The account also reviews, so its trailer on an accepted suggestion is no authorship. */
    reviews: z.boolean().optional(),
    /** A single or unsure source, or a mark that other tools write too. */
    weak: z.boolean().optional(),
    /** Its trailers say "helped", however many commits carry them. */
    assistOnly: z.boolean().optional(),
  })
  .refine((account) => account.id ?? account.botLogin ?? account.userLogin, "an account needs an id or a login");

const agentSchema = z.strictObject({
  /** Permanent: the agent's bit in stored facts. */
  code: z.int().min(0).max(62),
  key,
  name: z.string().min(1),
  kind: z.enum(["agent", "assistant"]),
  /** A: seen in public histories or the vendor's repository. B: in a careful list. C entries are marked `weak`. */
  grade: z.enum(["A", "B"]),
  source: z.string().min(1),
  firstSeen: month.nullable(),
  lastVerified: month,
  accounts: z.array(accountSchema).default([]),
  /** Exact addresses, never a domain: people of the vendors commit from the same domains. */
  emails: z
    .array(z.strictObject({ email: z.email(), product: z.string().optional(), weak: z.boolean().optional() }))
    .default([]),
  /** Author or committer names; only where the tool itself writes the name that way. */
  commitNames: z.array(regexSource).default([]),
  trailers: z
    .array(z.strictObject({ key: z.string(), value: regexSource, product: z.string().optional() }))
    .default([]),
  /** What stands before the colon in `Assisted-by: <agent>:<model>`. */
  assistedBy: z.array(z.string()).default([]),
  /** Text at the start of a line. `whole`: the agent made the pull request, not only helped. */
  markers: z
    .array(
      z.strictObject({
        name: z.string(),
        pattern: regexSource,
        in: z.enum(["body", "anywhere"]).default("anywhere"),
        whole: z.boolean().default(false),
        weak: z.boolean().default(false),
        product: z.string().optional(),
      }),
    )
    .default([]),
  /** `namesake`: the prefix is also a first name, so it says nothing on a branch of a person of that name. */
  branches: z
    .array(
      z
        .strictObject({
          prefix: z.string().optional(),
          pattern: regexSource.optional(),
          namesake: z.boolean().default(false),
          product: z.string().optional(),
        })
        .refine((branch) => (branch.prefix === undefined) !== (branch.pattern === undefined), "a prefix or a pattern"),
    )
    .default([]),
  labels: z.array(z.string()).default([]),
});

const distinct = <T>(pick: (value: T) => string | number, what: string) =>
  [(values: T[]) => new Set(values.map(pick)).size === values.length, `${what} must be unique`] as const;

/** The agents that the product knows, and labels that name a way of working but no agent. */
export const agentRulesSchema = z.strictObject({
  version: z.string(),
  agents: z
    .array(agentSchema)
    .max(63)
    .refine(...distinct<z.infer<typeof agentSchema>>((agent) => agent.code, "codes"))
    .refine(...distinct<z.infer<typeof agentSchema>>((agent) => agent.key, "keys")),
  labels: z.array(z.strictObject({ label: z.string(), kind: z.enum(["agent", "assisted"]) })),
});

const programSchema = z.strictObject({
  key,
  name: z.string().min(1),
  accounts: z.array(accountSchema),
  emails: z.array(z.email()),
});

/** Programs that are no agents: housekeeping, and reviewers whose suggestions people accept. */
export const programRulesSchema = z.strictObject({
  automation: z.array(programSchema),
  reviewers: z.array(programSchema),
});

export type AgentRule = z.infer<typeof agentSchema>;
