import { CATEGORY_RULES } from "./rules/category-rules";
import { type RuleSet, SHIPPED_RULES } from "./rules/rule-set";

const words = new Set(CATEGORY_RULES.sensitiveWords);
const phrases = new Set(CATEGORY_RULES.sensitivePhrases.map((phrase) => phrase.join(" ")));
// Most paths hold none of the words in any spelling and are done here.
const candidate = new RegExp(
  [...words, ...CATEGORY_RULES.sensitivePhrases.map(([, last]) => last ?? "")].join("|"),
  "i",
);
const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;

/**
 * The word that makes a path a sensitive surface (authentication, permissions, payments, withdrawals, keys, secrets),
 * or null; a pattern of the organisation decides before them. Whole words only, split at separators and at camel case: `src/AuthService.ts` is, `src/author.ts` is not.
 */
export function sensitiveWordOf(path: string, rules: RuleSet = SHIPPED_RULES): string | null {
  const own = rules.sensitiveBy(path);
  if (own !== undefined) return own === false ? null : own;
  if (!candidate.test(path)) return null;
  let before = "";
  for (const [word] of path.matchAll(WORD)) {
    const lower = word.toLowerCase();
    if (words.has(lower)) return lower;
    const phrase = `${before} ${lower}`;
    if (phrases.has(phrase)) return phrase;
    before = lower;
  }
  return null;
}
