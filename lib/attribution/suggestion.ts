import type { CommitText } from "./types";

// What GitHub's web interface writes when somebody accepts a review suggestion or a proposed fix.
const SUBJECT =
  /^(?:Update \S+$|Apply (?:\d+ )?suggestions?\b|Commit suggestion\b|Potential fix for (?:pull request finding|code scanning alert)\b)/i;
const WEB_FLOW = "noreply@github.com";

/** Whether a commit subject is one that GitHub gives an accepted suggestion. */
export const isSuggestionSubject = (subject: string): boolean => SUBJECT.test(subject);

/** A commit made by accepting a suggestion in the web interface: its trailer names the reviewer, not an author. */
export function isAcceptedSuggestion(commit: CommitText): boolean {
  if (commit.committer.email.toLowerCase() !== WEB_FLOW) return false;
  const end = commit.message.indexOf("\n");
  return isSuggestionSubject((end === -1 ? commit.message : commit.message.slice(0, end)).trimEnd());
}
