import { AGENT_POPULATION_CAVEAT, ELIGIBLE_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";

/** Said by every metric that looks at what was rolled back within a window (metrics.md 2.5, G8, G9). */
export const ROLLBACK_CAVEATS = [
  AGENT_POPULATION_CAVEAT,
  ELIGIBLE_CAVEAT,
  "Only pull requests old enough for the whole window are counted; younger ones leave numerator and denominator and are counted beside.",
  "Only full reverts count; a revert of less than half of the change is rework. A re-land leaves the original rolled back.",
  "An older version in production rolls a pull request back where it is the only one between, or the rollback, an incident or a revert names it. Of several of which nothing names one, all are left out, and bounds say what none and all of them would make of the rate.",
  "Wilson treats outcomes as independent; several reverted by one revert count singly.",
  "A rollback that nobody performs is not seen.",
  MANY_AGENTS_CAVEAT,
];
