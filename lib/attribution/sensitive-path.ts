import { CATEGORY_RULES } from "./rules/category-rules";

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
 * or null. Whole words only, split at separators and at camel case: `src/AuthService.ts` is, `src/author.ts` is not.
 */
export function sensitiveWordOf(path: string): string | null {
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
