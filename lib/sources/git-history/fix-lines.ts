import type { FleetEvent } from "@/lib/events/schema";
import type { FilePatch } from "./parse-patches";

/** A merged pull request that says of itself that it is a fix. */
export interface FixLanding {
  number: number;
  /** Its commits on the line, oldest first. */
  landed: readonly string[];
}

/** Lines of code of a file as it was, by their numbers from 1 on, ascending, that a fix takes out or changes. */
export interface FixedLines {
  path: string;
  lines: number[];
}

const FIX_TITLE = /\b(?:fix(?:e[sd]|ing)?|hotfix|bug(?:fix)?(?:es|s)?|regression)\b/i;
const CLOSES_ISSUE = /\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?):?\s+(?:[\w.-]+\/[\w.-]+)?#\d+/i;
const REVERT_TITLE = /^(?:revert\b|re-?(?:land|apply)\b)/i;
/** What changes more than this is no fix of one defect, whatever it says. */
const MOST_FILES = 50;
const MOST_LINES = 1000;

/** The fix that an event tells of; null for anything else. */
export function fixIn(event: FleetEvent): FixLanding | null {
  if (event.kind !== "pull_request.merged") return null;
  const { body, landedShas, number, title } = event.payload;
  if (REVERT_TITLE.test(title)) return null;
  if (!FIX_TITLE.test(title) && !(body !== null && CLOSES_ISSUE.test(body))) return null;
  return { number, landed: landedShas };
}

/**
 * What a fix takes out or changes, by its patches with their text: no blank lines, comments, brackets, nothing that it puts in
 * again at another place or in another form, and nothing of one that changes too much.
 */
export function fixedLines(patches: readonly FilePatch[]): FixedLines[] {
  if (patches.length > MOST_FILES) return [];
  const added = addedLines(patches);
  const files = patches
    .filter(({ isSubmodule }) => !isSubmodule)
    .map((patch) => ({ path: patch.from ?? patch.path, lines: changedLines(patch, added) }))
    .filter(({ lines }) => lines.length > 0);
  return files.reduce((sum, { lines }) => sum + lines.length, 0) > MOST_LINES ? [] : files;
}

const COMMENT = /^(?:\/\/|\/\*|\*(?:\s|\/|$)|#(?:\s|!|$)|--\s|<!--|%|;|"""|''')/;

/** Whether a line is code: not blank, no comment, and more than brackets. */
const isCode = (line: string): boolean => /[\p{L}\p{N}]/u.test(line) && !COMMENT.test(line.trim());
const withoutSpace = (line: string): string => line.replace(/\s+/g, "");

function changedLines(patch: FilePatch, added: Map<string, number>): number[] {
  return patch.hunks.flatMap(({ from, text }) =>
    (text?.removed ?? []).flatMap((line, index) => {
      if (!isCode(line)) return [];
      const bare = withoutSpace(line);
      const left = added.get(bare) ?? 0;
      // What the fix puts in again was moved, or written in another form.
      if (left > 0) {
        added.set(bare, left - 1);
        return [];
      }
      return [from + index];
    }),
  );
}

/** How often each line is put in, by what stands on it but for space. */
function addedLines(patches: readonly FilePatch[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { hunks } of patches) {
    for (const line of hunks.flatMap(({ text }) => text?.added ?? [])) {
      const bare = withoutSpace(line);
      found.set(bare, (found.get(bare) ?? 0) + 1);
    }
  }
  return found;
}
