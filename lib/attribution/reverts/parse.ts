import { numbersNamed, type Reference, readReferences } from "./references";
import { readWording } from "./wording";

export interface RevertText {
  title: string;
  /** Description of the pull request, empty where the source has none. */
  body: string;
  /** Message of the landed commit, subject included; empty where unknown. */
  commitMessage: string;
}

export interface ParsedRevertText {
  /** It says that it takes an earlier change back. */
  isRevert: boolean;
  /** It says that it lands something again; never together with `isRevert`. */
  isReland: boolean;
  /** Number of the pull request that it names; null when none is named. */
  pr: number | null;
  /** `owner/name` as written in front of that number; null when the number stands alone. */
  repo: string | null;
  /** Every commit id that it says it reverts, in order, lower case. */
  shas: string[];
  /** It says that only a part is taken back. */
  isPartial: boolean;
}

/**
 * Reads what one change says of itself, without any history: reference for metrics.md 2.5 (1). A number counts where
 * the text gives it as the object of the revert ("Reverts o/r#1", "Revert PR #1", `(#1)` at the end of the quoted
 * title, "Original PR: #1"). A text that only mentions a revert is neither.
 */
export function parseRevertText({ title, body, commitMessage }: RevertText): ParsedRevertText {
  const [subject = "", ...rest] = commitMessage.split("\n");
  const wording = readWording(title.trim() === "" ? subject : title);
  const message = subject === title ? rest.join("\n") : commitMessage;
  // The items of a squash message quote what the branch undid of itself; only a title can make them more than that.
  const own = wording.action === null ? (message.split(/^\* /m, 1)[0] ?? "") : message;
  const references = [body, own].flatMap(readReferences);
  const listed = references.filter((r) => r.form === "list");
  const undoesByBody = listed.some((r) => r.wholeLine || r.kind === "sha");
  const isReland = wording.action === "reland" || (wording.action === "restore" && undoesByBody);
  const isRevert = !isReland && (wording.action === "revert" || undoesByBody);
  if (!isRevert && !isReland) return { isRevert, isReland, pr: null, repo: null, shas: [], isPartial: false };
  const titled = wording.quoted ? wording.quoted.text : wording.object;
  const named = listed.find((r) => r.kind === "number") ?? null;
  const inTitle = wording.explicit || named === null ? numbersNamed(titled).at(wording.quoted ? -1 : 0) : undefined;
  const fallback = references.find((r) => r.kind === "number" && r.form !== "list") ?? null;
  const number = numberOf(named) ?? (isReland ? null : (inTitle ?? numberOf(fallback)));
  return {
    isRevert,
    isReland,
    pr: number?.number ?? null,
    repo: number ? writtenCase(`${body}\n${commitMessage}\n${title}`, number.repo) : null,
    shas: [...new Set(references.filter((r) => r.kind === "sha" && r.form === "list").map((r) => r.value))],
    isPartial: wording.partial || listed.some((r) => r.partial),
  };
}

function numberOf(reference: Reference | null): { number: number; repo: string | null } | null {
  return reference ? { number: Number(reference.value), repo: reference.repo } : null;
}

function writtenCase(text: string, repo: string | null): string | null {
  if (repo === null) return null;
  const at = text.toLowerCase().indexOf(repo);
  return at < 0 ? repo : text.slice(at, at + repo.length);
}
