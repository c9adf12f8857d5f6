import { ELIGIBLE_CAVEAT, INVISIBLE_AGENT_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";

/** Said by how sure it is whose work something is (metrics.md 2.0, G4). */
export const ATTRIBUTION_CAVEATS = [
  "Strong: the account of an agent opened it, every commit of its branch was read, or somebody said so. Weak: a label, or a squashed message of which the branch is not there. Neither: an unknown program opened it.",
  INVISIBLE_AGENT_CAVEAT,
  ELIGIBLE_CAVEAT,
  MANY_AGENTS_CAVEAT,
];
