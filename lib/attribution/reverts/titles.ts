import { type Wording, withoutRetrySuffix } from "./wording";

const TRAILING_NUMBERS = /(?:\s*\((?:#|!)\d+\))+\s*$/;
const LONGEST = 1_000;
/** A lower-case title with nothing left to straighten, as most are. */
const TIDY = /^[!-_a-~]+(?: [!-_a-~]+)*(?<!\.)$/;
const PREFIX = /^[a-z][\w./@+ -]{0,39}?(?:\([^()]{1,80}\))?!?:\s*(?=\S)/;

/**
 * A title as titles are compared: lower case, single spaces, straight quotes, without trailing `(#N)` and full stops.
 */
export function normalTitle(title: string): string {
  // One change asks for its own title several times in a row.
  if (title !== latest.title) latest = { title, normal: normalise(title) };
  return latest.normal;
}

let latest = { title: "", normal: "" };

function normalise(title: string): string {
  const short = title.slice(0, LONGEST);
  const numbered = short.includes("(#") || short.includes("(!");
  const lower = (numbered ? short.replace(TRAILING_NUMBERS, "") : short).toLowerCase();
  if (TIDY.test(lower)) return lower;
  return lower
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’`]/g, "'")
    .replace(/\s{2,}|[^\S ]/g, " ")
    .replace(/[ .…]+$/, "")
    .trimStart();
}

/** The same without its conventional or path prefix (`feat(x): `). */
export const bareTitle = (normal: string): string => (normal.includes(":") ? normal.replace(PREFIX, "") : normal);

const STOP_WORDS = new Set(
  "a add adds added an and as at back be because by change changes chore commit disable drop due during enable feature fix for from in instead into introduce is it its merge of off on or our out pr recent remove removes removed support temporarily that the this to up use was we when with without".split(
    " ",
  ),
);
const SAME = new Map([
  ["bump", "update"],
  ["upgrade", "update"],
  ["updates", "update"],
  ["upgrades", "update"],
  ["deletion", "delete"],
]);

/**
 * Words that carry a title's subject, stemmed a little (plural and participle endings, upgrade = bump = update,
 * identifiers split at underscores). Verbs of adding and removing are left out: a revert turns them around.
 */
export function titleWords(title: string): Set<string> {
  const words = bareTitle(normalTitle(title)).match(/[\p{L}\p{N}][\p{L}\p{N}.@/-]*[\p{L}\p{N}]|[\p{L}\p{N}]/gu) ?? [];
  const found = new Set<string>();
  for (const word of words) {
    const known = SAME.get(word) ?? word;
    if (STOP_WORDS.has(known)) continue;
    found.add(known.length > 4 ? known.replace(/(?:ing|ed|es|s)$/, "") : known.replace(/(?<=..)s$/, ""));
  }
  return found;
}

/** Share of `wanted` found in `offered`, 0..1; 0 when nothing is wanted. */
export function sharedWords(wanted: Set<string>, offered: Set<string>): number {
  if (wanted.size === 0) return 0;
  let shared = 0;
  for (const word of wanted) if (offered.has(word)) shared += 1;
  return shared / wanted.size;
}

/** What a change that lands something again would be called without the words for it; `wording` is its title's. */
export function originalTitle(title: string, { action, quoted, object }: Wording): string {
  return withoutRetrySuffix(action === "reland" ? (quoted?.text ?? object) : title);
}
