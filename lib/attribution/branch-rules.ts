import type { AgentRule } from "./rules/rule-schema";
import type { RuleSet } from "./rules/rule-set";
import { AGENT_RULES } from "./rules/rules";

/** An agent's way of naming branches, found in a head branch name. */
export interface BranchHit {
  agent: AgentRule;
  product: string | null;
  quote: string;
}

const compiled = AGENT_RULES.agents.flatMap((agent) =>
  agent.branches.map((branch) => ({
    agent,
    product: branch.product ?? null,
    prefix: branch.prefix ?? null,
    regex: branch.pattern === undefined ? null : new RegExp(branch.pattern),
    namesake: branch.namesake ? (branch.prefix ?? "").replace(/\W/g, "") : null,
  })),
);

/** GitHub's revert button makes `revert-<N>-<branch>`: the branch that is taken back, whoever presses the button. */
const REVERT_BUTTON = /^revert-\d+-/;

/**
 * The agent that a head branch is named after. `people` are the words of the names and logins of those who wrote it:
 * `devin/fix-login` by somebody called Devin is that person's branch.
 */
export function branchHit(headRef: string, people: () => ReadonlySet<string>, rules: RuleSet): BranchHit | null {
  if (REVERT_BUTTON.test(headRef)) return null;
  const own = rules.branchOf(headRef);
  if (own !== null) return { agent: own.agent, product: null, quote: headRef };
  for (const { agent, product, prefix, regex, namesake } of compiled) {
    if (prefix !== null ? !headRef.startsWith(prefix) : regex === null || !regex.test(headRef)) continue;
    if (namesake !== null && people().has(namesake)) continue;
    return { agent, product, quote: headRef };
  }
  return null;
}
