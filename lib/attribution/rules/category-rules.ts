import { z } from "zod";
import { CATEGORIES, type Category } from "@/lib/core/dimensions";
import data from "./categories.json";

const category = z.enum(CATEGORIES);

const categoryRulesSchema = z.strictObject({
  version: z.string(),
  /** Other names of a category in labels and task types, besides its own key. */
  aliases: z.record(z.string().regex(/^[a-z_]+$/), category),
  /** Label prefixes that make any label a statement of the category: `task:` …. */
  explicitPrefixes: z.array(z.string()),
  /** Conventional title types that need no look at the files. */
  titles: z.record(z.string(), category),
  /** Top folders whose children are the modules. */
  moduleRoots: z.array(z.string()),
  /** Words of a path, split at separators and at camel case, that make it a sensitive surface. */
  sensitiveWords: z.array(z.string().regex(/^[a-z]+$/)),
  sensitivePhrases: z.array(z.array(z.string().regex(/^[a-z]+$/)).length(2)),
});

/** The shipped category rules, checked when the module loads. */
export const CATEGORY_RULES = categoryRulesSchema.parse(data);

const byName = new Map<string, Category>([
  ...CATEGORIES.map((key) => [key, key] as const),
  ...Object.entries(CATEGORY_RULES.aliases),
]);

/** The category that a label or task type names; undefined when it names none. */
export const categoryNamed = (name: string): Category | undefined =>
  byName.get(
    name
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, "_"),
  );
