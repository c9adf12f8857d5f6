import { z } from "zod";

/** What git prints, as far as this source reads it. Everything else about the format stays in the file that reads it. */

const objectId = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);

/** Name, e-mail and clock of a commit header; `seconds` since the epoch, null when missing or out of any calendar. */
export const rawSignatureSchema = z.object({
  name: z.string(),
  email: z.string(),
  seconds: z.int().min(1).max(253_402_300_799).nullable().catch(null),
});
export type RawSignature = z.infer<typeof rawSignatureSchema>;

/** A commit object, decoded. */
export const rawCommitSchema = z.object({
  sha: objectId,
  tree: objectId,
  parents: z.array(objectId),
  author: rawSignatureSchema,
  committer: rawSignatureSchema,
  message: z.string(),
  /** Some of the text was not in the encoding that the commit declares. */
  damagedText: z.boolean(),
});
export type RawCommit = z.infer<typeof rawCommitSchema>;

/** First line of an answer of `git cat-file --batch`. */
export const objectHeaderSchema = z.union([
  z
    .string()
    .regex(/^[0-9a-f]+ (commit|tree|blob|tag) \d+$/)
    .transform((line) => {
      const [id = "", type = "", size = ""] = line.split(" ");
      return { id, type, size: Number(size) };
    }),
  z
    .string()
    .regex(/ (missing|ambiguous|submodule)$/)
    .transform(() => null),
]);

/** One reference: `<object id> <full name>`. */
export const rawReferenceSchema = z
  .string()
  .regex(/^[0-9a-f]{40,64} refs\/./)
  .transform((line) => {
    const space = line.indexOf(" ");
    return { sha: line.slice(0, space), name: line.slice(space + 1) };
  });

/** One changed path of `git diff-tree --raw`; the blob ids of added and removed files are null. */
export const rawChangeSchema = z
  .string()
  .regex(/^:\d{6} \d{6} [0-9a-f]{40,64} [0-9a-f]{40,64} [A-Z]\d*$/)
  .transform((line) => {
    const [mode = "", modeAfter = "", before = "", after = "", status = ""] = line.split(" ");
    return {
      modes: [mode.slice(1), modeAfter],
      before: blobId(before),
      after: blobId(after),
      renamed: status.startsWith("R"),
      typeChanged: status === "T",
    };
  });

/** Lines added and removed of `git diff-tree --numstat`; null for a binary file. */
export const rawLineCountsSchema = z
  .string()
  .regex(/^(\d+|-)\t(\d+|-)$/)
  .transform((text) => {
    const [add = "-", del = "-"] = text.split("\t");
    return { add: add === "-" ? null : Number(add), del: del === "-" ? null : Number(del) };
  });

/** An object, or null where git names none. */
export const blobId = (id: string): string | null => (/^0+$/.test(id) ? null : id);
