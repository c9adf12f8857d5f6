import type { ChangedFile } from "@/lib/events/schema";
import type { DigestSequence } from "./digest";

/** One planned edit; `add`/`del` null for a binary file. */
export interface Edit {
  path: string;
  from?: string;
  add: number | null;
  del: number | null;
}

/** The blobs of the default branch: hands out ids that chain per file, so that a revert can bring a former one back. */
export class Worktree {
  private readonly blobs = new Map<string, string>();

  constructor(private readonly digests: DigestSequence) {}

  /** Writes the edits as new contents. A path not there yet is added; a rename that moved away meanwhile is skipped. */
  apply(edits: readonly Edit[]): ChangedFile[] {
    const files: ChangedFile[] = [];
    for (const { path, from, add, del } of edits) {
      if (from === undefined) {
        const before = this.blobs.get(path) ?? null;
        const after = this.digests.next("blob");
        this.blobs.set(path, after);
        files.push({ path, add, del: before === null && del !== null ? 0 : del, before, after });
      } else {
        const moved = this.move(from, path);
        if (moved !== null) files.push(moved);
      }
    }
    return files;
  }

  /** Whether undoing these changes would put every file back exactly as it was. */
  restoresExactly(changes: readonly (readonly ChangedFile[])[]): boolean {
    return netOf(changes).every(({ path, after }) => (this.blobs.get(path) ?? null) === after);
  }

  /** Undoes earlier changes (given oldest first): exact where the file was not touched since, merged by hand elsewhere. */
  invert(changes: readonly (readonly ChangedFile[])[]): ChangedFile[] {
    const files: ChangedFile[] = [];
    for (const { path, from, before, after, add, del } of netOf(changes)) {
      const current = this.blobs.get(path) ?? null;
      if (from !== undefined && before === after) {
        const moved = this.move(path, from);
        if (moved !== null) files.push(moved);
        continue;
      }
      const restored = current === after ? before : this.digests.next("blob");
      if (restored === current) continue;
      if (restored === null) this.blobs.delete(path);
      else this.blobs.set(path, restored);
      files.push({ path, add: del, del: add, before: current, after: restored });
    }
    return files;
  }

  private move(from: string, to: string): ChangedFile | null {
    const blob = this.blobs.get(from);
    if (blob === undefined || this.blobs.has(to)) return null;
    this.blobs.delete(from);
    this.blobs.set(to, blob);
    return { path: to, from, add: 0, del: 0, before: blob, after: blob };
  }
}

/** Folds successive changes of one file into one: first `before`, last `after`, lines summed. */
function netOf(changes: readonly (readonly ChangedFile[])[]): ChangedFile[] {
  const net = new Map<string, ChangedFile>();
  for (const file of changes.flat()) {
    const earlier = net.get(file.path);
    net.set(
      file.path,
      earlier === undefined
        ? { ...file }
        : { ...earlier, add: sum(earlier.add, file.add), del: sum(earlier.del, file.del), after: file.after },
    );
  }
  return [...net.values()];
}

const sum = (left: number | null, right: number | null): number | null =>
  left === null || right === null ? null : left + right;
