import type { LandedChange } from "@/lib/attribution/types";
import { Claims, nameOf, referenceEvidence, resolveReference } from "./claims";
import { fuzzyClaim, mentionedClaim } from "./fuzzy-claim";
import type { History } from "./history";
import { massClaims } from "./mass-claims";
import { quotedClaims, quotedNumber, quotedParts } from "./quoted-claims";
import { numbersNamed, type Reference, readReferences } from "./references";
import { type Restored, restoredEvidence } from "./restored";
import type { Signals } from "./signals";
import { confirmByTitle, titleClaims } from "./title-claims";

/** Half of the files put back, with words that say so, is proof. */
const DECLARED_SHARE = 0.5;
const COMPLETE_SHARE = 0.9;

/**
 * What a change that says it reverts (or lands again) is about. The rules in order; a later one is asked only when the
 * earlier ones found nothing:
 * 1. commits, numbers and reviews that the message, the description or the branch's commits name as taken back;
 *    numbers in the subject; the number in the quoted title; the `revert-N-` branch
 * 2. the quoted title, whole or cut short: the newest earlier change with it
 * 3. the unquoted title after `revert:` or the verb
 * 4. a state that is kept ("everything since …")
 * 5. numbers further on in the sentence ("Reverts the export flow (#12)")
 * 6. files put back to what they held before
 * 7. all words of the subject in a recent title that changed the same files
 * 8. the only change that the text mentions at all, when all files are that change's: a part of it
 */
export function declaredClaims(
  history: History,
  change: LandedChange,
  signals: Signals,
  restored: readonly Restored[],
): Claims {
  const claims = new Claims();
  named(history, change, signals, claims);
  if (claims.empty) titleClaims(history, signals, restored, claims);
  else confirmByTitle(history, signals, claims);
  if (claims.empty) massClaims(history, change, signals, restored, claims);
  if (claims.empty) inPassing(history, change, signals, claims);
  if (claims.empty) putBack(history, restored, claims);
  if (claims.empty) fuzzyClaim(history, change, signals, claims);
  if (claims.empty) mentionedClaim(history, change, signals, claims);
  for (const item of restored) {
    if (item.share < DECLARED_SHARE || !claims.has(item.target)) continue;
    claims.add(item.target, item.share >= COMPLETE_SHARE ? "certain" : "strong", restoredEvidence(history, item));
  }
  return claims;
}

function named(history: History, change: LandedChange, signals: Signals, claims: Claims): void {
  for (const item of signals.items) {
    for (const reference of item.references) {
      if (reference.form === "prose") continue;
      const hit = resolveReference(history, change, reference);
      if (hit.kind !== "change") continue;
      const confidence = reference.kind === "sha" && hit.landed ? "certain" : "strong";
      const evidence = referenceEvidence(history, hit.target, reference, item.at);
      claims.add(hit.target, confidence, evidence, reference.partial);
    }
    quotedClaims(history, change, item, claims);
  }
  const { quoted, object } = signals.wording;
  for (const reference of quoted === null ? readReferences(`Reverts ${object}`) : []) {
    const hit = reference.form === "list" ? resolveReference(history, change, reference) : null;
    if (hit?.kind !== "change") continue;
    const text = `The title names ${nameOf(history, hit.target)}.`;
    const evidence = { rule: `revert:${reference.kind}`, text, quote: signals.title.slice(0, 200), at: "title" };
    claims.add(hit.target, reference.kind === "sha" && hit.landed ? "certain" : "strong", evidence, reference.partial);
  }
  for (const { number, repo } of subjectNumbers(signals)) {
    if (number === change.number || history.isOtherRepo({ repo })) continue;
    const target = history.byPullRequest(number);
    if (target === null) continue;
    const text = `The title names ${nameOf(history, target)}.`;
    claims.add(target, "strong", { rule: "revert:number", text, quote: signals.title.slice(0, 200), at: "title" });
  }
  const branch = signals.branchNumber === null ? null : history.byPullRequest(signals.branchNumber);
  if (branch !== null && signals.branchNumber !== change.number) {
    const text = `The branch has the name that the revert button gives for ${nameOf(history, branch)}.`;
    claims.add(branch, "strong", {
      rule: "revert:branch",
      text,
      quote: (change.headRef ?? "").slice(0, 200),
      at: "branch",
    });
  }
}

/** Of a quoted title only the number at its end or behind the quotes: the first number in it is mostly an issue. */
function subjectNumbers({ wording }: Signals): { number: number; repo: string | null }[] {
  if (!wording.quoted) return numbersNamed(wording.object);
  const at = wording.object.lastIndexOf(wording.quoted.text) + wording.quoted.text.length;
  const behind = wording.quoted.cut ? [] : numbersNamed(wording.object.slice(at));
  const inside = quotedParts(wording.quoted.text).flatMap((part) => quotedNumber(part) ?? []);
  return [...inside.map((number) => ({ number, repo: null })), ...behind];
}

function inPassing(history: History, change: LandedChange, signals: Signals, claims: Claims): void {
  const said: { reference: Reference; at: string }[] = signals.items.flatMap((item) =>
    item.references.filter((r) => r.form === "prose").map((reference) => ({ reference, at: item.at })),
  );
  for (const { reference, at } of said) {
    const hit = resolveReference(history, change, reference);
    if (hit.kind !== "change" || (reference.kind === "sha" && !hit.landed)) continue;
    claims.add(hit.target, "weak", referenceEvidence(history, hit.target, reference, at), reference.partial);
  }
}

function putBack(history: History, restored: readonly Restored[], claims: Claims): void {
  const enough = restored.filter((r) => r.share >= DECLARED_SHARE);
  const best = Math.max(0, ...enough.map((r) => r.share));
  const newest = enough.findLast((r) => r.share === best);
  for (const item of enough) {
    if (item !== newest && item.share < COMPLETE_SHARE) continue;
    claims.add(item.target, item.share >= COMPLETE_SHARE ? "certain" : "strong", restoredEvidence(history, item));
  }
}
