/**
 * The sentences of a text that say "this takes X back" or "this lands X again", and what X they name: commit ids,
 * pull request numbers, review ids. Only sentences that begin with the verb (or with "this …") count, so that a text
 * that merely tells a story about a revert names nothing.
 */

export interface Reference {
  kind: "sha" | "number" | "diff" | "change-id";
  /** Lower-case commit id (7 to 64 hex digits), decimal number, `D123`, or `I…`. */
  value: string;
  /** `owner/name` in front of a number, lower case; null when none. */
  repo: string | null;
  /** `list`: right after the verb. `prose`: elsewhere in the same sentence. `label`: on an "Original PR:" line. */
  form: "list" | "prose" | "label";
  /** `reland` for "Reapplies …", "Reland of …". */
  action: "revert" | "reland";
  /** The sentence says that only a part is meant. */
  partial: boolean;
  /** The whole line is the reference and nothing else ("Reverts owner/name#12"). */
  wholeLine: boolean;
  /** The line it stands on, at most 200 characters. */
  quote: string;
}

const QUALIFIER =
  "partial(?:ly)?|fully|full|manual(?:ly)?|clean(?:ly)?|temporar(?:y|ily)|effectively|essentially|basically|also|just|simply|now|automatic(?:ally)?|automated";
const REVERTS =
  "revert(?:s|ed|ing)?|reversions?|back(?:s|ed|ing)?[ -]?out|roll(?:s|ed|ing)?[ -]?back|rollbacks?|undo(?:es|ing)?";
const RELANDS = "re-?land(?:s|ed|ing)?|re-?appl(?:y|ies|ied|ying)|un-?reverts?";
const SUBJECT = "pr|pull request|merge request|mr|commit|change|changeset|patch|cl|diff|branch|revision";
const HEAD = new RegExp(
  `(?:(?<=^|\\n)[^\\S\\n]*(?:[*+•-][^\\S\\n]+)*(?:(?:this|it)\\s+(?:(?:${SUBJECT})\\s+)?)?(?:is\\s+an?\\s+)?|\\bthis\\s+(?:(?:${SUBJECT})\\s+)?(?:is\\s+an?\\s+)?)((?:(?:${QUALIFIER})\\s+)*)(?:(${REVERTS})|(${RELANDS}))\\b(?![-'’])`,
  "gi",
);
const FILLER =
  /^(?:[\s:]+|(?:merge\s+requests?|pull\s+requests?|the|these|those|following|merge|git|changes?|made|introduced|added|done|from|in|of|by|commits?|revisions?|changesets?|changelists?|hash(?:es)?|prs?|mrs?|all|both|via|id|to)\b|(parts?|portions?|some|bits?)\b)+/i;
const LIST_ITEM =
  /^(?:https?:\/\/[^\s/]+\/([\w.-]+\/[\w.-]+)\/(?:-\/)?(?:pull|pulls|merge_requests)\/(\d+)(?:\/[\w#-]*)?|([\w.-]+(?:\/[\w.-]+)+)?(?:#|!)(\d+)\b|GH-(\d+)\b|(?:https?:\/\/\S+\/commit\/)([0-9a-f]{7,64})\b|(D\d{3,})\b|(I[0-9a-f]{40})\b|((?=[0-9a-f]*\d)[0-9a-f]{7,64})\b)/i;
const LIST_SEPARATOR =
  /^(?:[\s,;:&()[\]`*"'.<>•–—-]+|(?:and|also|from|pr|pull\s+request|mr|merge\s+request|commits?|in|plus|as|via)\b)+/i;
const NUMBER_IN_PROSE =
  /(?:((?<![\w.-])[\w.-]{1,60}\/[\w.-]{1,100})?[#!](\d+)\b|\/(?:pull|merge_requests)\/(\d+)\b|\b(?:pr|pull request|mr|merge request)s? (\d+)\b)/gi;
const SHA_IN_PROSE = /\b(?:commit|from|in|of|by)\s+`?((?=[0-9a-f]*\d)[0-9a-f]{7,64})\b/gi;
const LABEL =
  /^[^\S\n]*(?:[>*_#-]+[^\S\n]*)?(?:original|reverted|reverting|reverts|offending|culprit)\s+(?:pr|pull request|merge request|commit|change)\b[\s*_:]*(.*)$/gim;
const OTHER_RELATION =
  /(?:\b(?:fix(?:es|ed|ing)?|clos(?:es|ed|ing)?|resolv(?:es|ed|ing)?|see|for|issues?|due\s+to|because\s+of|in\s+favou?r\s+of|instead\s+of|superseded\s+by|replaced\s+by|capped\s+in|after|until|before|un-?blocks?|refs?|related\s+to|follow[- ]?up(?:\s+to)?|towards?|addresses|re-?land(?:s|ed)?(?:\s+(?:in|as|with))?|cc)\b[\s:(]*(?:the\s+)?(?:(?:pr|issue|pull\s+request)\s*)?)$/i;

/** References of one text, in order of appearance. HTML comments, quoted or deeply indented lines and code are not read. */
export function readReferences(raw: string): Reference[] {
  if (!MENTIONS.test(raw)) return [];
  const text = readable(raw);
  const found: Reference[] = [];
  for (const head of text.matchAll(HEAD)) {
    const start = head.index + head[0].length;
    const paragraphEnd = indexOrEnd(text, /\n\s*\n/g, start);
    const action = head[3] ? "reland" : "revert";
    const qualified = /partial/i.test(head[1] ?? "");
    const quote = lineAt(text, head.index + head[0].length - 1);
    const listed = readList(text.slice(start, paragraphEnd), action, qualified, quote);
    found.push(...listed.references);
    const sentence = text.slice(start + listed.end, sentenceEnd(text, start + listed.end, paragraphEnd));
    const quotesTitle = /^[\s:]*["'`“”„«‘]/.test(text.slice(start + listed.end));
    if (listed.references.length === 0 && !quotesTitle) found.push(...readProse(sentence, action, qualified, quote));
  }
  for (const label of text.matchAll(LABEL)) {
    const listed = readList(label[1] ?? "", "revert", false, label[0].trim().slice(0, 200));
    found.push(...listed.references.map((r): Reference => ({ ...r, form: "label", wholeLine: false })));
  }
  return withoutRepeats(found);
}

/** Numbers that a subject names as the object of its verb, with those of another relation ("fixes #3") left out. */
export function numbersNamed(text: string): { number: number; repo: string | null; index: number }[] {
  const found: { number: number; repo: string | null; index: number }[] = [];
  for (const match of text.matchAll(NUMBER_IN_PROSE)) {
    if (OTHER_RELATION.test(text.slice(Math.max(0, match.index - 40), match.index))) continue;
    found.push({
      number: Number(match[2] ?? match[3] ?? match[4]),
      repo: match[1]?.toLowerCase() ?? null,
      index: match.index,
    });
  }
  return found;
}

const MENTIONS =
  /rever[ts]|roll\w{0,4}[ -]?back|back\w{0,4}[ -]?out|undo|re-?land|re-?appl|original|offending|culprit/i;
/** Bounds for hostile input; real sentences with dozens of commit ids stay far below. */
const LONGEST_TEXT = 200_000;
const LONGEST_LINE = 4_000;
const SKIPPED_LINE = /^[^\S\n]*>|^ {4,}(?![ *+-])/;

function readList(text: string, action: Reference["action"], partial: boolean, quote: string) {
  const references: Reference[] = [];
  const filler = FILLER.exec(text);
  const partOnly = partial || /\b(?:parts?|portions?|some|bits?)\b/i.test(filler?.[0] ?? "");
  let at = filler?.[0].length ?? 0;
  let end = at;
  for (;;) {
    const item = LIST_ITEM.exec(text.slice(at));
    if (!item) break;
    const number = item[2] ?? item[4] ?? item[5];
    const value = number ?? item[6] ?? item[7] ?? item[8] ?? item[9] ?? "";
    const kind = number ? "number" : item[7] ? "diff" : item[8] ? "change-id" : "sha";
    const repo = (item[1] ?? item[3])?.toLowerCase() ?? null;
    const cased = kind === "diff" || kind === "change-id" ? value : value.toLowerCase();
    references.push({ kind, value: cased, repo, form: "list", action, partial: partOnly, wholeLine: false, quote });
    at += item[0].length;
    end = at;
    if (/^,?\s+reversing\s+changes/i.test(text.slice(at))) break;
    const separator = LIST_SEPARATOR.exec(text.slice(at));
    if (!separator) break;
    at += separator[0].length;
  }
  const only = /^[\s.;)]*(?:\n|$)/.test(text.slice(end));
  if (only) for (const reference of references) reference.wholeLine = true;
  return { references, end };
}

function readProse(sentence: string, action: Reference["action"], partial: boolean, quote: string): Reference[] {
  const common = { form: "prose" as const, action, partial, wholeLine: false, quote };
  const numbers = numbersNamed(sentence).map(
    (n): Reference => ({ kind: "number", value: String(n.number), repo: n.repo, ...common }),
  );
  const shas = [...sentence.matchAll(SHA_IN_PROSE)].map(
    (m): Reference => ({ kind: "sha", value: (m[1] ?? "").toLowerCase(), repo: null, ...common }),
  );
  return [...shas, ...numbers];
}

function readable(raw: string): string {
  const text = raw
    .slice(0, LONGEST_TEXT)
    .replace(/\r\n?/g, "\n")
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .replace(/^```[\s\S]*?^```/gm, "");
  const lines = text.split("\n").map((line) => (SKIPPED_LINE.test(line) ? "" : line.slice(0, LONGEST_LINE).trimEnd()));
  return lines.join("\n").replace(/\*\*/g, "");
}

function indexOrEnd(text: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

function sentenceEnd(text: string, from: number, limit: number): number {
  return Math.min(limit, indexOrEnd(text, /[.;:!?](?=\s|$)|\n[^\S\n]*[*-][^\S\n]/g, from));
}

function lineAt(text: string, index: number): string {
  const start = text.lastIndexOf("\n", index) + 1;
  return text
    .slice(start, indexOrEnd(text, /\n/g, index))
    .trim()
    .slice(0, 200);
}

/** One reference per object; a listed one is kept rather than one in passing. */
function withoutRepeats(references: Reference[]): Reference[] {
  const kept = new Map<string, Reference>();
  for (const reference of references) {
    const key = `${reference.kind} ${reference.value}`;
    const before = kept.get(key);
    if (!before || (before.form !== "list" && reference.form === "list")) kept.set(key, reference);
  }
  return [...kept.values()];
}
