import { z } from "zod";

const repositoryName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._-]{1,100}$/, {
    error: "must be a repository's name: letters, digits, dots, dashes and underscores",
  });
const pattern = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._*?-]{1,100}$/, {
    error: "must be a name in which * stands for any text and ? for one character",
  });

/** Which repositories of an account are read. */
export const selectionSchema = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("all") }),
  z.strictObject({ mode: z.literal("some"), repositories: z.array(repositoryName).min(1).max(5000) }),
  z.strictObject({
    mode: z.literal("pattern"),
    include: z.array(pattern).min(1).max(100),
    exclude: z.array(pattern).max(100).default([]),
  }),
]);

export type Selection = z.infer<typeof selectionSchema>;

/** A name with `*` and `?`, in upper or lower case, as a test of names. */
function matches(glob: string, name: string): boolean {
  const text = glob.replace(/[.-]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${text}$`, "i").test(name);
}

/** Whether a repository is to be read. GitHub's names are the same in upper and lower case. */
export function isSelected(selection: Selection, name: string): boolean {
  switch (selection.mode) {
    case "all":
      return true;
    case "some":
      return selection.repositories.some((one) => one.toLowerCase() === name.toLowerCase());
    case "pattern":
      return (
        selection.include.some((one) => matches(one, name)) && !selection.exclude.some((one) => matches(one, name))
      );
  }
}
