import { type RawCommit, type RawSignature, rawCommitSchema, rawSignatureSchema } from "./api-types";
import { decodeText } from "./decode-text";

const NOBODY: RawSignature = { name: "", email: "", seconds: null };

/**
 * Reads a commit object as git stores it, so that odd ones (no author, a broken clock, another encoding) lose nothing
 * that git's own formatting would hide. Headers: gitformat-commit; a header's continuation lines begin with a space.
 */
export function parseCommit(sha: string, content: Buffer): RawCommit {
  const end = content.indexOf("\n\n");
  const header = end < 0 ? content : content.subarray(0, end);
  const lines = splitLines(header);
  const encoding = headerValue(lines, "encoding ")?.toString("latin1").trim() ?? null;
  const message = decodeText(end < 0 ? Buffer.alloc(0) : content.subarray(end + 2), encoding);
  const author = parseSignature(headerValue(lines, "author "), encoding);
  const committer = parseSignature(headerValue(lines, "committer "), encoding);
  return rawCommitSchema.parse({
    sha,
    tree: headerValue(lines, "tree ")?.toString("latin1"),
    parents: lines.filter((line) => hasPrefix(line, "parent ")).map((line) => line.toString("latin1", 7)),
    author: author.signature,
    committer: committer.signature,
    message: message.text.trimEnd(),
    damagedText: message.damaged || author.damaged || committer.damaged,
  });
}

function splitLines(header: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < header.length; ) {
    const newline = header.indexOf(10, start);
    const end = newline < 0 ? header.length : newline;
    lines.push(header.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

const hasPrefix = (line: Buffer, prefix: string): boolean => line.toString("latin1", 0, prefix.length) === prefix;

function headerValue(lines: Buffer[], prefix: string): Buffer | undefined {
  return lines.find((line) => hasPrefix(line, prefix))?.subarray(prefix.length);
}

/** `Name <e-mail> seconds zone`. The zone is dropped: only instants order (a merge is written in the merger's zone). */
function parseSignature(
  bytes: Buffer | undefined,
  encoding: string | null,
): { signature: RawSignature; damaged: boolean } {
  if (bytes === undefined) return { signature: NOBODY, damaged: false };
  const { text, damaged } = decodeText(bytes, encoding);
  const match = /^([^<]*)<(.*)>([^>]*)$/.exec(text);
  if (match === null) return { signature: { ...NOBODY, name: text.trim() }, damaged };
  const [, name = "", email = "", clock = ""] = match;
  const seconds = /^\s*(-?\d+)(\s|$)/.exec(clock)?.[1];
  return {
    signature: rawSignatureSchema.parse({
      name: name.trim(),
      email: email.trim(),
      seconds: seconds === undefined ? null : Number(seconds),
    }),
    damaged,
  };
}
