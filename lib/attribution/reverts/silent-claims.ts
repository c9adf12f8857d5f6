import type { LandedChange } from "@/lib/attribution/types";
import { Claims, nameOf, referenceEvidence, resolveReference } from "./claims";
import type { History } from "./history";
import { isManifestPath, isNoisePath } from "./noise-paths";
import { type Restored, restoredEvidence } from "./restored";
import type { Signals } from "./signals";
import { normalTitle, originalTitle, sharedWords, titleWords } from "./titles";

const DAY_MS = 86_400_000;
const SPOKEN_SHARE = 0.5;
const SILENT_SHARE = 0.9;
const SILENT_LINES = 6;
const SILENT_DAYS = 30;
const RELAND_SHARE = 0.5;
const RELAND_DAYS = 90;
/** A re-land may bring more than it had the first time, but not mostly other things. */
const RELAND_MAIN = 1 / 3;
/** A title that came more often than this is a routine ("Version Packages"): its return means nothing. */
const ROUTINE = 2;
const MOST_WORDS = 0.6;
const ROUTINE_TITLE =
  /^(?:chore\(release\)|release\b|v?\d+\.\d+|version packages|(?:\w+(?:\([^)]*\))?!?:\s*)?(?:bump|upgrade|update|pin|unpin|downgrade)\b.*(?:\bto\b|\bversions?\b|\bdep(?:endenc(?:y|ies)|s)\b|\block ?file|\d+\.\d+)|\w*\(?deps|merge\b|sync\b|back-?merge|update (?:changelog|snapshots?|submodules?))/i;

/**
 * A change that lands again what a revert took back, without naming the revert: same title as the original (or all but
 * the words for trying again), or the files that the revert had changed hold their contents again, or a re-land wording
 * with most words of the original's title.
 */
export function silentRelandClaims(
  history: History,
  change: LandedChange,
  signals: Signals,
  restored: readonly Restored[],
): Claims {
  const claims = new Claims();
  for (const item of restored) {
    const revert = history.at(item.target);
    const enough = item.share >= SILENT_SHARE || (item.share >= RELAND_SHARE && item.paths >= 2);
    const recent = change.landedAt - revert.landedAt <= RELAND_DAYS * DAY_MS;
    const main = item.paths / Math.max(1, change.files?.length ?? 0) >= RELAND_MAIN;
    if (revert.isRevert && enough && recent && main && !isSettled(history, item.target)) {
      claims.add(item.target, item.share >= SILENT_SHARE ? "certain" : "strong", restoredEvidence(history, item));
    }
  }
  const original = history.awayWithTitle(originalTitle(signals.title, signals.wording));
  const byTitle = original === null ? null : awayFor(history, original, change);
  if (original !== null && byTitle !== null && isOneOff(history, original)) {
    const text = `It has the title of ${nameOf(history, original)}, which ${nameOf(history, byTitle)} took back.`;
    claims.add(byTitle, "strong", { rule: "reland:title", text, quote: signals.title.slice(0, 200), at: "title" });
  }
  if (claims.empty) similarTitle(history, change, signals, claims);
  return claims;
}

function similarTitle(history: History, change: LandedChange, signals: Signals, claims: Claims): void {
  const says = signals.wording.action === "reland" || signals.items.some((item) => item.wording.action === "reland");
  const offered = says ? titleWords(originalTitle(signals.title, signals.wording)) : new Set<string>();
  if (offered.size < 2) return;
  for (const at of history.allAway()) {
    const by = awayFor(history, at, change);
    const words = titleWords(history.at(at).title);
    if (by === null || Math.max(sharedWords(words, offered), sharedWords(offered, words)) < MOST_WORDS) continue;
    const text = `It says that it lands something again, in most of the words of ${nameOf(history, at)}, which ${nameOf(history, by)} took back.`;
    claims.add(by, "weak", { rule: "reland:words", text, quote: signals.title.slice(0, 200), at: "title" });
    return;
  }
}

/** The revert that took it back, while that is recent enough to land it again. */
function awayFor(history: History, original: number, change: LandedChange): number | null {
  const { rolledBackBy, landedAt } = history.at(original);
  return change.landedAt - landedAt <= RELAND_DAYS * DAY_MS ? rolledBackBy : null;
}

const isOneOff = (history: History, at: number): boolean =>
  history.titles.equal(history.at(at).title, ROUTINE + 1).length <= ROUTINE;

/** Everything that the revert took back has been landed again already. */
function isSettled(history: History, revert: number): boolean {
  const { undoes } = history.at(revert);
  return undoes.length > 0 && undoes.every((target) => history.at(target).relandedBy !== null);
}

/**
 * Changes that this one puts back without a title that says so. With a sentence that names the change, half of its
 * files are enough; with no word of it nearly all, and then only of a change of some substance, recent, no routine,
 * and when putting it back is most of what this change does.
 */
export function undeclaredClaims(
  history: History,
  change: LandedChange,
  signals: Signals,
  restored: readonly Restored[],
): Claims {
  const claims = new Claims();
  const paths = change.files?.length ?? 0;
  for (const item of restored) {
    const known = history.at(item.target);
    if (known.isRevert || known.rolledBackBy !== null || item.share < SPOKEN_SHARE) continue;
    const spoken = mention(history, change, signals, item.target);
    if (!spoken && !isTelling(history, change, item, paths)) continue;
    claims.add(item.target, item.share >= SILENT_SHARE ? "strong" : "weak", restoredEvidence(history, item));
    if (spoken) claims.add(item.target, "weak", spoken);
  }
  return claims;
}

function mention(history: History, change: LandedChange, signals: Signals, target: number) {
  for (const item of signals.items) {
    for (const reference of item.references) {
      const hit = resolveReference(history, change, reference);
      if (hit.kind !== "change" || hit.target !== target) continue;
      return referenceEvidence(history, target, reference, item.at);
    }
  }
  return null;
}

function isTelling(history: History, change: LandedChange, item: Restored, paths: number): boolean {
  const known = history.at(item.target);
  if (item.directShare < SILENT_SHARE || change.landedAt - known.landedAt > SILENT_DAYS * DAY_MS) return false;
  if (item.paths / Math.max(1, paths) < SPOKEN_SHARE) return false;
  if (ROUTINE_TITLE.test(known.title) || ROUTINE_TITLE.test(change.title)) return false;
  if (!isOneOff(history, item.target)) return false;
  if (normalTitle(known.title) === normalTitle(change.title)) return false;
  const files = (history.window.filesOf(item.target) ?? []).filter(
    (f) => !isNoisePath(f.path) && !isManifestPath(f.path),
  );
  const lines = files.reduce((sum, f) => sum + (f.add ?? 0) + (f.del ?? 0), 0);
  const counted = files.every((f) => f.add !== null);
  return files.length > 0 && (counted ? lines >= SILENT_LINES : files.length >= 2);
}
