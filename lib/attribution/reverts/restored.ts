import type { Evidence } from "@/lib/attribution/types";
import { nameOf } from "./claims";
import type { PathsBack } from "./file-window";
import type { History } from "./history";

/** An earlier change whose files a change puts back. Shares are of the paths that the earlier one changed, 0..1. */
export interface Restored {
  target: number;
  /** Paths that hold what they held right before it. */
  paths: number;
  share: number;
  /** The same, of paths that nothing else had touched since. */
  directShare: number;
  /** Paths that are back at or before that point. */
  coveredShare: number;
}

const NOTHING: readonly Restored[] = [];

/** By position on the line, oldest first; merges that only bring a branch in are left out. */
export function restoredTargets(history: History, back: ReadonlyMap<number, PathsBack>): readonly Restored[] {
  if (back.size === 0) return NOTHING;
  const found: Restored[] = [];
  for (const [target, { exact, direct, covered }] of back) {
    const of = history.window.movesOf(target);
    if (of === 0 || history.at(target).isSyncMerge) continue;
    const shares = { share: exact / of, directShare: direct / of, coveredShare: covered / of };
    found.push({ target, paths: exact, ...shares });
  }
  return found.sort((a, b) => a.target - b.target);
}

export function restoredEvidence(history: History, { target, share, paths }: Restored): Evidence {
  const of = history.window.movesOf(target);
  const name = nameOf(history, target);
  return {
    rule: "revert:contents",
    text: `${paths} of the ${of} files of ${name} hold exactly what they held before it (${Math.round(share * 100)} %).`,
  };
}
