/**
 * What a subject line says it does: take something back, land it again, or neither. English wordings as they occur in
 * public histories; nothing here looks at what was taken back.
 */

export type RevertAction = "revert" | "reland" | "restore";

export interface Wording {
  /**
   * `revert`: says that it takes something back. `reland`: says that it lands something again. `restore`: brings
   * something back, which is either, depending on what had happened to it. null: says nothing of the kind.
   */
  action: RevertAction | null;
  /** It names its object: a quoted title, a number, a commit, a conventional `revert:` type or a tag. */
  explicit: boolean;
  /** Only a part is meant ("partially revert …"). */
  partial: boolean;
  /** "revert to <state>": names what is kept, not what is taken back. */
  keepsState: boolean;
  /** The title in quotes, without its quotes; null when there is none. */
  quoted: QuotedTitle | null;
  /** What follows the verb, or the whole subject when there is no verb. */
  object: string;
}

export interface QuotedTitle {
  text: string;
  /** The writer cut it short with an ellipsis: only a prefix is known. */
  cut: boolean;
}

const REVERT_VERB = /^revert(?:s|ed|ing)?\b(?![-'’/.(])/i;
const OTHER_VERB =
  /^(?:back(?:s|ed|ing)?[ -]?out|roll(?:s|ed|ing)?[ -]?back|rollbacks?|un-?do(?:es|ing|ne)?|undid|unship(?:s|ped|ping)?)\b(?![-'’/])/i;
const RELAND_VERB =
  /^(?:re-?appl(?:y|ies|ied|ying|ication)|re-?land(?:s|ed|ing)?|un-?revert(?:s|ed|ing)?|roll(?:s|ed|ing)?[ -]?forward)\b/i;
const RESTORE_VERB =
  /^(?:re-?instan?t\w*|re-?instat\w*|re-?enabl\w*|re-?introduc\w*|re-?add(?:s|ed|ing)?|re-?activat\w*|restor(?:e|es|ed|ing)|(?:bring(?:s|ing)?|brought|put(?:s|ting)?)\s+(?:\S+\s+){0,4}?back|(?:switch|go|move|change)(?:s|es|d|ed|ing)?\s+(?:\S+\s+){0,4}?back)\b/i;
const RETRY_SUFFIX =
  /\s*[-–—:,]?\s*(?:[([]\s*)?(?:(?:2nd|second|3rd|third|4th|another|new)\s+(?:try|attempt|go)|(?:take|attempt|try)\s*#?\d+|take\s+(?:two|three)|again|redux|re-?land(?:ed)?|re-?appl(?:y|ied)|revert[- ]revert|un-?revert(?:ed)?|v?[2-4])(?:\s*[)\]])?\s*$/i;
/** The same from its end back, which most titles fail at once; lets no suffix through that the other takes. */
const RETRY_END =
  /(?<=(?:try|attempt|go|(?:take|attempt|try)\s*#?\d+|take\s+(?:two|three)|again|redux|re-?land(?:ed)?|re-?appl(?:y|ied)|revert(?:ed)?|[2-4])(?:\s*[)\]])?\s*)$/i;
const MODIFIER =
  /^(?:(?:please|temporar(?:y|ily)|temp|partial(?:ly)?|manual(?:ly)?|auto(?:mated|matic(?:ally)?)?|fully|also|cleanly|quick(?:ly)?|emergency|hot ?fix|wip|actually|selectively)[\s:,-]+)+/i;
/** "Revert button", "rollback flow": a thing of the product, not an act on its history. */
const PRODUCT_NOUN =
  /^(?:buttons?|dialogs?|modals?|flows?|options?|actions?|handl(?:ing|ers?)|support|functionality|features?|commands?|endpoints?|apis?|menus?|icons?|links?|logic|behaviou?rs?|detection|metrics?|rates?|polic(?:y|ies)|strateg(?:y|ies)|plans?|on\s|when\s|if\s|and\s|or\s|\/)/i;
const CONVENTIONAL = /^([A-Za-z][\w./@+ -]{0,39}?)(?:\(([^()]{1,80})\))?!?:\s*(?=\S)/;
const TAG = /^(?:\[([^\]]{1,40})\]|:[a-z_]+:|\p{Extended_Pictographic}\uFE0F?)\s*[:-]?\s*/u;
const OPENING_QUOTES = `"'\`“”„«‘’`;
const ELLIPSIS = /\s*(?:…|\.\.\.)\s*$/;
/** A subject that says no more than its action. */
const plainly = (action: RevertAction | null, object: string, explicit = false): Wording => ({
  action,
  explicit,
  partial: false,
  keepsState: false,
  quoted: null,
  object,
});

/** Cheap test before the real ones: most titles hold none of these. */
const MAYBE =
  /revert|back|roll|undo|un-?do|undid|unship|\bre-?(?:appl|land|instan?t|instat|enabl|introd|add|activ)|restor|again|\btry\b|attempt|\btake\b|redux|[2-4][)\]]?\s*$/i;
const SUFFIX_LENGTH = 40;
const LONGEST = 1_000;

/** Removes "(2nd try)", "take 2", "(again)", "2" and the like from the end of a title. */
export function withoutRetrySuffix(title: string): string {
  if (!RETRY_END.test(title)) return title;
  const at = Math.max(0, title.length - SUFFIX_LENGTH);
  return title.slice(0, at) + title.slice(at).replace(RETRY_SUFFIX, "");
}

/** Reads one subject line (a title or the first line of a message). Never throws; knows nothing of the history. */
export function readWording(subject: string): Wording {
  const line = subject.slice(0, LONGEST).trim();
  return MAYBE.test(line) ? read(line, 0) : plainly(null, line);
}

function read(subject: string, depth: number): Wording {
  let rest = subject;
  let tagged: RevertAction | null = null;
  for (let i = 0; i < 6; i++) {
    const tag = TAG.exec(rest);
    if (tag) {
      tagged ??= actionOfLabel(tag[1] ?? "");
      rest = rest.slice(tag[0].length);
      continue;
    }
    const prefix = CONVENTIONAL.exec(rest);
    if (!prefix?.[1]) break;
    const typed = actionOfLabel(prefix[1]) ?? actionOfLabel(prefix[2] ?? "");
    if (typed) return finish(typed, true, rest.slice(prefix[0].length), false, depth);
    if (REVERT_VERB.test(prefix[1]) || OTHER_VERB.test(prefix[1]) || RELAND_VERB.test(prefix[1])) break;
    rest = rest.slice(prefix[0].length);
  }
  const modifier = MODIFIER.exec(rest)?.[0] ?? "";
  const partial = /partial|selectively/i.test(modifier);
  const plain = rest.slice(modifier.length);

  const revert = REVERT_VERB.exec(plain);
  if (revert) return finish("revert", tagged !== null, plain.slice(revert[0].length), partial, depth);
  const reland = RELAND_VERB.exec(plain);
  if (reland) return finish("reland", tagged !== null, plain.slice(reland[0].length), partial, depth);
  const other = OTHER_VERB.exec(plain);
  if (other) {
    const found = finish("revert", tagged !== null, plain.slice(other[0].length), partial, depth);
    if (found.explicit) return found;
  }
  if (tagged) return finish(tagged, true, rest, partial, depth);
  if (/\brevert[- ]revert(?:ed)?\b|\bun-?revert/i.test(rest)) return plainly("reland", rest);
  const inline =
    /(?:^|[\s(,;:–—-])(?<!\b(?:not|never|cannot|would|could|to|n't)\s)revert(?:s|ing)?\s+(?:of\s+)?(?=(?:pr\s*)?[#!]\d|commit\s+[0-9a-f]{7})/i.exec(
      rest,
    );
  if (inline) return plainly("revert", rest.slice(inline.index + inline[0].length), true);
  const again = RETRY_END.test(rest) && RETRY_SUFFIX.test(rest.slice(-SUFFIX_LENGTH));
  if (again || RESTORE_VERB.test(plain)) return plainly("restore", rest);
  return plainly(null, subject);
}

function finish(action: RevertAction, named: boolean, after: string, partial: boolean, depth: number): Wording {
  const object = after.replace(/^[\s:,–—-]+/, "").replace(/^(?:of|for)\s+(?=["'`“#]|\w+\s*[#!]\d)/i, "");
  const quoted = quotedTitle(object);
  const explicit = named || quoted !== null || NAMES_OBJECT.test(object);
  const isPart = partial || /^(?:part|parts|portions?|some|bits?)\s+of\b/i.test(object);
  if (!explicit && PRODUCT_NOUN.test(object)) return plainly(null, object);
  // A revert of a revert lands its object again, however deep the nest is: the outermost pair decides.
  const inner = depth < 4 ? read(quoted?.text ?? object, depth + 1) : null;
  const ofRevert = /^(?:the\s+|a\s+|our\s+|my\s+)?(?:previous\s+|earlier\s+|last\s+)?reverts?\b(?!\s+to\b)/i.test(
    object,
  );
  const undoesRevert = action === "revert" && (inner?.action === "revert" || ofRevert);
  return {
    action: undoesRevert ? "reland" : action,
    explicit,
    partial: isPart,
    keepsState: action === "revert" && /^(?:back\s+)?to\s/i.test(object),
    quoted,
    object,
  };
}

const NAMES_OBJECT =
  /^(?:(?:the|all|both|these|changes?|merge|of|from|in|made|by)\s+)*(?:(?:pr|prs|pull requests?|mr|mrs|merge requests?|commits?|changelists?|cl|revisions?|diff)\b|[#!]\d|D\d{3,}\b|(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}\b|https?:\/\/)/i;

function actionOfLabel(label: string): RevertAction | null {
  const word = label.trim().replace(/^auto(?:matic|mated)?[- ]*/i, "");
  if (/^(?:revert(?:s|ed|ing)?|roll(?:ed)?[ -]?back|back(?:ed)?[ -]?out|backout)$/i.test(word)) return "revert";
  return /^(?:re-?land(?:ed)?|re-?appl(?:y|ied))$/i.test(word) ? "reland" : null;
}

function quotedTitle(object: string): QuotedTitle | null {
  const first = object[0];
  if (!first || !OPENING_QUOTES.includes(first)) return null;
  const closing = first === "“" || first === "„" ? "”" : first === "«" ? "»" : first === "‘" ? "’" : first;
  let end = object.lastIndexOf(closing);
  while (end > 0 && /\w/.test(object[end + 1] ?? "")) end = object.lastIndexOf(closing, end - 1);
  const inner = end > 0 ? object.slice(1, end) : object.slice(1);
  const text = inner.trim();
  if (text === "") return null;
  const cut = ELLIPSIS.test(text) || end <= 0;
  return { text: cut ? text.replace(ELLIPSIS, "").replace(/\s*\([^()]*$/, "") : text, cut };
}
