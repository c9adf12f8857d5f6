import type { Evidence, LandedChange } from "@/lib/attribution/types";
import type { Confidence } from "@/lib/core/dimensions";
import type { History } from "./history";
import type { Reference } from "./references";

/** "This change takes that one back", with what says so. Targets are positions on the line, always earlier ones. */
export interface Claim {
  target: number;
  confidence: Confidence;
  evidence: Evidence[];
  partial: boolean;
}

const NO_CLAIMS: readonly Claim[] = [];
const RANK: Record<Confidence, number> = { certain: 3, strong: 2, weak: 1, none: 0 };

/** Claims of one change, one per target, the strongest confidence kept and every piece of evidence once. */
export class Claims {
  /** Made with the first claim: most changes claim nothing. */
  private byTarget: Map<number, Claim> | null = null;

  get empty(): boolean {
    return this.byTarget === null;
  }

  add(target: number, confidence: Confidence, evidence: Evidence, partial = false): void {
    this.byTarget ??= new Map();
    const claim = this.byTarget.get(target);
    if (!claim) {
      this.byTarget.set(target, { target, confidence, evidence: [evidence], partial });
      return;
    }
    if (RANK[confidence] > RANK[claim.confidence]) claim.confidence = confidence;
    if (!claim.evidence.some((e) => e.rule === evidence.rule)) claim.evidence.push(evidence);
    claim.partial &&= partial;
  }

  merge(claim: Claim): void {
    for (const evidence of claim.evidence) this.add(claim.target, claim.confidence, evidence, claim.partial);
  }

  has(target: number): boolean {
    return this.byTarget?.has(target) ?? false;
  }

  /** By position on the line, oldest first. */
  list(): readonly Claim[] {
    return this.byTarget === null ? NO_CLAIMS : [...this.byTarget.values()].sort((a, b) => a.target - b.target);
  }
}

export type Resolved = { kind: "change"; target: number; landed: boolean } | { kind: "own" } | { kind: "unknown" };

const FULL_TITLE_DIGITS = 7;

/**
 * The earlier change that a reference means. `own`: a commit of the change's own branch, which never landed by itself.
 * `unknown`: not on this line (another repository or branch, an issue, the future). Numbers of another repository are
 * unknown.
 */
export function resolveReference(history: History, change: LandedChange, reference: Reference): Resolved {
  if (reference.kind === "sha") {
    const isOwn = (sha: string) => reference.value.length >= FULL_TITLE_DIGITS && sha.startsWith(reference.value);
    const hit = history.commits.find(reference.value);
    if (hit?.landed && !change.landedShas.some(isOwn)) return { kind: "change", target: hit.change, landed: true };
    if (change.landedShas.some(isOwn) || change.own.some((commit) => isOwn(commit.sha))) return { kind: "own" };
    return hit ? { kind: "change", target: hit.change, landed: false } : { kind: "unknown" };
  }
  if (reference.kind === "number") {
    if (history.isOtherRepo(reference)) return { kind: "unknown" };
    return found(history.byPullRequest(Number(reference.value)));
  }
  return found(history.byReview(reference.value));
}

const found = (target: number | null): Resolved =>
  target === null ? { kind: "unknown" } : { kind: "change", target, landed: true };

/** How a change is called in a sentence. */
export function nameOf(history: History, target: number): string {
  const { number, sha } = history.at(target);
  return number === null ? `commit ${sha.slice(0, 8)}` : `#${number}`;
}

/** Evidence of a reference that names its target outright. */
export function referenceEvidence(history: History, target: number, reference: Reference, at: string): Evidence {
  const name = nameOf(history, target);
  const where = at === "message" ? "The message" : at === "body" ? "The description" : "A commit of the branch";
  const verb = reference.action === "reland" ? "lands again" : "takes back";
  const what = reference.kind === "sha" ? `a commit of ${name}` : name;
  return {
    rule: `revert:${reference.kind}${reference.form === "list" ? "" : `-${reference.form}`}`,
    text: `${where} says that it ${verb} ${what}.`,
    quote: reference.quote,
    at,
  };
}
