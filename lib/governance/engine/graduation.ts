import type { Severity } from "@/lib/core/dimensions";
import { ENOUGH_EVIDENCE, evidenceAbove, evidenceBelow, upperBound } from "./evidence";

/** What is known of one kind of work of one team, since its evidence began (metrics.md 5.2). */
export interface GraduationEvidence {
  severity: Severity;
  /** Nobody could say what kind of work it is. */
  isUnclassified: boolean;
  /** An incident of the highest severity or of security that is attributed to it, in 90 days. */
  hasGraveIncident: boolean;
  gatesReport: boolean;
  /** Share of the mature ones that may be rolled back in 7 days; null: nobody has said. */
  ceiling: number | null;
  /** Mature pull requests, and how many of them were rolled back in 7 days. */
  n: number;
  k: number;
  spanDays: number;
  delegators: number;
  /** Those whose first head that passed its gates would have been bad, had nobody looked. */
  shadow: { n: number; k: number; ceiling: number };
  autoMerge: boolean;
  /** Since auto-merge was switched on; those of the evidence where nobody has told them apart. */
  sinceGraduation?: { n: number; k: number };
}

export type GraduationAdvice =
  | "never"
  | "suspended"
  | "blocked_gates_missing"
  | "policy_threshold_missing"
  | "insufficient_evidence"
  | "demote"
  | "graduate"
  | "keep"
  | "not_yet"
  | "keep_with_watch";

/** Source 001 looks at a category for four to eight weeks, and never at one person's work. */
export const LEAST_PULL_REQUESTS = 50;
export const LEAST_DAYS = 28;
export const LEAST_DELEGATORS = 3;

/** What to advise, in the order in which the questions are asked (metrics.md 5.2). A person decides. */
export function adviseGraduation(evidence: GraduationEvidence): GraduationAdvice {
  const { ceiling, n, k, shadow, autoMerge } = evidence;
  if (evidence.severity === "HIGH" || evidence.isUnclassified) return "never";
  if (evidence.hasGraveIncident) return "suspended";
  if (!evidence.gatesReport) return "blocked_gates_missing";
  if (ceiling === null) return "policy_threshold_missing";
  if (n < LEAST_PULL_REQUESTS || evidence.spanDays < LEAST_DAYS || evidence.delegators < LEAST_DELEGATORS) {
    return "insufficient_evidence";
  }
  const since = evidence.sinceGraduation ?? { n, k };
  if (autoMerge && evidenceAbove(since.k, since.n, ceiling) >= ENOUGH_EVIDENCE) return "demote";
  if (evidenceBelow(k, n, ceiling) >= ENOUGH_EVIDENCE && upperBound(shadow.k, shadow.n) <= shadow.ceiling) {
    return autoMerge ? "keep" : "graduate";
  }
  return autoMerge ? "keep_with_watch" : "not_yet";
}
