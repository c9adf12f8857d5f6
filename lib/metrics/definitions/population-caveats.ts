/** Said by every metric over pull requests (metrics.md G3, G4). */
export const ELIGIBLE_CAVEAT =
  "Automation, release, back-merge, backport and revert pull requests are left out and counted beside; a re-land is new work.";
export const INVISIBLE_AGENT_CAVEAT =
  "Agent work committed under a person's account leaves no mark, so this is a lower bound.";
export const MANY_AGENTS_CAVEAT =
  "A pull request by several agents counts for each of them, so rows by agent may add up to more than the total.";
export const AGENT_POPULATION_CAVEAT =
  "Agent and assisted pull requests, unless the query groups or filters by author kind, which then chooses who is counted.";
