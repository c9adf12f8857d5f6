import type { ChangedFile } from "@/lib/events/schema";
import {
  type Chain,
  type FileWindowState,
  loadWindow,
  saveWindow,
  type WindowEntry,
  type WindowFile,
} from "./file-window-state";

/** What one change did to the contents of one path. Blob ids shortened to 52 bits; 0 where the path did not exist. */
export interface Move {
  path: string;
  before: number;
  after: number;
}

/** How many paths of an earlier change a later one puts back. */
export interface PathsBack {
  /** They hold what they held right before it. */
  exact: number;
  /** The same, and nothing else had touched them since. */
  direct: number;
  /** They hold what they held before it, or before a still earlier change: it is undone along with that one. */
  covered: number;
}

export interface WindowLimits {
  changes: number;
  days: number;
  files: number;
}

const DAY_MS = 86_400_000;
const WALK = 64;
const SHORT_ID = 13;
const NO_STEPS: Chain["steps"] = [];
const NOTHING_BACK: ReadonlyMap<number, PathsBack> = new Map();

/**
 * The files of the most recent changes and the contents that each path went through, so that a later change can be
 * seen to put contents back. Forgets what is older than its limits: memory does not grow with the history.
 */
export class FileWindow {
  private readonly entries = new Map<number, WindowEntry>();
  /** The first and the last change of the entries; between them those without known files are missing. */
  private oldest = 0;
  private newest = -1;
  private readonly history = new Map<string, Chain>();
  private fileCount = 0;
  private previous: number | null = null;

  constructor(private readonly limits: WindowLimits) {}

  save(): FileWindowState {
    return saveWindow([...this.entries.values()], [...this.history.values()], this.previous);
  }

  static load(limits: WindowLimits, state: FileWindowState): FileWindow {
    const window = new FileWindow(limits);
    const { entries, chains } = loadWindow(state);
    for (const chain of chains) window.history.set(chain.path, chain);
    for (const entry of entries) window.keep(entry);
    window.previous = state.previous;
    return window;
  }

  add(change: number, landedAt: number, files: readonly ChangedFile[], moves: readonly Move[]): void {
    const chains = moves.map(({ path, before, after }) => {
      const chain = this.history.get(path);
      if (chain) {
        chain.steps.push({ change, before, after });
        return chain;
      }
      const begun: Chain = { path, steps: [{ change, before, after }] };
      this.history.set(path, begun);
      return begun;
    });
    this.keep({ change, landedAt, files: windowFiles(files), chains });
    // One commit with a clock in the future must not make everything before it old: a leap counts from the second on.
    const previous = this.previous ?? landedAt;
    this.forget(landedAt - previous > this.limits.days * DAY_MS ? previous : landedAt);
    this.previous = landedAt;
  }

  private keep(entry: WindowEntry): void {
    if (this.entries.size === 0) this.oldest = entry.change;
    this.newest = entry.change;
    this.entries.set(entry.change, entry);
    this.fileCount += entry.files.length;
  }

  /** Files of a recent change; null once forgotten, or when the source did not know them. */
  filesOf(change: number): WindowFile[] | null {
    return this.entries.get(change)?.files ?? null;
  }

  /** How many paths of a recent change have known contents before and after; 0 when none or forgotten. */
  movesOf(change: number): number {
    return this.entries.get(change)?.chains.length ?? 0;
  }

  /** Recent changes, newest first. */
  *recent(): Generator<number> {
    let left = this.entries.size;
    for (let change = this.newest; left > 0; change--) {
      if (!this.entries.has(change)) continue;
      yield change;
      left -= 1;
    }
  }

  /**
   * The recent changes that these moves put back: for each path, the newest change before which it held the contents
   * that it gets now, and those that touched it since.
   */
  putBackBy(moves: readonly Move[]): ReadonlyMap<number, PathsBack> {
    let back: Map<number, PathsBack> | null = null;
    for (const { path, after } of moves) {
      const steps = this.history.get(path)?.steps ?? NO_STEPS;
      const last = steps.length - 1;
      let from = last;
      while (from >= 0 && from > last - WALK && steps[from]?.before !== after) from--;
      if (steps[from]?.before !== after) continue;
      back ??= new Map();
      for (let i = from; i <= last; i++) {
        const { change } = steps[i] ?? { change: -1 };
        const paths = back.get(change) ?? { exact: 0, direct: 0, covered: 0 };
        paths.covered += 1;
        if (i === from) paths.exact += 1;
        if (i === from && i === last) paths.direct += 1;
        back.set(change, paths);
      }
    }
    return back ?? NOTHING_BACK;
  }

  private forget(now: number): void {
    for (; this.entries.size > 0; this.oldest++) {
      const entry = this.entries.get(this.oldest);
      if (entry === undefined) continue;
      const old = now - entry.landedAt > this.limits.days * DAY_MS;
      const many = this.entries.size > this.limits.changes || this.fileCount > this.limits.files;
      if (!old && !many) return;
      this.entries.delete(entry.change);
      this.fileCount -= entry.files.length;
      for (const { path, steps } of entry.chains) {
        if (steps[0]?.change === entry.change) steps.shift();
        if (steps.length === 0) this.history.delete(path);
      }
    }
  }
}

/** Per path its contents before and after; a rename is a removal and an addition; paths without blob ids are left out. */
export function movesOfFiles(files: readonly ChangedFile[]): Move[] {
  const moves: Move[] = [];
  let renames = false;
  for (const { path, from, before: was, after: is } of files) {
    const before = shortId(was);
    const after = shortId(is);
    if (from !== undefined && from !== path) {
      renames = true;
      if (before > 0) moves.push({ path: from, before, after: 0 }, { path, before: 0, after });
    } else if (before !== after) moves.push({ path, before, after });
  }
  return renames ? onePerPath(moves) : moves;
}

/** A path that is moved away and made anew in one change: from its first contents to its last. */
function onePerPath(moves: Move[]): Move[] {
  const byPath = new Map<string, Move>();
  for (const move of moves) {
    const { before } = [byPath.get(move.path), move].find((m) => m !== undefined && m.before > 0) ?? move;
    byPath.set(move.path, { path: move.path, before, after: move.after || (byPath.get(move.path)?.after ?? 0) });
  }
  return [...byPath.values()].filter((move) => move.before !== move.after);
}

function windowFiles(files: readonly ChangedFile[]): WindowFile[] {
  const kept: WindowFile[] = [];
  for (const { path, from, add, del, before, after } of files) {
    kept.push({ path, add, del, created: from === undefined && before === null && after !== null });
    if (from !== undefined) kept.push({ path: from, add: 0, del: 0, created: false });
  }
  return kept;
}

const shortId = (blob: string | null): number => (blob === null ? 0 : Number.parseInt(blob.slice(0, SHORT_ID), 16));
