import type { ShaIndex } from "./sha-index";

/** GitHub lists at most 250 commits of a pull request; a branch that never merges back would give thousands each time. */
const MAX_OWN_COMMITS = 250;

const NOT_LANDED = -1;
const LINE_PARENTS: readonly number[] = [];

export interface OwnCommits {
  /** Oldest first, parents before children. */
  shas: string[];
  /** More than 250: only those nearest to the head are listed. */
  truncated: boolean;
}

/**
 * The commits beside the first-parent line, to tell which of them are a pull request's own: reachable from its head
 * but not from the line before it landed.
 */
export class BranchGraph {
  readonly #index: ShaIndex;
  readonly #lineLength: number;
  /** Where a commit's parents begin in `parentList`, by number minus `lineLength`; undefined if only named as a parent. */
  readonly #parentsAt: (number | undefined)[] = [];
  /** For each commit the number of its parents, then the parents: one list takes far less than a list per commit. */
  readonly #parentList: number[] = [];
  /** Position on the line that made the commit reachable, by number minus `lineLength`. */
  readonly #landedAt: number[] = [];

  /** `index` holds the line, oldest first; commits beside it are added behind. */
  constructor(index: ShaIndex) {
    this.#index = index;
    this.#lineLength = index.size;
  }

  /** Adds a commit with its parents; one of the line is known already. */
  add(sha: string, parents: readonly string[]): void {
    const number = this.#index.add(sha);
    if (number < this.#lineLength) return;
    this.#parentsAt[number - this.#lineLength] = this.#parentList.length;
    this.#parentList.push(parents.length, ...parents.map((parent) => this.#index.add(parent)));
  }

  /** Marks what each merge of the line brought in: `merged` gives the other parents by position, in line order. */
  markLanded(merged: ReadonlyMap<number, readonly string[]>): void {
    for (const [position, heads] of merged) {
      const stack = heads.map((head) => this.#index.find(head));
      for (let number = stack.pop(); number !== undefined; number = stack.pop()) {
        if (number < this.#lineLength || this.#landed(number) !== NOT_LANDED) continue;
        this.#landedAt[number - this.#lineLength] = position;
        for (const parent of this.#parentsOf(number) ?? []) stack.push(parent);
      }
    }
  }

  /**
   * A pull request's own commits. `landedAt` is its position on the line; null: only commits that never landed count.
   * null when the clone ends before the branch meets the line, so that nobody can say where it began.
   */
  ownCommits(head: string, landedAt: number | null): OwnCommits | null {
    const start = this.#index.find(head);
    if (start < 0) return null;
    const own = new Set<number>();
    const queue = [start];
    let truncated = false;
    for (const number of queue) {
      if (own.has(number) || !this.#isOwn(number, landedAt)) continue;
      if (own.size === MAX_OWN_COMMITS) {
        truncated = true;
        break;
      }
      const parents = this.#parentsOf(number);
      if (parents === undefined) return null;
      own.add(number);
      queue.push(...parents);
    }
    return { shas: this.#parentsFirst(start, own).map((number) => this.#index.sha(number)), truncated };
  }

  /** Whether a commit has several parents; false for one that is not beside the line. */
  isMerge(sha: string): boolean {
    return (this.#parentsOf(this.#index.find(sha))?.length ?? 0) > 1;
  }

  #isOwn(number: number, landedAt: number | null): boolean {
    if (number < this.#lineLength) return false;
    const landed = this.#landed(number);
    return landed === NOT_LANDED || (landedAt !== null && landed >= landedAt);
  }

  #landed(number: number): number {
    return this.#landedAt[number - this.#lineLength] ?? NOT_LANDED;
  }

  #parentsOf(number: number): readonly number[] | undefined {
    if (number < this.#lineLength) return LINE_PARENTS;
    const at = this.#parentsAt[number - this.#lineLength];
    return at === undefined ? undefined : this.#parentList.slice(at + 1, at + 1 + (this.#parentList[at] ?? 0));
  }

  #parentsFirst(start: number, own: ReadonlySet<number>): number[] {
    const ordered: number[] = [];
    const seen = new Set<number>();
    const stack = [{ number: start, expanded: false }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (top.expanded) {
        ordered.push(top.number);
        continue;
      }
      if (seen.has(top.number) || !own.has(top.number)) continue;
      seen.add(top.number);
      stack.push({ number: top.number, expanded: true });
      // The first parent is taken off the stack first: the branch's own line stays in order before what it merged.
      for (const parent of [...(this.#parentsOf(top.number) ?? [])].reverse())
        stack.push({ number: parent, expanded: false });
    }
    return ordered;
  }
}
