import { normaliseLabel } from "./rules/normalise-label";
import type { RuleSet } from "./rules/rule-set";
import { AGENT_RULES } from "./rules/rules";

const AGENT_LABELS: ReadonlySet<string> = new Set([
  ...AGENT_RULES.agents.flatMap(({ key, labels, name }) => [key, name, ...labels].map(normaliseLabel)),
  ...AGENT_RULES.labels.map(({ label }) => label),
  // What the agents themselves wait for.
  "claude",
  "ai-agent",
  "agent",
]);

/** Whether a label on an issue is for an agent to take it up: it names one, or agents in general. */
export function namesAgent(label: string, rules: RuleSet): boolean {
  const own = rules.labelOf(label);
  return AGENT_LABELS.has(normaliseLabel(label)) || (own !== undefined && own !== "assisted");
}
