import { blobId, rawChangeSchema } from "./api-types";

/** A stretch of lines that a change takes out and puts in, by their numbers before and after. */
export interface Hunk {
  from: number;
  removed: number;
  added: number;
  /** What stands on them, where that is asked for. */
  text?: { removed: string[]; added: string[] };
}

/** What a change does to the lines of a file. */
export interface FilePatch {
  path: string;
  /** Where it was before, of one that was moved as it was. */
  from: string | null;
  isRemoved: boolean;
  isBinary: boolean;
  /** What is pointed to is a commit of another repository. */
  isSubmodule: boolean;
  hunks: Hunk[];
}

const NUL = 0;
const NEWLINE = 10;
const COLON = 58;
const BACKSLASH = 92;
const MINUS = 45;
const SUBMODULE = "160000";
const INDEX = Buffer.from("index ");
const HUNK = Buffer.from("@@ -");
const BINARY = Buffer.from("Binary files ");

/**
 * Reads `git diff-tree --stdin -z --raw -p -U0 --full-index` with a line of `marker` after each commit: per commit its id, the
 * changed paths, and the patches of the same files in the same order, known by their contents: of what changes nothing but space
 * there may be none. Contents are passed over by their counts, so that nothing in them is taken for anything else.
 * @param withText whether what stands on the lines is kept
 */
export function parsePatches(output: Buffer, marker: Buffer, withText = false): FilePatch[][] {
  const commits: FilePatch[][] = [];
  let at = 0;
  const token = (): string => {
    const end = output.indexOf(NUL, at);
    const text = output.toString("utf8", at, end < 0 ? output.length : end);
    at = end < 0 ? output.length : end + 1;
    return text;
  };
  const startsWith = (word: Buffer): boolean => output.subarray(at, at + word.length).equals(word);
  const skipLine = (): number => {
    const end = output.indexOf(NEWLINE, at);
    const start = at;
    at = end < 0 ? output.length : end + 1;
    return start;
  };
  while (at < output.length) {
    token();
    const files: FilePatch[] = [];
    const contents: Contents[] = [];
    while (output[at] === COLON) {
      const { after, before, modes, renamed, typeChanged } = rawChangeSchema.parse(token());
      const first = token();
      const file = { path: renamed ? token() : first, from: renamed ? first : null, isBinary: false };
      // A file that becomes a link is one path and two patches: the file goes, the link comes.
      if (typeChanged) {
        files.push({ ...file, isRemoved: true, isSubmodule: modes[0] === SUBMODULE, hunks: [] });
        contents.push({ before, after: null });
      }
      files.push({ ...file, isRemoved: after === null, isSubmodule: modes.includes(SUBMODULE), hunks: [] });
      contents.push({ before: typeChanged ? null : before, after });
    }
    if (output[at] === NUL) at += 1;
    let next = 0;
    let file: FilePatch | undefined;
    while (at < output.length && !startsWith(marker)) {
      if (startsWith(INDEX)) {
        const start = skipLine();
        const named = readContents(output.toString("latin1", start, at));
        const isNamed = ({ after, before }: Contents) => before === named?.before && after === named.after;
        let place = next;
        while (place < contents.length && !isNamed(contents[place] as Contents)) place += 1;
        file = files[place];
        if (file !== undefined) next = place + 1;
      } else if (startsWith(BINARY)) {
        if (file !== undefined) file.isBinary = true;
        skipLine();
      } else if (startsWith(HUNK)) {
        const start = skipLine();
        const hunk = readHunk(output.toString("latin1", start, Math.min(at, start + 80)));
        if (hunk === null) continue;
        file?.hunks.push(hunk);
        if (withText) hunk.text = { removed: [], added: [] };
        for (let left = hunk.removed + hunk.added; left > 0 && at < output.length; left -= 1) {
          // That a file ends without a line break is said between its lines.
          while (output[at] === BACKSLASH) skipLine();
          const start = skipLine();
          if (hunk.text === undefined) continue;
          const lines = output[start] === MINUS ? hunk.text.removed : hunk.text.added;
          lines.push(output.toString("utf8", start + 1, at - 1));
        }
      } else skipLine();
    }
    skipLine();
    commits.push(files);
  }
  return commits;
}

interface Contents {
  before: string | null;
  after: string | null;
}

function readContents(line: string): Contents | null {
  const [, before, after] = /^index ([0-9a-f]{40,64})\.\.([0-9a-f]{40,64})/.exec(line) ?? [];
  return before === undefined || after === undefined ? null : { before: blobId(before), after: blobId(after) };
}

function readHunk(line: string): Hunk | null {
  const [, from, removed = "1", added = "1"] = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line) ?? [];
  if (from === undefined) return null;
  return { from: Number(from), removed: Number(removed), added: Number(added) };
}
