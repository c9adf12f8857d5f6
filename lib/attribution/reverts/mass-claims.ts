import type { LandedChange } from "@/lib/attribution/types";
import { type Claims, nameOf } from "./claims";
import type { History } from "./history";
import type { Restored } from "./restored";
import { restoredEvidence } from "./restored";
import type { Signals } from "./signals";

const EVERYTHING =
  /\b(?:everything|all(?:\s+\w+){0,2}\s+(?:changes|commits|prs|pull requests|merges|work)|mass|bulk|several|multiple|last\s+(?:\d+|few|several))\b|\bsince\b|\bback\s+to\b|\bstate\b/i;
const COMMIT = "(?:the\\s+)?(?:commit\\s+|revision\\s+)?[`(]?((?=[0-9a-f]*\\d)[0-9a-f]{7,40})\\b";
const KEPT_COMMIT = new RegExp(
  `\\b(?:back\\s+to|state\\s+(?:of|at|from|in)|as\\s+of|reset(?:s|ting)?\\s+to|reverts?\\s+to)\\s+${COMMIT}`,
  "i",
);
const SINCE_COMMIT = new RegExp(`\\b(?:since|after)\\s+${COMMIT}`, "i");
const KEPT_DAY = /\b(since|after|back\s+to|as\s+of|state\s+(?:of|on|from))\s+(\d{4}-\d{2}-\d{2})\b/i;
const MASS_SHARE = 0.8;
const LONGEST = 50_000;
const DAY_MS = 86_400_000;

/**
 * A revert of everything after a state that it names (a commit or a day), or that its files show: every change in
 * between whose files it touches, or puts back. Nothing when its words do not speak of more than one change.
 */
export function massClaims(
  history: History,
  change: LandedChange,
  signals: Signals,
  restored: readonly Restored[],
  claims: Claims,
): void {
  if (signals.wording.action !== "revert") return;
  const text = `${signals.title}\n${change.message}\n${change.body ?? ""}`.slice(0, LONGEST);
  if (!signals.wording.keepsState && !EVERYTHING.test(signals.title) && !KEPT_COMMIT.test(text)) return;
  const start = keptUntil(history, signals.title, text);
  if (start !== null) {
    const touched = new Set(change.files?.flatMap((f) => (f.from === undefined ? [f.path] : [f.path, f.from])));
    for (let at = history.changes.length - 1; at > start; at--) {
      const files = history.window.filesOf(at);
      if (files === null) break;
      const covered = files.filter((file) => touched.has(file.path)).length;
      if (files.length === 0 || history.at(at).isSyncMerge || covered / files.length < MASS_SHARE) continue;
      claims.add(at, "strong", {
        rule: "revert:state",
        text: `${nameOf(history, at)} landed after the state that it goes back to, and ${covered} of its ${files.length} files are touched.`,
        quote: (KEPT_COMMIT.exec(text)?.[0] ?? signals.title).slice(0, 200),
        at: KEPT_COMMIT.test(text) ? "message" : "title",
      });
    }
  }
  if (!claims.empty) return;
  const back = restored.filter((r) => r.coveredShare >= MASS_SHARE);
  for (const item of back) claims.add(item.target, "strong", restoredEvidence(history, item));
}

/** Position of the last change that is kept; "since" and "after" say so only in the title. */
function keptUntil(history: History, title: string, text: string): number | null {
  const sha = (KEPT_COMMIT.exec(text) ?? SINCE_COMMIT.exec(title))?.[1];
  const hit = sha === undefined ? null : history.commits.find(sha.toLowerCase());
  if (hit?.landed) return hit.change;
  const day = KEPT_DAY.exec(title);
  const midnight = Date.parse(`${day?.[2]}T00:00:00Z`);
  if (!day || Number.isNaN(midnight)) return null;
  const until = /^since$/i.test(day[1] ?? "") ? midnight : midnight + DAY_MS;
  return history.changes.findLastIndex((known) => known.landedAt < until);
}
