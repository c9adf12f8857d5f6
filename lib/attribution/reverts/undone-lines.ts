import type { ChangedFile } from "@/lib/events/schema";
import type { WindowFile } from "./file-window-state";
import { isNoisePath } from "./noise-paths";

export interface UndoneLines {
  /**
   * 0..1: how much of the target the change takes back, by lines: the larger of "added lines that are gone" and "lines
   * added or removed that are gone or back". By files where the line counts are unknown.
   */
  share: number;
  /** Files of the target that the change touches. */
  touched: number;
  /** A file that the target created is touched but still there afterwards. */
  keepsCreated: boolean;
}

/**
 * Compares a change with an earlier one line count by line count (metrics.md 2.5: below half is a partial revert).
 * Lock files and the like count only when the target has nothing else. null when the files of either are unknown.
 */
export function undoneLines(target: WindowFile[] | null, files: readonly ChangedFile[] | null): UndoneLines | null {
  if (target === null || files === null || target.length === 0) return null;
  const telling = target.filter((file) => !isNoisePath(file.path));
  const considered = telling.length > 0 ? telling : target;
  const byPath = filesByPath(files, new Set(considered.map((file) => file.path)));
  let touched = 0;
  let keepsCreated = false;
  let added = 0;
  let removed = 0;
  let gone = 0;
  let back = 0;
  let counted = true;
  for (const file of considered) {
    const now = byPath.get(file.path) ?? byPath.get(baseName(file.path));
    if (now) touched += 1;
    if (now && file.created && now.after !== null) keepsCreated = true;
    if (file.add === null || file.del === null || (now && (now.add === null || now.del === null))) {
      counted = false;
      continue;
    }
    added += file.add;
    removed += file.del;
    gone += Math.min(file.add, now?.del ?? 0);
    back += Math.min(file.del, now?.add ?? 0);
  }
  if (!counted || added + removed === 0) return { share: touched / considered.length, touched, keepsCreated };
  const share = Math.max(added > 0 ? gone / added : 0, (gone + back) / (added + removed));
  return { share, touched, keepsCreated };
}

/** By path, by former path, and (for files that moved in between) by a base name that only one other file has. */
function filesByPath(files: readonly ChangedFile[], wanted: ReadonlySet<string>): Map<string, ChangedFile> {
  const found = new Map<string, ChangedFile>();
  const names = new Map<string, ChangedFile | null>();
  for (const file of files) {
    if (!wanted.has(file.path)) names.set(baseName(file.path), names.has(baseName(file.path)) ? null : file);
  }
  for (const [name, file] of names) if (file) found.set(name, file);
  for (const file of files) if (file.from !== undefined) found.set(file.from, file);
  for (const file of files) found.set(file.path, file);
  return found;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
