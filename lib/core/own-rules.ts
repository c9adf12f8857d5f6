import { z } from "zod";
import { CATEGORIES } from "./dimensions";

/** What an account may be besides an agent. A reviewer is a program whose suggestions people accept. */
export const PLAIN_ROLES = ["person", "automation", "reviewer"] as const;
/** What a label may say where it names no agent. */
export const LABEL_KINDS = ["agent", "assisted"] as const;

const MOST = 500;
const agentKey = z.string().regex(/^[a-z][a-z0-9_]*$/, "the key of an agent, such as claude_code");
const word = (most: number) => z.string().trim().min(1, "Fill this in.").max(most);

/** A login, with or without `[bot]`, or an e-mail address; in lower case. */
const account = word(254)
  .transform((text) => text.toLowerCase())
  .refine((text) => /^[a-z0-9][a-z0-9-_]*(\[bot\])?$/.test(text) || z.email().safeParse(text).success, {
    message: "A login, such as acme-coder or acme-coder[bot], or an e-mail address.",
  });

/** A pattern as in CODEOWNERS; with `!` in front it takes out what the rules before it, and the shipped ones, take in. */
const pattern = word(300)
  .refine((text) => !/^!?\s*$/.test(text), { message: "A pattern has to follow the !." })
  // Each star multiplies the ways in which a long path can fail to match.
  .refine((text) => (text.match(/\*/g)?.length ?? 0) <= 8, { message: "At most eight stars." });

/** No two of them may speak of the same thing: one would be silently without effect. */
function distinct<T>(pick: (one: T) => string) {
  return (values: T[], context: z.RefinementCtx<T[]>) => {
    const seen = new Set<string>();
    for (const [index, value] of values.entries()) {
      const key = pick(value);
      if (seen.has(key)) {
        context.addIssue({ code: "custom", message: "There is a rule of this already.", path: [index] });
      }
      seen.add(key);
    }
  };
}

/** What an organisation says besides, or in the place of, the rules that are shipped. */
export const ownRulesSchema = z.strictObject({
  /** Whose account this is: an agent's, by its key, or one of `PLAIN_ROLES`. */
  accounts: z
    .array(z.strictObject({ account, is: z.union([z.enum(PLAIN_ROLES), agentKey]) }))
    .max(MOST)
    .superRefine(distinct((one) => one.account.replace(/\[bot\]$/, ""))),
  /** What the head branches of an agent begin with. */
  branches: z
    .array(z.strictObject({ prefix: word(100), agent: agentKey }))
    .max(MOST)
    .superRefine(distinct((one) => one.prefix)),
  /** Labels that name an agent, or say that one made it or helped. */
  labels: z
    .array(z.strictObject({ label: word(100), is: z.union([z.enum(LABEL_KINDS), agentKey]) }))
    .max(MOST)
    .superRefine(distinct((one) => one.label.toLowerCase())),
  /** Labels, types of conventional titles, and changed paths that tell the kind of work. */
  categories: z
    .array(z.strictObject({ by: z.enum(["label", "title", "path"]), value: word(300), category: z.enum(CATEGORIES) }))
    .max(MOST)
    .superRefine(distinct((one) => `${one.by} ${one.value.toLowerCase()}`)),
  /** Paths that are sensitive surfaces. */
  sensitivePaths: z.array(pattern).max(MOST),
  /** Paths of files that nobody wrote. */
  generatedFiles: z.array(pattern).max(MOST),
  /** Pull requests from or to these branches bring no new work. */
  excludedBranches: z.array(z.strictObject({ where: z.enum(["head", "base"]), pattern })).max(MOST),
  /** Names of environments that users use; `*` stands for anything, `!` in front for the opposite. */
  productionEnvironments: z.array(pattern).max(MOST),
});

export type OwnRules = z.infer<typeof ownRulesSchema>;

export const NO_OWN_RULES: OwnRules = {
  accounts: [],
  branches: [],
  labels: [],
  categories: [],
  sensitivePaths: [],
  generatedFiles: [],
  excludedBranches: [],
  productionEnvironments: [],
};

/** Every agent that the rules name, with where it is named. */
export function namedAgents(rules: OwnRules): { agent: string; pointer: string }[] {
  const plain: readonly string[] = [...PLAIN_ROLES, ...LABEL_KINDS];
  return [
    ...rules.accounts.map(({ is }, index) => ({ agent: is, pointer: `/rules/accounts/${index}/is` })),
    ...rules.branches.map(({ agent }, index) => ({ agent, pointer: `/rules/branches/${index}/agent` })),
    ...rules.labels.map(({ is }, index) => ({ agent: is, pointer: `/rules/labels/${index}/is` })),
  ].filter(({ agent }) => !plain.includes(agent));
}
