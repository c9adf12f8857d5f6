import type { LandedChange } from "@/lib/attribution/types";
import { Claims, referenceEvidence, resolveReference } from "./claims";
import type { History } from "./history";
import { quotedClaims } from "./quoted-claims";
import type { Signals } from "./signals";

export interface CitedClaims {
  /** What the change is about: its first item, most of its items, or a line of its own in the description. */
  leading: Claims;
  /** Taken back or landed again among other things. */
  others: Claims;
}

const MOST_ITEMS = 0.5;
/** A branch merged back brings its reverts along; they happened there. */
const BACK_MERGE = /^(?:merge|sync|back-?merge)\b/i;

/**
 * Changes that the texts of a change cite as taken back although its title does not say so. Commits of its own branch,
 * commits that never landed, and changes that are taken back already (a branch that was rebased over the revert) do not
 * count; a quoted title counts only with its number.
 */
export function citedClaims(history: History, change: LandedChange, signals: Signals): CitedClaims {
  const cited: CitedClaims = { leading: new Claims(), others: new Claims() };
  if (BACK_MERGE.test(signals.title)) return cited;
  for (const item of signals.items) {
    const claims = item.leads || signals.itemShare >= MOST_ITEMS ? cited.leading : cited.others;
    for (const reference of item.references) {
      const hit = resolveReference(history, change, reference);
      if (hit.kind !== "change" || isGone(history, hit.target)) continue;
      const evidence = referenceEvidence(history, hit.target, reference, item.at);
      // Commits that another pull request's branch held count where merges keep them; a squash message quotes them idly.
      const kept = hit.landed || (claims === cited.leading && !signals.listsCommits);
      if (reference.form === "list" && (reference.kind !== "sha" || kept)) {
        const certain = reference.kind === "sha" && hit.landed ? "certain" : "strong";
        const lead = item.at !== "body" || reference.wholeLine ? claims : cited.others;
        lead.add(hit.target, certain, evidence, reference.partial);
      } else if (reference.form === "prose" && reference.kind === "number") {
        cited.others.add(hit.target, "weak", evidence, true);
      }
    }
    const quoted = new Claims();
    quotedClaims(history, change, item, quoted);
    for (const claim of quoted.list()) if (!isGone(history, claim.target)) claims.merge(claim);
  }
  return cited;
}

/** Taken back already and not landed again since. */
function isGone(history: History, target: number): boolean {
  const { rolledBackBy, relandedBy } = history.at(target);
  return rolledBackBy !== null && relandedBy === null;
}
