import type { LandedChange } from "@/lib/attribution/types";
import { type Claims, nameOf } from "./claims";
import type { History } from "./history";
import { numbersNamed } from "./references";
import type { Signals } from "./signals";
import { sharedWords, titleWords } from "./titles";
import { undoneLines } from "./undone-lines";

const RECENT_MS = 30 * 86_400_000;
const HALF = 0.5;
const LONGEST = 50_000;
const REPLACES = /\bin favou?r of\b|\binstead of\b/i;

/**
 * "revert qs upgrade" for "bump qs to 6.14.1": all words of the subject stand in the title of a change of the last 30
 * days, most of the files are that change's files, and at least half of its lines go. The newest such change, weak
 * confidence; partial when a file that it created stays.
 */
export function fuzzyClaim(history: History, change: LandedChange, signals: Signals, claims: Claims): void {
  if (signals.wording.action !== "revert" || signals.wording.keepsState || change.files === null) return;
  const wanted = titleWords(signals.wording.object.replace(/\bto\s.*$/i, ""));
  if (wanted.size < 2) return;
  const paths = new Set(change.files.map((file) => file.path));
  for (const at of history.window.recent()) {
    const known = history.at(at);
    if (change.landedAt - known.landedAt > RECENT_MS) break;
    if (known.isSyncMerge || known.isRevert || known.rolledBackBy !== null) continue;
    if (sharedWords(wanted, titleWords(known.title)) < 1) continue;
    const files = history.window.filesOf(at) ?? [];
    const common = files.filter((file) => paths.has(file.path)).length;
    const undone = undoneLines(files, change.files);
    if (undone === null || common / paths.size < HALF || undone.share < HALF) continue;
    const evidence = {
      rule: "revert:words",
      text: `Every word of the title stands in the title of ${nameOf(history, at)}, the newest change of these files with them.`,
      quote: signals.title.slice(0, 200),
      at: "title",
    };
    claims.add(at, "weak", evidence, undone.keepsCreated);
    return;
  }
}

/**
 * "revert bold keys", and the text tells how #12 had made them bold: the one earlier pull request that the message
 * mentions, when every file is one of its files. At most a part of it, weak confidence.
 */
export function mentionedClaim(history: History, change: LandedChange, signals: Signals, claims: Claims): void {
  if (signals.wording.action !== "revert" || REPLACES.test(signals.title) || change.files === null) return;
  const text = `${change.message.slice(change.message.indexOf("\n") + 1)}\n${change.body ?? ""}`.slice(0, LONGEST);
  const targets = new Set<number>();
  for (const { number, repo } of numbersNamed(text)) {
    const at = number === change.number || history.isOtherRepo({ repo }) ? null : history.byPullRequest(number);
    if (at !== null) targets.add(at);
  }
  const [only] = targets;
  if (only === undefined || targets.size > 1 || history.at(only).isRevert) return;
  const paths = new Set(history.window.filesOf(only)?.map((file) => file.path));
  if (change.files.length === 0 || !change.files.every((file) => paths.has(file.path))) return;
  const sentence = `The message tells of ${nameOf(history, only)} only, and changes nothing but its files.`;
  claims.add(only, "weak", { rule: "revert:mention", text: sentence, at: "message" }, true);
}
