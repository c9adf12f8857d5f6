import { ELIGIBLE_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";

/** Said by every metric of times on the way to the merge (metrics.md 2.2). */
export const FLOW_CAVEATS = [
  "Every eligible merged pull request, whoever wrote it; group by author kind to compare.",
  "Only where a source tells when a pull request was opened and ready; a clone alone does not.",
  "It starts with the first commit, or with the opening where that came before: when an agent was given the work is not known.",
  "Time as a draft belongs to coding. A time that is out of order counts as 0, and its neighbour takes up the difference.",
  "Medians of stages do not add up to the median of the whole.",
  "Pull requests that are still open are not in it: those that are stuck are missing.",
  ELIGIBLE_CAVEAT,
  MANY_AGENTS_CAVEAT,
];

export const MEDIAN_INTERVAL = "order statistics, 95 %; none below 6";
