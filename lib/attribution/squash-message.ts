import { isSuggestionSubject } from "./suggestion";

/** A squash message cut by whose commits its lines come from. */
export interface SquashMessageParts {
  /** Lines about the pull request's own commits. */
  own: string;
  /** Of these, the ones of accepted review suggestions. */
  suggested: string;
  /** Lines of commits that other pull requests had already landed and the branch carried along. */
  carried: string;
  /** What follows the last rule: GitHub's list of all co-authors, whoever's commits they stand on. */
  summary: string;
}

const ITEM = /^\* (.+)$/;
const CITED_NUMBER = /\(#(\d+)\)$/;

/**
 * Cuts a squash message that lists its commits as `* subject`. A listed commit whose subject ends in another pull
 * request's number and that is not among `ownSubjects` was carried along by a rebase or a back-merge; its trailers
 * speak of that other pull request. `ownSubjects` null: unknown, so nothing can be told apart as carried.
 */
export function splitSquashMessage(
  message: string,
  number: number,
  ownSubjects: ReadonlySet<string> | null,
): SquashMessageParts {
  const parts = { own: [] as string[], suggested: [] as string[], carried: [] as string[] };
  const lines = message.split("\n").map((line) => line.trimEnd());
  const rule = lines.lastIndexOf("---------");
  const end = rule === -1 ? lines.length : rule;
  let part: keyof typeof parts = "own";
  for (const line of lines.slice(0, end)) {
    const subject = ITEM.exec(line)?.[1];
    if (subject !== undefined) {
      const cited = CITED_NUMBER.exec(subject)?.[1];
      if (ownSubjects !== null && !ownSubjects.has(subject) && cited !== undefined && Number(cited) !== number) {
        part = "carried";
      } else if (part !== "carried" || ownSubjects?.has(subject)) {
        // Below a carried commit, items that are nobody's own are that commit's list.
        part = isSuggestionSubject(subject) ? "suggested" : "own";
      }
    }
    parts[part].push(line);
  }
  return {
    own: parts.own.join("\n"),
    suggested: parts.suggested.join("\n"),
    carried: parts.carried.join("\n"),
    summary: lines.slice(end + 1).join("\n"),
  };
}
