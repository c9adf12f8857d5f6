import { CATEGORIES, CATEGORY_SEVERITY, type Category, type Severity } from "./dimensions";

/** The checks of metrics.md 5.3 that look at one pull request at its merge; each has a bit, in this order: append only. */
export const CHECKS = [
  "sensitive_two_reviewers",
  "gates",
  "auto_merge_not_allowed",
  "approval_missing",
  "security_review_missing",
  "review_late",
] as const;
export type Check = (typeof CHECKS)[number];

/** What each check asks, as a sentence about a pull request that fails it. */
export const CHECK_LABEL: Readonly<Record<Check, string>> = {
  sensitive_two_reviewers: "It touches a sensitive surface and fewer than two people approved its last commit",
  gates: "A required check did not pass before the merge",
  auto_merge_not_allowed:
    "It was merged by itself or without a review, which the policy does not allow for this kind of work",
  approval_missing: "Nobody but its author approved it",
  security_review_missing: "The security team did not approve it",
  review_late: "The first review came later than the policy allows",
};

export const checkBit = (check: Check): number => 1 << CHECKS.indexOf(check);

/** The checks behind the bits of `violations`. */
export const checksOf = (bits: number): Check[] => CHECKS.filter((check) => (bits & checkBit(check)) !== 0);

/**
 * Gates that checks of CI stand for, by the names that such checks commonly have: a gate is passed when the last check of
 * such a name passed before the merge, and cannot be told where there is none.
 */
const GATE_NAMES = {
  tests_pass: "(^|[^a-z])(unit|integration|e2e)?[ _-]?tests?([^a-z]|$)|jest|vitest|pytest|playwright|cypress",
  integration_tests_pass: "integration|e2e|end.to.end",
  coverage_maintained: "coverage|codecov|coveralls",
  no_security_issues: "sast|codeql|semgrep|sonar|security|snyk code",
  dast_scan_clean: "dast|zap",
  no_dependency_vulnerabilities: "depend|dependabot|audit|osv|trivy|sca([^a-z]|$)",
  no_regression: "regression",
  performance_stable: "perf|bench|load.test",
  link_check_pass: "link|lychee",
  spelling_check_pass: "spell|typos|vale",
} as const;
export type Gate = keyof typeof GATE_NAMES;

/** What a check is called that stands for a gate: a regular expression of PostgreSQL, without regard to case. */
export const gatePattern = (gate: Gate): string => GATE_NAMES[gate];

export const GATE_LABEL: Readonly<Record<Gate, string>> = {
  tests_pass: "tests",
  integration_tests_pass: "integration tests",
  coverage_maintained: "coverage",
  no_security_issues: "security scan",
  dast_scan_clean: "dynamic scan",
  no_dependency_vulnerabilities: "dependency scan",
  no_regression: "regression tests",
  performance_stable: "performance",
  link_check_pass: "links",
  spelling_check_pass: "spelling",
};

/** What the policy asks of a kind of work. */
export interface WorkPolicy {
  severity: Severity;
  autoMerge: boolean;
  /** What must have passed before the merge. */
  gates: readonly Gate[];
  /** Whether it asks for what no check of CI can tell: then its gates cannot be told either. */
  hasUnmappedGates: boolean;
  reviewHours: number;
  /** HIGH because somebody configured it so: the security team has to approve. */
  needsSecurityTeam: boolean;
}

const low = (reviewHours: number, gates: readonly Gate[]): Omit<WorkPolicy, "severity"> => ({
  autoMerge: true,
  gates,
  hasUnmappedGates: false,
  reviewHours,
  needsSecurityTeam: false,
});

const high = (reviewHours: number, gates: readonly Gate[]): Omit<WorkPolicy, "severity"> => ({
  ...low(reviewHours, gates),
  autoMerge: false,
  hasUnmappedGates: gates.length > 0,
  needsSecurityTeam: gates.length > 0,
});

/** The five configurations that are published (metrics.md 5.1); everything else is HIGH until somebody configures it. */
const CONFIGURED: Readonly<Partial<Record<Category, Omit<WorkPolicy, "severity">>>> = {
  documentation: low(48, ["link_check_pass", "spelling_check_pass"]),
  test_generation: low(24, [
    "tests_pass",
    "coverage_maintained",
    "no_security_issues",
    "no_dependency_vulnerabilities",
  ]),
  bug_fix_isolated: low(12, [
    "tests_pass",
    "no_regression",
    "no_security_issues",
    "performance_stable",
    "coverage_maintained",
  ]),
  cross_module_refactor: high(4, ["tests_pass", "integration_tests_pass", "no_security_issues"]),
  security_critical: high(2, ["tests_pass", "no_security_issues", "dast_scan_clean", "no_dependency_vulnerabilities"]),
};

/** The policy that is shipped, by kind of work. */
export const SHIPPED_POLICY: Readonly<Record<Category, WorkPolicy>> = Object.fromEntries(
  CATEGORIES.map((category) => [
    category,
    { ...(CONFIGURED[category] ?? high(2, [])), severity: CATEGORY_SEVERITY[category] },
  ]),
) as Record<Category, WorkPolicy>;
