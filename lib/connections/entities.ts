/**
 * What is read of a repository at GitHub, in the order in which it is read. The older ones go back from where the first
 * walks ended, once every repository has its recent history.
 */
export const ENTITIES = [
  "pull_requests",
  "history",
  "codeowners",
  "deployments",
  "ci_runs",
  "checks",
  "review_comments",
  "issues",
  "releases",
  "security_alerts",
  "older_pull_requests",
  "older_history",
] as const;
export type Entity = (typeof ENTITIES)[number];
