import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./paths.mjs";

/** @param {string} relative @param {(file: string) => boolean} keep @returns {string[]} */
function list(relative, keep) {
  const absolute = path.join(ROOT, relative);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [relative];
  return readdirSync(absolute, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .filter(keep);
}

/**
 * One hash over the names and contents of files.
 * @param {readonly string[]} inputs files and directories of the checkout
 * @param {(file: string) => boolean} [keep] which files of a directory count
 */
export function fingerprint(inputs, keep = () => true) {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap((input) => list(input, keep)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(ROOT, file)))
      .update("\0");
  }
  return hash.digest("hex");
}
