import { ELIGIBLE_CAVEAT, INVISIBLE_AGENT_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";

/** Said by how sure it is whose work something is (metrics.md 2.0, G4). */
export const ATTRIBUTION_CAVEATS = [
  "Strong: an agent’s account opened it, its commits carry an agent’s trailer or name, or somebody said so. Weak: a label, a branch’s name, or a line in a description.",
  INVISIBLE_AGENT_CAVEAT,
  ELIGIBLE_CAVEAT,
  MANY_AGENTS_CAVEAT,
];
