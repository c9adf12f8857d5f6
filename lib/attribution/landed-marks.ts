import { commitMarks, type Marks, textMarks } from "./commit-marks";
import type { MarkLedger } from "./mark-ledger";
import { isBackMergeTitle } from "./population";
import type { RuleSet } from "./rules/rule-set";
import { splitSquashMessage } from "./squash-message";
import type { CommitText, PullRequestInput } from "./types";

const subjectOf = (commit: CommitText): string => (commit.message.split("\n", 1)[0] ?? "").trimEnd();

const keyOf = (mark: Marks["marks"][number]): string => mark.agent.key;

/**
 * Marks of a squash commit's message that its own commits do not already bear. Not counted: what belongs to commits
 * of other pull requests that the branch carried along, accepted suggestions, and an agent whose only trace is a
 * merge commit that it made.
 */
export function landedMarks(commit: CommitText, input: PullRequestInput, ledger: MarkLedger, rules: RuleSet): Marks {
  const found = textMarks(commit.message, "body", false, rules);
  const fresh = found.marks.filter((mark) => !ledger.has(mark.agent.key));
  if (fresh.length === 0 && found.suggestions.length === 0) return { ...found, marks: [] };
  const known = input.own.length > 0 || isBackMergeTitle(input.title);
  const parts = splitSquashMessage(commit.message, input.number, known ? new Set(input.own.map(subjectOf)) : null);
  const own = textMarks(parts.own, "body", false, rules);
  const suggested = textMarks(parts.suggested, "body", true, rules);
  const carried = textMarks(parts.carried, "body", false, rules);
  const summary = textMarks(parts.summary, "body", false, rules);
  // The summary repeats every co-author; one that was seen above only in another role does not count again.
  const elsewhere = new Set([...carried.marks.map(keyOf), ...suggested.suggestions]);
  for (const merge of input.own) {
    if (!merge.isMerge) continue;
    for (const mark of commitMarks(merge, rules).marks) {
      if (mark.kind === "author" || mark.kind === "committer") elsewhere.add(keyOf(mark));
    }
  }
  const marks = [...own.marks, ...suggested.marks, ...summary.marks.filter((mark) => !elsewhere.has(keyOf(mark)))];
  const reviewers = summary.suggestions.filter((key) => !carried.suggestions.includes(key));
  return {
    marks: marks.filter((mark) => !ledger.has(mark.agent.key)),
    suggestions: [...own.suggestions, ...suggested.suggestions, ...reviewers],
    strangers: found.strangers,
  };
}
