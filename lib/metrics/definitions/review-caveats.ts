import { AGENT_POPULATION_CAVEAT, ELIGIBLE_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";

/** Said by every metric of what people did before the merge (metrics.md 2.3, 2.4). */
export const REVIEW_CAVEATS = [
  AGENT_POPULATION_CAVEAT,
  ELIGIBLE_CAVEAT,
  "Only where a source tells of reviews; a clone alone does not.",
  "Reviews by programs and by whoever opened the pull request do not count; those of the person who gave the work to an agent do.",
  MANY_AGENTS_CAVEAT,
];

/** Said by whether work is merged as the policy asks (metrics.md 5.3). */
export const COMPLIANCE_CAVEATS = [
  "The policy is the one that is shipped: documentation, tests and isolated fixes may merge themselves when their gates pass; everything else needs a person’s approval.",
  "Missing data is never compliance: where a required gate reported nothing, or an approval by the security team would be needed, a pull request is counted as not evaluable beside the rate, unless another check fails.",
  "Gates are recognised by the names of checks; an approval counts when it is of a person, not of the author, and not older than the last commit.",
  "The first review is late when it comes after the policy’s timeout: 2 hours where nothing is configured.",
  ...REVIEW_CAVEATS,
];

/** Said by what is decided by how much was changed after a review. */
export const REWORK_CAVEATS = [
  "Reworked is: at least 10 lines and a fifth of the final change came after a person asked for changes, or are commits by people on an agent's branch; the labels rework:yes and rework:no outrank both, and no wins.",
  "What an agent helped with (assisted) holds commits by people by its nature, so most of it counts as reworked: filter by author kind to see what agents wrote alone.",
  "Commits count by when they were written, so that a rebase is no rework; work that was amended into an older commit is missed.",
  "Pull requests that nobody reviewed cannot show rework: they are left out and counted beside.",
  ...REVIEW_CAVEATS,
];
