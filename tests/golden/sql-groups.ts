/** Groups whose rule is a statement over facts: `tests/db/golden-courses.test.ts` answers them. */
export const SQL_GROUPS: ReadonlySet<string> = new Set([
  "cycle_time",
  "rework",
  "automerge",
  "defect_density",
  "review_hours",
  "churn_21d",
]);

/** Groups about deployments: `tests/db/operations.test.ts` answers them. */
export const OPERATION_GROUPS: ReadonlySet<string> = new Set(["cfr", "redeploy_cycles"]);

/** Groups of what holds agents against people: `tests/db/audit-factor.test.ts` answers them. */
export const FACTOR_GROUPS: ReadonlySet<string> = new Set(["audit_factor"]);

/** Groups about people: `tests/db/people-metrics.test.ts` answers them. */
export const PEOPLE_GROUPS: ReadonlySet<string> = new Set(["adoption"]);

/** Groups about why pull requests failed: `tests/db/failure-causes.test.ts` answers them. */
export const FAILURE_GROUPS: ReadonlySet<string> = new Set(["root_cause"]);

/** Groups of what people and tools report: `tests/api/reports.test.ts` answers them. */
export const REPORTED_GROUPS: ReadonlySet<string> = new Set(["survey", "false_positive"]);

/** Groups about coverage by tests: `tests/api/coverage.test.ts` answers them. */
export const COVERAGE_GROUPS: ReadonlySet<string> = new Set(["coverage"]);
