import type { FilePatch, Hunk } from "./parse-patches";

/** Lines next to each other that came together; `owner` null: before anything that is asked about. */
interface Piece<Owner> {
  length: number;
  owner: Owner | null;
}

/** What a change does with the lines of others, beside putting in its own. */
interface Change<Owner> {
  /** Whose the lines are that it puts into a file. */
  ownerOf(path: string): Owner | null;
  /** Told of lines that it takes out. */
  takeOut?(owner: Owner, count: number): void;
}

/** Follows whose the lines of files are, change by change in their order, by the numbers of their lines alone. */
export class LineOwners<Owner> {
  private readonly files = new Map<string, Piece<Owner>[]>();

  apply(patches: readonly FilePatch[], change: Change<Owner>): void {
    for (const patch of patches) {
      if (patch.from !== null) this.move(patch.from, patch.path);
      if (patch.isBinary) this.files.delete(patch.path);
      else if (patch.hunks.length > 0) this.change(patch, change);
      if (patch.isRemoved) this.files.delete(patch.path);
    }
  }

  /** Who brought each of those lines of a file as it stands, by their numbers from 1 on, in ascending order. */
  of(path: string, lines: readonly number[]): (Owner | null)[] {
    const pieces = this.files.get(path) ?? [];
    let index = 0;
    let end = pieces[0]?.length ?? 0;
    return lines.map((line) => {
      while (line > end && index < pieces.length) {
        index += 1;
        end += pieces[index]?.length ?? 0;
      }
      return pieces[index]?.owner ?? null;
    });
  }

  private move(from: string, to: string): void {
    const pieces = this.files.get(from);
    this.files.delete(from);
    if (pieces === undefined) this.files.delete(to);
    else this.files.set(to, pieces);
  }

  private change({ hunks, path }: FilePatch, change: Change<Owner>): void {
    // Behind what is known of a file there are as many old lines as anybody likes.
    const pieces = this.files.get(path) ?? [{ length: Number.POSITIVE_INFINITY, owner: null }];
    this.files.set(path, spliced(pieces, hunks, change.ownerOf(path), change.takeOut?.bind(change)));
  }
}

/** Pieces with those hunks taken out and put in, in the order of the lines. */
function spliced<Owner>(
  pieces: readonly Piece<Owner>[],
  hunks: readonly Hunk[],
  owner: Owner | null,
  takeOut: ((owner: Owner, count: number) => void) | undefined,
): Piece<Owner>[] {
  const result: Piece<Owner>[] = [];
  const append = (length: number, owner: Owner | null) => {
    const last = result.at(-1);
    if (length <= 0) return;
    if (last !== undefined && last.owner === owner) last.length += length;
    else result.push({ length, owner });
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
      if (keep) append(part, piece.owner);
      else if (piece.owner !== null) takeOut?.(piece.owner, part);
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
    append(count, owner);
    line = start + removed;
  }
  pass(Number.POSITIVE_INFINITY, true);
  return result;
}
