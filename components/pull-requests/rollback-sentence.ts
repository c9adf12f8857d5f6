import type { RevertKind } from "@/lib/core/dimensions";
import { formatHours } from "@/lib/core/format";
import type { RollbackItem } from "@/lib/metrics/explorer/types";

/** What the change did to its target: "#12 … it". */
const VERB: Record<RevertKind, string> = {
  revert: "reverts",
  deployment: "takes back",
  told: "takes back",
  ambiguous: "may take back",
  undeclared: "undoes without saying so",
  partial: "takes back part of",
  embedded: "takes back among other work",
  reland: "lands again what was reverted by",
  unresolved: "seems to take back",
};

/** What a kind is called in a list. */
export const REVERT_KIND_LABEL: Record<RevertKind, string> = {
  revert: "Reverted",
  deployment: "Older version deployed",
  told: "Taken back",
  ambiguous: "Older version deployed, unclear",
  undeclared: "Undone silently",
  partial: "Partly reverted",
  embedded: "Reverted within other work",
  reland: "Landed again",
  unresolved: "Unresolved",
};

/** `#10538`, or the short commit id where the change had no pull request; nothing landed where somebody declares it. */
export function changeName({ number, sha }: { number: number | null; sha: string }): string {
  if (number === null && sha === "") return "declaration";
  return number === null ? sha.slice(0, 9) : `#${number}`;
}

/** What took it back, as a sentence ends with it: the change, or that an older version went live. */
export function takenBackBy({ kind, revert }: Pick<RollbackItem, "kind" | "revert">): string {
  if (kind === "deployment") return "by deploying an older version";
  if (kind === "told") return "without a revert";
  return `by ${changeName(revert)}`;
}

/** The verdict read from its target: what became of this pull request. */
export function outcomeSentence(item: RollbackItem, number: number): string {
  const by = changeName(item.revert);
  if (item.kind === "reland") {
    const revert = item.pullRequest?.number ?? null;
    if (revert === number) return `${by} undoes this revert and lands the work again.`;
    return `${by} lands it again${revert === null ? "" : `, undoing #${revert}`}.`;
  }
  const after = item.hours === null ? "" : `, ${formatHours(item.hours)} after it merged`;
  const { title } = item.revert;
  if (item.kind === "deployment" || item.kind === "told") return `${title}${after}.`;
  if (item.kind === "ambiguous") return `${title}${after}; whether this one was meant is not known.`;
  if (item.revert.sha === "") return `Somebody says that it was rolled back${after}.`;
  return `${by} ${VERB[item.kind]} this pull request${after}.`;
}

/** The verdict read from the change that reverts or lands again: what this pull request does to another one. */
export function actionSentence(item: RollbackItem): string {
  if (item.pullRequest === null) return "This pull request says that it takes something back; what could not be found.";
  const target = item.pullRequest.number === null ? "a direct push" : `#${item.pullRequest.number}`;
  const after = item.hours === null ? "" : `, ${formatHours(item.hours)} after that merged`;
  return `This pull request ${VERB[item.kind]} ${target}${after}.`;
}
