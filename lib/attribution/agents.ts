import { AGENT_RULES } from "./rules/rules";
import type { AgentVerdict } from "./types";

/** Agents that the rules know: key in verdicts, permanent code (bit in stored facts), name for people. */
export const AGENTS: readonly { key: string; code: number; name: string }[] = AGENT_RULES.agents.map(
  ({ key, code, name }) => ({ key, code, name }),
);

/** Changes whenever rules data or the way it is applied changes; stored with every verdict. */
export const RULE_VERSION = AGENT_RULES.version;

const BIT = new Map(AGENTS.map(({ key, code }) => [key, 1n << BigInt(code)]));

/** The agents of a pull request as one 63-bit mask; agents that the rules no longer know have no bit. */
export function agentMaskOf(agents: readonly Pick<AgentVerdict, "agent">[]): bigint {
  let mask = 0n;
  for (const { agent } of agents) mask |= BIT.get(agent) ?? 0n;
  return mask;
}
