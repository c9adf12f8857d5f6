import agents from "./agents.json";
import programs from "./programs.json";
import { agentRulesSchema, programRulesSchema } from "./rule-schema";

/** The shipped rules, checked when the module loads: a bad edit stops the start, it does not misattribute. */
export const AGENT_RULES = agentRulesSchema.parse(agents);
export const PROGRAM_RULES = programRulesSchema.parse(programs);
