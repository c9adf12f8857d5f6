import { bareTitle, normalTitle } from "./titles";

/** FNV-1a over two seeds, 52 bits: equal titles meet, and different ones practically never do. */
function hash(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b) ^ (high >>> 13);
  }
  return (high >>> 12) * 2 ** 32 + (low >>> 0);
}

/** Keys of the titles, in the order of the changes. */
export interface TitleIndexState {
  keys: Float64Array;
  bareKeys: Float64Array;
}

/** From titles to the changes that carried them, newest first. Keeps numbers only, no text. */
export class TitleIndex {
  private readonly newest = new Map<number, number>();
  private readonly newestBare = new Map<number, number>();
  private readonly older: number[] = [];
  private readonly olderBare: number[] = [];

  /** Changes are added in their order on the line, from 0 on, without a gap. */
  add(title: string): void {
    const normal = normalTitle(title);
    const bare = bareTitle(normal);
    const key = hash(normal);
    this.push(key, bare === normal ? key : hash(bare));
  }

  private push(key: number, bareKey: number): void {
    const change = this.older.length;
    this.older.push(this.newest.get(key) ?? -1);
    this.olderBare.push(this.newestBare.get(bareKey) ?? -1);
    this.newest.set(key, change);
    this.newestBare.set(bareKey, change);
  }

  save(): TitleIndexState {
    return { keys: keysOf(this.newest, this.older), bareKeys: keysOf(this.newestBare, this.olderBare) };
  }

  static load({ keys, bareKeys }: TitleIndexState): TitleIndex {
    const index = new TitleIndex();
    keys.forEach((key, at) => {
      index.push(key, bareKeys[at] ?? 0);
    });
    return index;
  }

  /** Changes with this very title, newest first, at most `limit`. */
  equal(title: string, limit: number): number[] {
    return walk(this.newest.get(hash(normalTitle(title))), this.older, limit);
  }

  /** Changes whose title is the same apart from a conventional prefix, newest first, at most `limit`. */
  equalBare(title: string, limit: number): number[] {
    return walk(this.newestBare.get(hash(bareTitle(normalTitle(title)))), this.olderBare, limit);
  }
}

function keysOf(newest: ReadonlyMap<number, number>, older: number[]): Float64Array {
  const keys = new Float64Array(older.length);
  for (const [key, first] of newest) for (let at = first; at >= 0; at = older[at] ?? -1) keys[at] = key;
  return keys;
}

function walk(first: number | undefined, older: number[], limit: number): number[] {
  const found: number[] = [];
  for (let at = first ?? -1; at >= 0 && found.length < limit; at = older[at] ?? -1) found.push(at);
  return found;
}
