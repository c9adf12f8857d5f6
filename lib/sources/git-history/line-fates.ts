import type { PayloadOf } from "@/lib/events/schema";
import type { FilePatch, Hunk } from "./parse-patches";

const DAY = 86_400;
/** Within so many days of its merge (metrics.md 2.4). */
const SHORT_DAYS = 14;
export const CHURN_DAYS = 21;

/** The pull request that a commit of the line belongs to, and when it had landed, in seconds since the epoch. */
export interface LandedWork {
  number: number;
  mergedAt: number;
}

/** Lines that one pull request added to one file. */
interface Added extends LandedWork {
  path: string;
  lines: number;
  gone14d: number;
  gone21d: number;
}

/** Lines next to each other that came together; `added` null: before anything that is asked about. */
interface Piece {
  length: number;
  added: Added | null;
}

/** Behind what is known of a file there are as many old lines as anybody likes. */
const endless = (): Piece[] => [{ length: Number.POSITIVE_INFINITY, added: null }];

/**
 * Follows the lines that pull requests add, commit by commit along the line: which of them are gone, by deletion or by
 * change, and how long after the merge. What a pull request takes back of its own before it has landed was never merged.
 */
export class LineFates {
  private readonly files = new Map<string, Piece[]>();
  private readonly byNumber = new Map<number, Map<string, Added>>();

  /** Applies a commit; `work` null: of no pull request. */
  apply(patches: readonly FilePatch[], work: LandedWork | null, at: number): void {
    for (const patch of patches) {
      if (patch.from !== null) this.move(patch.from, patch.path);
      if (patch.isBinary) this.files.delete(patch.path);
      else if (patch.hunks.length > 0) this.change(patch, work, at);
      if (patch.isRemoved) this.files.delete(patch.path);
    }
  }

  private move(from: string, to: string): void {
    const pieces = this.files.get(from);
    this.files.delete(from);
    if (pieces === undefined) this.files.delete(to);
    else this.files.set(to, pieces);
  }

  private change({ hunks, path }: FilePatch, work: LandedWork | null, at: number): void {
    const added = work === null ? null : this.addedBy(work, path);
    const pieces = this.files.get(path) ?? endless();
    this.files.set(
      path,
      spliced(pieces, hunks, added, (piece, count) => this.takeOut(piece, count, work, at)),
    );
    if (added !== null) added.lines += hunks.reduce((sum, hunk) => sum + hunk.added, 0);
  }

  private addedBy(work: LandedWork, path: string): Added {
    let files = this.byNumber.get(work.number);
    if (files === undefined) {
      files = new Map();
      this.byNumber.set(work.number, files);
    }
    let added = files.get(path);
    if (added === undefined) {
      added = { ...work, path, lines: 0, gone14d: 0, gone21d: 0 };
      files.set(path, added);
    }
    return added;
  }

  private takeOut(added: Added, count: number, work: LandedWork | null, at: number): void {
    if (added.number === work?.number) {
      added.lines -= count;
      return;
    }
    const age = at - added.mergedAt;
    if (age <= SHORT_DAYS * DAY) added.gone14d += count;
    if (age <= CHURN_DAYS * DAY) added.gone21d += count;
  }

  /** What became of the lines of a pull request, which is then followed no longer; its files in the order of their paths. */
  take(number: number): PayloadOf<"code_churn.measured">["files"] {
    const files = [...(this.byNumber.get(number)?.values() ?? [])];
    this.byNumber.delete(number);
    return files
      .filter(({ lines }) => lines > 0)
      .map(({ gone14d, gone21d, lines, path }) => ({ path, lines, gone14d, gone21d }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

/** Pieces with those hunks taken out and put in, in the order of the lines. */
function spliced(
  pieces: readonly Piece[],
  hunks: readonly Hunk[],
  added: Added | null,
  takeOut: (added: Added, count: number) => void,
): Piece[] {
  const result: Piece[] = [];
  const append = (length: number, owner: Added | null) => {
    const last = result.at(-1);
    if (length <= 0) return;
    if (last !== undefined && last.added === owner) last.length += length;
    else result.push({ length, added: owner });
  };
  let index = 0;
  let used = 0;
  /** Passes lines of the file as it was, to keep them or to take them out. */
  const pass = (count: number, keep: boolean) => {
    let left = count;
    while (left > 0) {
      const piece = pieces[index];
      if (piece === undefined) return;
      const part = Math.min(left, piece.length - used);
      if (keep) append(part, piece.added);
      else if (piece.added !== null) takeOut(piece.added, part);
      left -= part;
      used += part;
      if (used < piece.length) continue;
      index += 1;
      used = 0;
    }
  };
  let line = 1;
  for (const { added: count, from, removed } of hunks) {
    // Of one that takes nothing out the line is named behind which it puts in.
    const start = removed === 0 ? from + 1 : from;
    pass(start - line, true);
    pass(removed, false);
    append(count, added);
    line = start + removed;
  }
  pass(Number.POSITIVE_INFINITY, true);
  return result;
}
