import type { FactTable } from "@/lib/metrics/columns/table";
import { foldBytes, foldText } from "./fold";
import { KeyIndex } from "./key-index";
import { WordList } from "./word-list";

const SPACE = 0x20;

/** What is searched for, in words. */
interface Search {
  /** Marks (1) the words that can hold it, or in which it can begin when it goes over several. */
  opening: Uint8Array;
  /** The words between. */
  middle: readonly number[];
  /** Marks (1) the words in which it can end; null when it is part of one word. */
  closing: Uint8Array | null;
}

function splitAtSpaces(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    if (at < bytes.length && bytes[at] !== SPACE) continue;
    parts.push(bytes.subarray(start, at));
    start = at + 1;
  }
  return parts;
}

/**
 * Titles in memory, for a search that is exact and takes the same few milliseconds for a rare word, a frequent one and
 * a single letter. A title is split at its spaces and kept as numbers of words: a text is part of it when it is part of
 * one word, or when it ends one word, is the next ones, and starts another. Only the distinct words are compared as text.
 */
export class TitleTable {
  private readonly list = new WordList();
  private readonly keys = new KeyIndex();
  private words = new Uint32Array(1 << 10);
  private used = 0;
  /** By position of the key: where the title's words are, as start and end. */
  private bounds = new Uint32Array(1 << 9);

  /** How many titles there are, those of removed pull requests among them. */
  get size(): number {
    return this.keys.size;
  }

  /** Words that are kept, those of replaced titles among them. */
  get wordCount(): number {
    return this.used;
  }

  /** Adds a title or replaces it. @param title UTF-8; the bytes may be changed */
  set(repoId: number, number: number, title: Uint8Array): void {
    const bytes = foldBytes(title);
    const position = this.keys.add(repoId, number);
    if (2 * position + 1 >= this.bounds.length) this.bounds = doubled(this.bounds);
    const start = this.used;
    let wordStart = 0;
    for (let at = 0; at <= bytes.length; at += 1) {
      if (at < bytes.length && bytes[at] !== SPACE) continue;
      if (this.used === this.words.length) this.words = doubled(this.words);
      this.words[this.used] = this.list.add(bytes, wordStart, at);
      this.used += 1;
      wordStart = at + 1;
    }
    if (this.isKept(position, start)) {
      this.used = start;
      return;
    }
    this.bounds[2 * position] = start;
    this.bounds[2 * position + 1] = this.used;
  }

  /** Whether the title at a position is the one whose words were just added at `start`. */
  private isKept(position: number, start: number): boolean {
    const from = this.bounds[2 * position] as number;
    const length = (this.bounds[2 * position + 1] as number) - from;
    if (length !== this.used - start) return false;
    for (let index = 0; index < length; index += 1) {
      if (this.words[from + index] !== this.words[start + index]) return false;
    }
    return true;
  }

  /**
   * The rows whose title holds a text in upper or lower case, or whose number it is.
   * @param rows rows of the table in its order; the array is changed
   * @returns the part of that array that holds the rows found
   */
  found(table: FactTable, rows: Uint32Array, text: string): Uint32Array {
    const { number: numbers, repo, repos } = table;
    const asked = /^#?(\d{1,9})$/.exec(text)?.[1];
    const askedNumber = asked === undefined ? Number.NaN : Number(asked);
    const search = this.searchFor(splitAtSpaces(foldText(text)));
    const { bounds, keys, words } = this;
    let count = 0;
    let position = -1;
    let before = -1;
    for (const row of rows) {
      const repoId = repos[repo[row] as number] as number;
      const number = numbers[row] as number;
      // Titles were loaded in the order of the rows, so the next row's is mostly the next one.
      position += row - before;
      before = row;
      if (!keys.isAt(position, repoId, number)) position = keys.find(repoId, number);
      if (number !== askedNumber && !(position >= 0 && holdsText(words, bounds, position, search))) continue;
      rows[count] = row;
      count += 1;
    }
    return rows.subarray(0, count);
  }

  private searchFor(parts: Uint8Array[]): Search {
    const [first, ...others] = parts;
    const last = others.pop();
    if (first === undefined) throw new Error("A text splits into one part at least");
    if (last === undefined) return { opening: this.list.containing(first), middle: [], closing: null };
    return {
      opening: this.list.endingWith(first),
      middle: others.map((part) => this.list.find(part)),
      closing: this.list.startingWith(last),
    };
  }
}

/** Whether the title at a position holds what is searched for. */
function holdsText(
  words: Uint32Array,
  bounds: Uint32Array,
  position: number,
  { closing, middle, opening }: Search,
): boolean {
  const start = bounds[2 * position] as number;
  const end = bounds[2 * position + 1] as number;
  return closing === null
    ? holdsWord(words, start, end, opening)
    : holdsPhrase(words, start, end, opening, middle, closing);
}

function holdsWord(words: Uint32Array, start: number, end: number, marks: Uint8Array): boolean {
  for (let at = start; at < end; at += 1) if (marks[words[at] as number] === 1) return true;
  return false;
}

function holdsAt(words: Uint32Array, start: number, part: readonly number[]): boolean {
  return part.every((word, index) => words[start + index] === word);
}

function holdsPhrase(
  words: Uint32Array,
  start: number,
  end: number,
  opening: Uint8Array,
  middle: readonly number[],
  closing: Uint8Array,
): boolean {
  const last = end - middle.length - 1;
  for (let at = start; at < last; at += 1) {
    if (opening[words[at] as number] !== 1 || closing[words[at + middle.length + 1] as number] !== 1) continue;
    if (holdsAt(words, at + 1, middle)) return true;
  }
  return false;
}

function doubled(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(array.length * 2);
  next.set(array);
  return next;
}
