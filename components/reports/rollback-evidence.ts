import { formatCount } from "@/lib/core/format";
import type { RollbackItem } from "@/lib/metrics/explorer/types";

type Change = { id: string | null; number: number | null; sha: string };

/** How a verdict is known, in one sentence: `by` says it, and it may have been landed `again`. */
export interface RollbackReason {
  /** The change that took it back: `#545`, or the short id of a direct push. `id` is its page, where it has one. */
  by: { id: string | null; name: string };
  /** Goes on after `by`: `reverts its commit; both files are back to what they were`. */
  says: string;
  /** The change that landed it again, null when none did. */
  again: { id: string | null; name: string } | null;
  /** Pieces of evidence in all; they stand on the page of the pull request. */
  signs: number;
}

const TITLE_LENGTH = 48;

/** What of the target's files is back to the contents from before it, read from the evidence of the resolver. */
const FILES = /^(\d+) of the (\d+) files/;
const LINES = /^(\d+) % of the lines/;

/** The strongest declaration first: a commit id cannot be mistaken, words can. */
const DECLARATIONS: readonly { rule: RegExp; says: (item: RollbackItem) => string }[] = [
  { rule: /^revert:sha/, says: () => "reverts its commit" },
  { rule: /^revert:(?:number|diff|change-id)/, says: () => "names it as reverted" },
  { rule: /^revert:branch/, says: () => "was made by its revert button" },
  { rule: /^revert:title/, says: () => "reverts its title" },
  { rule: /^revert:state/, says: () => "goes back to before it" },
  { rule: /^revert:(?:words|mention)/, says: ({ revert }) => `says ${quoted(revert.title)}` },
  { rule: /^corrected/, says: ({ revert }) => `somebody says so: ${quoted(revert.title)}` },
];

/** One sentence about how a verdict is known, made of its kind, the change behind it and its strongest evidence. */
export function rollbackReason(item: RollbackItem): RollbackReason {
  return {
    by: { id: item.revert.id, name: isDeployed(item) ? "" : nameOf(item.revert) },
    says: [
      ...(item.revert.number === null && item.revert.sha !== "" && !isDeployed(item) ? ["pushed straight"] : []),
      ...clauses(item),
    ].join("; "),
    again: item.relandedBy === null ? null : { id: item.relandedBy.id, name: nameOf(item.relandedBy) },
    signs: item.evidence.length,
  };
}

function clauses(item: RollbackItem): string[] {
  const restored = restoredFiles(item);
  const declared = DECLARATIONS.find(({ rule }) => item.evidence.some((sign) => rule.test(sign.rule)))?.says(item);
  switch (item.kind) {
    case "unresolved":
      return [`says ${quoted(item.revert.title)}, of which nothing earlier fits`];
    case "reland":
      return [relandClause(item)];
    case "partial":
      return [partialClause(item)];
    case "embedded":
      return ["takes it back among other work", ...(restored === null ? [] : [restored.state])];
    case "undeclared":
      return restored === null
        ? [`undoes it under ${quoted(item.revert.title)}`]
        : [`${restored.act}, under ${quoted(item.revert.title)}`];
    case "deployment":
    case "told":
    case "ambiguous":
      return [item.revert.title, ...item.evidence.slice(0, 1).flatMap(({ rule, text }) => saysMore(rule, text))];
    case "revert":
      if (declared !== undefined) return [declared, ...(restored === null ? [] : [restored.state])];
      return [restored === null ? "takes it back" : restored.act];
  }
}

/** Whether a deployment or a program took it back, so that no change did. */
const isDeployed = ({ kind }: RollbackItem): boolean =>
  kind === "deployment" || kind === "told" || kind === "ambiguous";

/** What the evidence says besides the title of the rollback. */
function saysMore(rule: string, text: string): string[] {
  if (rule === "deployment:only") return ["nothing else was merged between"];
  if (rule === "deployment:unclear") return ["which pull request was meant is not known"];
  return [text.replace(/\.$/, "")];
}

function relandClause({ evidence }: RollbackItem): string {
  if (evidence.some(({ rule }) => /^revert:(?:sha|number|branch)/.test(rule)))
    return "names this revert and lands the work again";
  if (evidence.some(({ rule }) => rule === "reland:title")) return "lands the work again under its first title";
  return "lands the work again";
}

function partialClause({ evidence }: RollbackItem): string {
  const share = evidence.map(({ text }) => LINES.exec(text)?.[1]).find((found) => found !== undefined);
  return share === undefined ? "takes back a part of it" : `takes back ${share}\u00a0% of its lines`;
}

/** `state` is how the files are now, `act` what the change did to them; null where contents are not known. */
function restoredFiles({ evidence }: RollbackItem): { state: string; act: string } | null {
  const found = evidence.flatMap(({ rule, text }) => (rule === "revert:contents" ? (FILES.exec(text) ?? []) : []));
  if (found[1] === undefined || found[2] === undefined) return null;
  const back = Number(found[1]);
  const of = Number(found[2]);
  if (back === 0) return null;
  if (back === of && of === 1) return { state: "its file is back to what it was", act: "puts its file back" };
  const files = back === of ? (of === 2 ? "both files" : `all ${formatCount(of)} files`) : null;
  const part = files ?? `${formatCount(back)} of ${formatCount(of)} files`;
  return {
    state: `${part} ${back === 1 ? "is" : "are"} back to what ${back === 1 ? "it was" : "they were"}`,
    act: `puts ${part} back`,
  };
}

function nameOf({ number, sha }: Change): string {
  return number === null ? sha.slice(0, 9) : `#${number}`;
}

/** A title in quotes, cut at a word where it is long. */
function quoted(title: string): string {
  if (title.length <= TITLE_LENGTH) return `“${title}”`;
  const cut = title.slice(0, TITLE_LENGTH);
  const atWord = cut.lastIndexOf(" ");
  return `“${(atWord > TITLE_LENGTH / 2 ? cut.slice(0, atWord) : cut).trimEnd()} …”`;
}
