/** The numbers of `fact_pull_request_course`, in its order. */
export const COURSE_COLUMNS = [
  "cycle_seconds",
  "coding_seconds",
  "pickup_seconds",
  "review_seconds",
  "merge_seconds",
  "deploy_seconds",
  "deploy_watched",
  "human_reviews",
  "review_rounds",
  "reworked",
  "auto_merged",
  "intervened",
  "undone_seconds",
  "defects_30d",
  "defects_90d",
  "security_90d",
] as const;
