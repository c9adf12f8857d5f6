const EMPTY = -1;
/** Hex digits kept per commit id: 28 bits to find the bucket and 32 more to compare. */
const HEAD_DIGITS = 7;
const TAIL_DIGITS = 8;

export interface CommitHit {
  change: number;
  /** The id stands on the default branch itself; otherwise on the branch that the change brought in. */
  landed: boolean;
}

/** The ids in the order in which they were added. */
export interface CommitIndexState {
  heads: Uint32Array;
  tails: Uint32Array;
  changes: Int32Array;
}

/**
 * From commit ids, also abbreviated ones, to the change they belong to. Twenty bytes an id, so that every commit of a
 * long history can stay in memory; fifteen hex digits are compared, which tells all commits of a repository apart.
 */
export class CommitIndex {
  private readonly buckets = new Map<number, number>();
  private tails = new Uint32Array(1024);
  private changes = new Int32Array(1024);
  private next = new Int32Array(1024);
  private size = 0;

  add(sha: string, change: number, landed: boolean): void {
    if (sha.length < HEAD_DIGITS + TAIL_DIGITS) return;
    const head = Number.parseInt(sha.slice(0, HEAD_DIGITS), 16);
    const tail = Number.parseInt(sha.slice(HEAD_DIGITS, HEAD_DIGITS + TAIL_DIGITS), 16);
    this.push(head, tail, change * 2 + (landed ? 1 : 0));
  }

  private push(head: number, tail: number, packed: number): void {
    if (this.size === this.tails.length) this.grow();
    this.tails[this.size] = tail;
    this.changes[this.size] = packed;
    this.next[this.size] = this.buckets.get(head) ?? EMPTY;
    this.buckets.set(head, this.size);
    this.size += 1;
  }

  save(): CommitIndexState {
    const heads = new Uint32Array(this.size);
    for (const [head, newest] of this.buckets) {
      for (let at = newest; at !== EMPTY; at = this.next[at] ?? EMPTY) heads[at] = head;
    }
    return { heads, tails: this.tails.slice(0, this.size), changes: this.changes.slice(0, this.size) };
  }

  static load({ heads, tails, changes }: CommitIndexState): CommitIndex {
    const index = new CommitIndex();
    heads.forEach((head, at) => {
      index.push(head, tails[at] ?? 0, changes[at] ?? 0);
    });
    return index;
  }

  /** Whether a commit with this full id stands on the line, as far as fifteen hex digits tell. */
  hasLanded(sha: string): boolean {
    const tail = Number.parseInt(sha.slice(HEAD_DIGITS, HEAD_DIGITS + TAIL_DIGITS), 16);
    let at = this.buckets.get(Number.parseInt(sha.slice(0, HEAD_DIGITS), 16)) ?? EMPTY;
    for (; at !== EMPTY; at = this.next[at] ?? EMPTY) {
      if (this.tails[at] === tail && ((this.changes[at] ?? 0) & 1) === 1) return true;
    }
    return false;
  }

  /** The change of a commit id of at least seven digits; null when unknown or when the abbreviation is ambiguous. */
  find(sha: string): CommitHit | null {
    if (sha.length < HEAD_DIGITS) return null;
    const digits = Math.min(TAIL_DIGITS, sha.length - HEAD_DIGITS);
    const shift = 4 * (TAIL_DIGITS - digits);
    const wanted = digits === 0 ? 0 : Number.parseInt(sha.slice(HEAD_DIGITS, HEAD_DIGITS + digits), 16);
    let hit: CommitHit | null = null;
    let at = this.buckets.get(Number.parseInt(sha.slice(0, HEAD_DIGITS), 16)) ?? EMPTY;
    for (; at !== EMPTY; at = this.next[at] ?? EMPTY) {
      const tail = this.tails[at] ?? 0;
      if (digits > 0 && Math.floor(tail / 2 ** shift) !== wanted) continue;
      const packed = this.changes[at] ?? 0;
      const found = { change: packed >> 1, landed: (packed & 1) === 1 };
      // The same commit can be on the line and on several branches (stacked or rebased): the line wins, then the first.
      if (hit && hit.change !== found.change && hit.landed && found.landed) return null;
      if (!hit || (found.landed && !hit.landed) || found.landed === hit.landed) hit = found;
    }
    return hit;
  }

  private grow(): void {
    const double = this.tails.length * 2;
    const tails = new Uint32Array(double);
    tails.set(this.tails);
    this.tails = tails;
    const changes = new Int32Array(double);
    changes.set(this.changes);
    this.changes = changes;
    const next = new Int32Array(double);
    next.set(this.next);
    this.next = next;
  }
}
