/**
 * The closed vocabularies that events, facts, metrics and pages share. Facts store the code, never the word, so a
 * code is permanent: append, never renumber.
 */

export const AUTHOR_KINDS = ["agent", "assisted", "human", "automation"] as const;
export type AuthorKind = (typeof AUTHOR_KINDS)[number];
export const AUTHOR_KIND_CODE: Record<AuthorKind, number> = { agent: 1, assisted: 2, human: 3, automation: 4 };
export const AUTHOR_KIND_LABEL: Record<AuthorKind, string> = {
  agent: "Agent",
  assisted: "Assisted",
  human: "Human",
  automation: "Automation",
};

export const CATEGORIES = [
  "documentation",
  "test_generation",
  "bug_fix_isolated",
  "boilerplate_scaffolding",
  "performance_sensitive",
  "cross_module_refactor",
  "distributed_systems",
  "security_critical",
  "unclassified",
] as const;
export type Category = (typeof CATEGORIES)[number];
export const CATEGORY_CODE: Record<Category, number> = {
  documentation: 1,
  test_generation: 2,
  bug_fix_isolated: 3,
  boilerplate_scaffolding: 4,
  performance_sensitive: 5,
  cross_module_refactor: 6,
  distributed_systems: 7,
  security_critical: 8,
  unclassified: 9,
};
export const CATEGORY_LABEL: Record<Category, string> = {
  documentation: "Documentation",
  test_generation: "Test generation",
  bug_fix_isolated: "Isolated bug fix",
  boilerplate_scaffolding: "Boilerplate",
  performance_sensitive: "Performance-sensitive",
  cross_module_refactor: "Cross-module refactor",
  distributed_systems: "Distributed systems",
  security_critical: "Security-critical",
  unclassified: "Unclassified",
};

/** Shipped policy class per category (metrics.md 5.1): everything not configured is HIGH. */
export const SEVERITIES = ["LOW", "MEDIUM", "HIGH"] as const;
export type Severity = (typeof SEVERITIES)[number];
export const CATEGORY_SEVERITY: Record<Category, Severity> = {
  documentation: "LOW",
  test_generation: "LOW",
  bug_fix_isolated: "LOW",
  boilerplate_scaffolding: "HIGH",
  performance_sensitive: "HIGH",
  cross_module_refactor: "HIGH",
  distributed_systems: "HIGH",
  security_critical: "HIGH",
  unclassified: "HIGH",
};

/** Effective added lines: ≤50, ≤200, ≤1000, >1000; `unknown` where a clone holds no line counts (metrics.md G12). */
export const SIZE_BUCKETS = ["xs", "s", "m", "l", "unknown"] as const;
export type SizeBucket = (typeof SIZE_BUCKETS)[number];
export const SIZE_BUCKET_CODE: Record<SizeBucket, number> = { xs: 1, s: 2, m: 3, l: 4, unknown: 0 };
export function sizeBucketOf(effectiveLines: number | null): SizeBucket {
  if (effectiveLines === null) return "unknown";
  if (effectiveLines <= 50) return "xs";
  if (effectiveLines <= 200) return "s";
  return effectiveLines <= 1000 ? "m" : "l";
}

/** Why a merged pull request is outside the eligible population (metrics.md G3); `none` means it is inside. */
export const EXCLUSIONS = ["none", "automation", "release", "back_merge", "backport", "revert", "branch"] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];
export const EXCLUSION_CODE: Record<Exclusion, number> = {
  none: 0,
  automation: 1,
  release: 2,
  back_merge: 3,
  backport: 4,
  revert: 5,
  branch: 6,
};
export const EXCLUSION_LABEL: Record<Exclusion, string> = {
  none: "counted",
  automation: "automation",
  release: "release",
  back_merge: "back-merge",
  backport: "backport",
  revert: "revert",
  branch: "branch left out",
};

/**
 * What took a pull request back, or how far: a revert, an older version that was deployed, or a rollback that a program tells of;
 * `ambiguous` is one of several that an older version took back. `partial` is rework.
 */
export const REVERT_KINDS = [
  "revert",
  "deployment",
  "told",
  "ambiguous",
  "undeclared",
  "partial",
  "embedded",
  "reland",
  "unresolved",
] as const;
export type RevertKind = (typeof REVERT_KINDS)[number];
/** Those that the rates of what was rolled back count. */
export const ROLLBACK_KINDS = ["revert", "deployment", "told"] as const satisfies readonly RevertKind[];

export const CONFIDENCES = ["certain", "strong", "weak", "none"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Codes of what happens around pull requests (reviews, checks, deployments, incidents, defects, costs). */
export const ACTOR_KIND_CODE = { unknown: 0, user: 1, bot: 2 } as const;
export const REVIEW_STATE_CODE = { approved: 1, changes_requested: 2, commented: 3 } as const;
export const CI_CONCLUSION_CODE = {
  success: 1,
  failure: 2,
  cancelled: 3,
  timed_out: 4,
  skipped: 5,
  neutral: 6,
} as const;
export const DEPLOYMENT_STATUS_CODE = { success: 1, failure: 2 } as const;
export const DEPLOYMENT_KIND_CODE = { change: 1, hotfix: 2, rollback: 3 } as const;
/** How something was taken back without a deployment. */
export const TOLD_ROLLBACK_CODE = { flag: 1, hand: 2 } as const;
export const INCIDENT_SEVERITY_CODE = { sev1: 1, sev2: 2, sev3: 3, sev4: 4 } as const;
export const DEFECT_SEVERITY_CODE = { critical: 1, high: 2, medium: 3, low: 4 } as const;
/** How an amount is known, the best first: of the same cost the best known counts. */
export const COST_BASIS_CODE = { billed: 0, metered: 1, estimated: 2 } as const;
/** Who says that a session of an agent worked on a pull request. */
export const SESSION_TOLD_CODE = { run: 1, trailer: 2 } as const;
export const COST_ITEM_CODE = { api: 1, seats: 2, ci: 3, infrastructure: 4, training: 5 } as const;

export const DIMENSIONS = [
  "org",
  "repo",
  "team",
  "agent",
  "authorKind",
  "category",
  "severity",
  "sizeBucket",
  "cause",
  "environment",
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const UNASSIGNED_TEAM = "unassigned";
/** What stands for every team that is too small to be shown by itself. */
export const SMALL_TEAMS = "small-teams";

export const HOUR_SECONDS = 3600;
export const DAY_SECONDS = 86_400;
/** A cohort is read only once this much later than its window, so that late clocks have settled (metrics.md G8). */
export const SETTLE_SECONDS = 3600;
