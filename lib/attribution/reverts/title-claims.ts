import { type Claims, nameOf } from "./claims";
import type { History } from "./history";
import { quotedNumber, quotedParts } from "./quoted-claims";
import type { Restored } from "./restored";
import type { Signals } from "./signals";
import { bareTitle, normalTitle } from "./titles";
import type { QuotedTitle } from "./wording";

const EQUAL_TITLES = 8;
const PREFIX_SCAN = 20_000;
const MIN_PREFIX = 12;
const HALF = 0.5;
const ASCII = 128;
const LOWER = 32;

/**
 * Targets by title: each quoted title finds its own. Where the subject finds none, the titles that the leading commits
 * quote are asked, and after `revert(scope): …` a title of the same scope that begins with the same words.
 */
export function titleClaims(history: History, signals: Signals, restored: readonly Restored[], claims: Claims): void {
  const isReland = signals.wording.action === "reland";
  const { quoted, object, explicit } = signals.wording;
  for (const titles of [subjectTitles(signals), itemTitles(signals)]) {
    for (const title of titles) {
      const target = pick(history, carrying(history, title, quoted === null), restored, isReland);
      if (target !== undefined) add(history, claims, target, title, "strong");
    }
    if (!claims.empty) return;
  }
  const target = quoted === null && explicit ? sameScopePrefix(history, signals) : null;
  if (target !== null) add(history, claims, target, { text: object, cut: true, at: "title" }, "strong");
}

/** Targets that are known by number or commit and carry the title too are beyond doubt. */
export function confirmByTitle(history: History, signals: Signals, claims: Claims): void {
  for (const title of [...subjectTitles(signals), ...itemTitles(signals)]) {
    const wanted = normalTitle(title.text);
    const target = claims.list().find((claim) => {
      const known = normalTitle(history.at(claim.target).title);
      return title.cut ? wanted.length >= MIN_PREFIX && known.startsWith(wanted) : known === wanted;
    })?.target;
    if (target !== undefined) add(history, claims, target, title, "certain");
  }
}

/** A title and where it was read. */
interface ReadTitle extends QuotedTitle {
  at: string;
}

function subjectTitles({ wording: { quoted, object } }: Signals): ReadTitle[] {
  if (quoted === null) return [{ text: object, cut: false, at: "title" }];
  const parts = quotedParts(quoted.text);
  return parts.map((text, i) => ({ text, cut: quoted.cut && i === parts.length - 1, at: "title" }));
}

const itemTitles = (signals: Signals): ReadTitle[] =>
  signals.items.filter((item) => item.leads).flatMap(({ at, quoted }) => quoted.map((title) => ({ ...title, at })));

function add(
  history: History,
  claims: Claims,
  target: number,
  title: ReadTitle,
  confidence: "certain" | "strong",
): void {
  const how = title.cut ? "begins like" : "is";
  const text = `The title that it takes back ${how} the title of ${nameOf(history, target)}.`;
  claims.add(target, confidence, { rule: "revert:title", text, quote: title.text.slice(0, 200), at: title.at });
}

/**
 * Changes with this title, newest first. A number behind the title that is no change of this line is an issue, which
 * the right title carries too; or the change landed elsewhere, and then only a title of its own kind will do.
 */
function carrying(history: History, title: QuotedTitle, bare: boolean): number[] {
  const equal = title.cut ? startingWith(history, title.text) : history.titles.equal(title.text, EQUAL_TITLES);
  if (bare) equal.push(...history.titles.equalBare(title.text, EQUAL_TITLES));
  const found = equal.filter((at) => !history.at(at).isSyncMerge);
  const number = quotedNumber(title.text);
  if (number === null || history.byPullRequest(number) !== null) return found;
  const same = found.filter((at) => history.at(at).title.includes(`#${number}`));
  return same.length > 0 || found.length > 1 ? same : found;
}

/** Of several changes with one title: the one whose files come back, else the newest still standing, else the newest. */
function pick(
  history: History,
  candidates: number[],
  restored: readonly Restored[],
  isReland: boolean,
): number | undefined {
  const back = restored.filter((r) => r.share >= HALF).map((r) => r.target);
  const standing = candidates.find((at) => (history.at(at).rolledBackBy === null) !== isReland);
  return candidates.find((at) => back.includes(at)) ?? standing ?? candidates[0];
}

function startingWith(history: History, text: string): number[] {
  const prefix = normalTitle(text);
  if (prefix.length < MIN_PREFIX) return [];
  const found: number[] = [];
  const last = Math.max(0, history.changes.length - PREFIX_SCAN);
  for (let at = history.changes.length - 1; at >= last && found.length < EQUAL_TITLES; at--) {
    const { title } = history.at(at);
    if (canBegin(title, prefix) && normalTitle(title).startsWith(prefix)) found.push(at);
  }
  return found;
}

/** Whether the first two letters allow it: cheap, and false for most titles. */
function canBegin(title: string, prefix: string): boolean {
  for (let i = 0; i < 2; i++) {
    const have = title.charCodeAt(i);
    const want = prefix.charCodeAt(i);
    if (have < ASCII && want < ASCII && (have | LOWER) !== (want | LOWER)) return want === LOWER;
  }
  return true;
}

/** `revert(x): add y` for `feat(x): add y for z`: the same scope and a title that begins with the same words. */
function sameScopePrefix(history: History, { title, wording }: Signals): number | null {
  const scope = /\(([^()]+)\)!?:/.exec(title)?.[1]?.toLowerCase();
  const words = bareTitle(normalTitle(wording.object));
  if (!scope || words.length < MIN_PREFIX) return null;
  for (const at of history.window.recent()) {
    const normal = normalTitle(history.at(at).title);
    if (normal.includes(`(${scope})`) && bareTitle(normal).startsWith(words)) return at;
  }
  return null;
}
