/** What is not known of a pull request that a metric would have to read, and how a sentence about several says so. */
export const UNKNOWN_LABEL = {
  unclear_rollback: "an older version took it back with others, and nothing says which was meant",
  unknown_coverage: "no coverage was reported",
  unknown_churn: "what became of their lines is unknown",
  not_scanned: "no scan was sent, or line counts are unknown",
  not_caught_anywhere: "what is found before a merge is not recorded",
  not_evaluable: "a check of the policy cannot be told",
  unknown_commits: "the commits of their branches are unknown",
  unknown_lines: "line counts are unknown",
  unknown_flow: "when it was opened and ready is unknown",
  unknown_reviews: "reviews are unknown",
  not_reviewed: "no review by a person is known",
  unknown_merger: "who merged it is unknown",
  unknown_deployment: "no deployments are told of",
  not_traced: "whose lines fixes change is unknown",
  unknown_defects: "defects or line counts are unknown",
  not_deployed: "no deployment is known, or no incidents are told of",
  not_on_roster: "nobody on the roster is named",
  not_triaged: "nobody has said why",
  no_defect_fixed: "no defect that is closed is known, or no deployments are told of",
  not_reverted: "no rollback of what caused it is known",
  not_redeployed: "it is not over, or nothing was deployed to mend it",
  not_judged: "nobody has judged them",
  unknown_failure: "neither incidents nor rollbacks are told of",
} as const;

export type Unknown = keyof typeof UNKNOWN_LABEL;
