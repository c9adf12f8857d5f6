import type { SourceWarning } from "@/lib/sources/contract";

/** What a reader should know, by code; the wording is fixed so that equal warnings add up. */
const MESSAGES = {
  shallow_clone:
    "The clone is shallow: history before its first commit is unknown, and so are that commit's changed files.",
  no_line_counts: "The clone holds no file contents (partial clone): numbers of lines are unknown, not zero.",
  no_trees: "The clone holds no trees (treeless clone): changed files are unknown.",
  no_commits_since: "No commit of the branch is as recent as the given date.",
  history_rewritten: "The commit read last is no longer on the branch: the whole branch was read again.",
  future_clock: "Commits carry a date in the future.",
  unusable_clock: "Commits carry no usable date; the author's, or that of the commit before, was taken.",
  damaged_text: "Text is not in the encoding that its commit declares; unreadable characters were replaced.",
  repeated_number: "Commits name a pull request that another commit landed; they count as pushed directly.",
  number_without_reference:
    "Commits end in the number of something that is no pull request here; they count as pushed directly.",
  branch_commits_cut: "Pull requests have more than 250 own commits; only the last 250 were read.",
  branch_commits_unknown:
    "The clone ends before the branches of pull requests meet the default branch: their own commits are unknown.",
  codeowners_unread: "A CODEOWNERS file changed whose contents the clone does not hold.",
} as const;

export type WarningCode = keyof typeof MESSAGES;

/** Collects warnings: one line per code, counted, with the first example. */
export class WarningLog {
  readonly #warnings = new Map<WarningCode, SourceWarning>();

  add(code: WarningCode, first: string | null = null): void {
    const known = this.#warnings.get(code);
    if (known === undefined) this.#warnings.set(code, { code, message: MESSAGES[code], count: 1, first });
    else known.count += 1;
  }

  list(): SourceWarning[] {
    return [...this.#warnings.values()];
  }
}
