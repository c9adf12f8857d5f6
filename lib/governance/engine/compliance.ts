import type { Severity } from "@/lib/core/dimensions";
import type { Check } from "@/lib/core/policy";
import { wilsonInterval } from "@/lib/metrics/statistics/wilson";

/** What a policy asks of one kind of work (metrics.md 5.1). */
export interface CategoryPolicy {
  severity: Severity;
  autoMerge: boolean;
  /** HIGH because somebody configured it so: the team of security has to approve. */
  needsSecurityTeam: boolean;
}

/** What is known of a merged pull request; null: it is not known, which is never the same as compliant. */
export interface MergedWork {
  isUnclassified: boolean;
  isSensitive: boolean | null;
  /** People who approved the last head, neither its author nor who had it made. */
  approvals: number | null;
  isUnreviewedOrAutoMerged: boolean | null;
  gatesPassed: boolean | null;
  approvedBySecurityTeam: boolean | null;
}

export type CheckState = "compliant" | "violation" | "not_evaluable";

/** People who must approve what touches a sensitive surface. */
const SENSITIVE_APPROVALS = 2;

const stateOf = (holds: boolean | null): CheckState =>
  holds === null ? "not_evaluable" : holds ? "compliant" : "violation";

const orUnknown = <T>(value: T | null, holds: (value: T) => boolean): boolean | null =>
  value === null ? null : holds(value);

/** C1 to C5 of one pull request, by the policy that was in force when it was merged. */
export function checkCompliance(
  work: MergedWork,
  policy: CategoryPolicy,
): Record<Exclude<Check, "review_late">, CheckState> {
  const mayMergeItself = policy.severity === "LOW" && policy.autoMerge && !work.isUnclassified;
  return {
    sensitive_two_reviewers:
      work.isSensitive === false
        ? "compliant"
        : work.isSensitive === null && (work.approvals ?? 0) < SENSITIVE_APPROVALS
          ? "not_evaluable"
          : stateOf(orUnknown(work.approvals, (approvals) => approvals >= SENSITIVE_APPROVALS)),
    gates: stateOf(work.gatesPassed),
    auto_merge_not_allowed: mayMergeItself
      ? "compliant"
      : stateOf(orUnknown(work.isUnreviewedOrAutoMerged, (itself) => !itself)),
    approval_missing:
      policy.severity === "LOW" ? "compliant" : stateOf(orUnknown(work.approvals, (approvals) => approvals > 0)),
    security_review_missing: policy.needsSecurityTeam ? stateOf(work.approvedBySecurityTeam) : "compliant",
  };
}

/** A violation of one check is one of the whole; else what cannot be told of one cannot be told of the whole. */
export function overallState(states: readonly CheckState[]): CheckState {
  if (states.includes("violation")) return "violation";
  return states.includes("not_evaluable") ? "not_evaluable" : "compliant";
}

/** Compliant of those that can be told, with Wilson's interval; those that cannot are counted beside it. */
export function complianceRate(states: readonly CheckState[]) {
  const count = (wanted: CheckState) => states.filter((state) => state === wanted).length;
  const compliant = count("compliant");
  const evaluable = compliant + count("violation");
  return { compliant, evaluable, notEvaluable: count("not_evaluable"), rate: wilsonInterval(compliant, evaluable) };
}

export type Timeliness = "within" | "breach" | "pending";

const HOUR_MS = 3_600_000;

/**
 * C6: whether the first review came in time. What waits for one longer than that is a breach, what waits less is pending
 * and counts for neither.
 */
export function reviewTimeliness(
  { readyAt, firstReviewAt }: { readyAt: Date; firstReviewAt: Date | null },
  timeoutHours: number,
  asOf: Date,
): Timeliness {
  const hours = ((firstReviewAt ?? asOf).getTime() - readyAt.getTime()) / HOUR_MS;
  if (hours > timeoutHours) return "breach";
  return firstReviewAt === null ? "pending" : "within";
}
