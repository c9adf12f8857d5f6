import { AppError } from "@/lib/core/errors";
import type { ChangedFile } from "@/lib/events/schema";
import { rawChangeSchema, rawLineCountsSchema } from "./api-types";

const COLON = 58;
const TAB = 9;

/**
 * Reads `git diff-tree --stdin -z --raw [--numstat]`: per commit its id, then a `:modes ids status` entry and one path
 * (two for a rename) per file, then the line counts of the same files in the same order. All parts end with NUL.
 */
export function parseDiffs(output: Buffer): Map<string, ChangedFile[]> {
  const diffs = new Map<string, ChangedFile[]>();
  const tokens = new Tokens(output);
  while (!tokens.done) {
    const files: ChangedFile[] = [];
    diffs.set(tokens.text(), files);
    while (tokens.startsWith(COLON)) files.push(readChange(tokens));
    if (tokens.done || !tokens.hasTab()) continue;
    for (const file of files) readLineCounts(tokens, file);
  }
  return diffs;
}

function readChange(tokens: Tokens): ChangedFile {
  const { before, after, renamed } = rawChangeSchema.parse(tokens.text());
  const first = tokens.text();
  if (!renamed) return { path: first, add: null, del: null, before, after };
  return { path: tokens.text(), from: first, add: null, del: null, before, after };
}

function readLineCounts(tokens: Tokens, file: ChangedFile): void {
  const entry = tokens.text();
  const tab = entry.indexOf("\t", entry.indexOf("\t") + 1);
  const { add, del } = rawLineCountsSchema.parse(entry.slice(0, tab));
  // A rename leaves the path empty and gives both paths after it.
  let path = entry.slice(tab + 1);
  if (path === "") {
    tokens.text();
    path = tokens.text();
  }
  if (path !== file.path) {
    throw new AppError({ code: "internal", message: `git listed ${path} where ${file.path} was expected` });
  }
  file.add = add;
  file.del = del;
}

/** The NUL-terminated parts of git's answer. */
class Tokens {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  get done(): boolean {
    return this.#at >= this.bytes.length;
  }

  startsWith(byte: number): boolean {
    return this.bytes[this.#at] === byte;
  }

  /** Whether the next part holds a tab: line counts do, a commit id does not. */
  hasTab(): boolean {
    return this.bytes.subarray(this.#at, this.#end()).includes(TAB);
  }

  text(): string {
    const end = this.#end();
    const text = this.bytes.toString("utf8", this.#at, end);
    this.#at = end + 1;
    return text;
  }

  #end(): number {
    const end = this.bytes.indexOf(0, this.#at);
    return end < 0 ? this.bytes.length : end;
  }
}
