/** Why a pull request failed, as somebody says who looked at it (metrics.md 2.8); the code is permanent. */
export const FAILURE_CAUSES = [
  "missing_context",
  "hallucinated_integration",
  "vague_spec",
  "scope_creep",
  "logic_error",
  "dependency_conflict",
  "performance_regression",
  "security_vulnerability",
  "architectural_mismatch",
  "incomplete_implementation",
  "other",
] as const;
export type FailureCause = (typeof FAILURE_CAUSES)[number];
/** What failed and nobody has said why. */
export const NOT_TRIAGED = "not_triaged";
/** What a filter by cause may name. */
export const CAUSE_FILTERS = [...FAILURE_CAUSES, NOT_TRIAGED] as const;

/** What facts store of a cause, and 0 where nobody has said one; permanent. */
export const FAILURE_CAUSE_CODE: Record<FailureCause, number> = {
  missing_context: 1,
  hallucinated_integration: 2,
  vague_spec: 3,
  scope_creep: 4,
  logic_error: 5,
  dependency_conflict: 6,
  performance_regression: 7,
  security_vulnerability: 8,
  architectural_mismatch: 9,
  incomplete_implementation: 10,
  other: 11,
};
export const FAILURE_CAUSE_LABEL: Record<FailureCause, string> = {
  missing_context: "Missing context",
  hallucinated_integration: "Hallucinated integration",
  vague_spec: "Vague specification",
  scope_creep: "Scope creep",
  logic_error: "Logic error",
  dependency_conflict: "Dependency conflict",
  performance_regression: "Performance regression",
  security_vulnerability: "Security vulnerability",
  architectural_mismatch: "Architectural mismatch",
  incomplete_implementation: "Incomplete implementation",
  other: "Something else",
};
export const NOT_TRIAGED_CODE = 0;
