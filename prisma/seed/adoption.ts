import { ROLLOUT_PHASES, type RolloutPhase } from "@/lib/core/rollout-words";
import { dateOf, dayOf } from "./calendar";
import type { TeamSlug } from "./company";
import type { OrdinaryTask } from "./tasks";
import { inSettlementRewrite } from "./tasks";

/** How teams took up agents, and how often their changes had to be taken back. Every figure here is invented. */

export const AGENT_TOOLS = ["claude_code", "cursor", "copilot", "codex", "devin", "jules", "acme_autofix"] as const;
export type AgentTool = (typeof AGENT_TOOLS)[number];

interface Adoption {
  /** Day its pilot began, by the company's plan. */
  pilot: number;
  /** Day the curve is half way up, and how many days the steep part takes. */
  midway: number;
  slope: number;
  plateau: number;
  tools: Readonly<Record<AgentTool, number>>;
  /** The team gave it up from this day on. */
  stopped?: number;
}

const ADOPTION: Record<TeamSlug, Adoption> = {
  payments: {
    pilot: dayOf("2025-08-11"),
    midway: dayOf("2025-10-20"),
    slope: 34,
    plateau: 0.62,
    tools: { claude_code: 5, cursor: 2, copilot: 2, codex: 1, devin: 0.6, jules: 0, acme_autofix: 0.12 },
  },
  ledger: {
    pilot: dayOf("2026-01-26"),
    midway: dayOf("2026-03-10"),
    slope: 22,
    plateau: 0.5,
    tools: { claude_code: 4, cursor: 0.6, copilot: 3, codex: 0.4, devin: 0, jules: 0, acme_autofix: 0 },
  },
  identity: {
    pilot: dayOf("2025-11-17"),
    midway: dayOf("2026-01-05"),
    slope: 40,
    plateau: 0.36,
    tools: { claude_code: 3, cursor: 0.5, copilot: 1, codex: 2, devin: 0, jules: 0, acme_autofix: 0 },
  },
  search: {
    pilot: dayOf("2025-05-12"),
    midway: dayOf("2025-06-15"),
    slope: 28,
    plateau: 0.76,
    tools: { claude_code: 6, cursor: 3, copilot: 0.6, codex: 2.4, devin: 0.2, jules: 0.2, acme_autofix: 0 },
  },
  mobile: {
    pilot: dayOf("2025-08-18"),
    midway: dayOf("2025-11-03"),
    slope: 45,
    plateau: 0.54,
    tools: { claude_code: 2.4, cursor: 3, copilot: 1.4, codex: 0.6, devin: 0, jules: 1.4, acme_autofix: 0.1 },
  },
  web: {
    pilot: dayOf("2025-06-16"),
    midway: dayOf("2025-08-01"),
    slope: 30,
    plateau: 0.7,
    tools: { claude_code: 3, cursor: 5, copilot: 1.6, codex: 0.8, devin: 0.3, jules: 0.4, acme_autofix: 0.1 },
  },
  "data-platform": {
    pilot: dayOf("2025-08-04"),
    midway: dayOf("2025-09-10"),
    slope: 38,
    plateau: 0.64,
    tools: { claude_code: 4, cursor: 1, copilot: 1.2, codex: 1, devin: 2.4, jules: 0, acme_autofix: 0 },
  },
  infrastructure: {
    pilot: dayOf("2025-12-08"),
    midway: dayOf("2026-02-02"),
    slope: 36,
    plateau: 0.52,
    tools: { claude_code: 3.4, cursor: 0.3, copilot: 3, codex: 0.8, devin: 0, jules: 0, acme_autofix: 0.5 },
  },
  "developer-experience": {
    pilot: dayOf("2025-05-05"),
    midway: dayOf("2025-05-20"),
    slope: 20,
    plateau: 0.84,
    tools: { claude_code: 7, cursor: 1, copilot: 1.4, codex: 2, devin: 0.4, jules: 0.6, acme_autofix: 0.3 },
  },
  documentation: {
    pilot: dayOf("2025-06-09"),
    midway: dayOf("2025-07-20"),
    slope: 26,
    plateau: 0.78,
    tools: { claude_code: 4, cursor: 0.4, copilot: 3, codex: 0, devin: 0, jules: 0.8, acme_autofix: 0 },
  },
  fulfilment: {
    pilot: dayOf("2025-08-04"),
    midway: dayOf("2025-08-25"),
    slope: 24,
    plateau: 0.56,
    tools: { claude_code: 0.6, cursor: 0.6, copilot: 2, codex: 0.3, devin: 4, jules: 0, acme_autofix: 0 },
    stopped: dayOf("2026-04-13"),
  },
  "research-tools": {
    pilot: dayOf("2025-05-26"),
    midway: dayOf("2025-07-01"),
    slope: 30,
    plateau: 0.6,
    tools: { claude_code: 3, cursor: 1, copilot: 0, codex: 1, devin: 0, jules: 0, acme_autofix: 0 },
  },
};

const AVAILABLE_FROM: Record<AgentTool, number> = {
  claude_code: dayOf("2025-04-01"),
  cursor: dayOf("2025-04-01"),
  copilot: dayOf("2025-05-27"),
  codex: dayOf("2025-06-09"),
  devin: dayOf("2025-04-01"),
  jules: dayOf("2025-08-18"),
  acme_autofix: dayOf("2026-01-19"),
};

/** Share of a team's changes with an agent's hand in them on a day, 0..1. */
export function agentShare(team: TeamSlug, day: number): number {
  const { midway, slope, plateau, stopped } = ADOPTION[team];
  const share = plateau / (1 + Math.exp(-(day - midway) / slope));
  if (stopped === undefined || day < stopped) return share;
  return 0.02 + share * Math.exp(-(day - stopped) / 9);
}

const WEEKS = 7;

/** When the team began to plan, to try, to take up and to have agents, as somebody would have entered it. */
export function rolloutOf(team: TeamSlug): { phase: RolloutPhase; startsOn: string }[] {
  const { pilot, stopped } = ADOPTION[team];
  const begins = { planning: pilot - 6 * WEEKS, pilot, rollout: pilot + 8 * WEEKS, full: pilot + 20 * WEEKS };
  return ROLLOUT_PHASES.filter((phase) => phase !== "full" || stopped === undefined).map((phase) => ({
    phase,
    startsOn: dateOf(begins[phase]),
  }));
}

/**
 * The share of changes with an agent's hand in them of one of its people: some take agents up first, some never do, and those who do carry the team's share.
 * @param id of their account: a number
 */
export function personalShare(team: TeamSlug, day: number, id: string): number {
  const { plateau } = ADOPTION[team];
  const share = agentShare(team, day);
  const takenUp = Math.min(1, (share / plateau) * (0.4 + 0.7 * plateau));
  const reluctance = (Number(id) * 0.618_034) % 1;
  return reluctance < takenUp ? share / takenUp : 0;
}

/** The tools a team uses on a day, as weights. */
export function toolWeights(team: TeamSlug, day: number): Record<AgentTool, number> {
  const weights = { ...ADOPTION[team].tools };
  for (const tool of AGENT_TOOLS) if (day < AVAILABLE_FROM[tool]) weights[tool] = 0;
  weights.claude_code *= 0.6 + day / 500;
  weights.devin *= Math.max(0.35, 1.2 - day / 450);
  return weights;
}

export type Authorship = "agent" | "assisted" | "human";

const ROLLED_BACK: Record<OrdinaryTask, { agent: number; human: number }> = {
  feature: { agent: 0.052, human: 0.021 },
  fix: { agent: 0.034, human: 0.017 },
  fix_wide: { agent: 0.047, human: 0.022 },
  chore: { agent: 0.03, human: 0.013 },
  perf: { agent: 0.06, human: 0.029 },
  refactor: { agent: 0.064, human: 0.031 },
  refactor_local: { agent: 0.04, human: 0.016 },
  tests: { agent: 0.015, human: 0.006 },
  docs: { agent: 0, human: 0 },
  security: { agent: 0.07, human: 0.024 },
  distributed: { agent: 0.08, human: 0.034 },
};

const TOOL_FACTOR: Record<AgentTool, number> = {
  claude_code: 0.95,
  cursor: 1,
  copilot: 1.05,
  codex: 0.95,
  devin: 1.15,
  jules: 1.2,
  acme_autofix: 1.4,
};

const MODEL_CHANGE = { from: dayOf("2026-03-02"), until: dayOf("2026-03-31") } as const;

/** Chance that a merged change is taken back later, however late. */
export function rollbackChance(
  task: OrdinaryTask,
  authorship: Authorship,
  tool: AgentTool | null,
  team: TeamSlug,
  day: number,
): number {
  const { agent, human } = ROLLED_BACK[task];
  if (authorship === "human" || tool === null) return human;
  const byAgent = agent * TOOL_FACTOR[tool];
  let chance = authorship === "agent" ? byAgent : human + 0.6 * (byAgent - human);
  if (day >= MODEL_CHANGE.from && day <= MODEL_CHANGE.until) chance *= 2.3;
  if (task === "refactor" && inSettlementRewrite(team, day)) chance = authorship === "agent" ? 0.3 : 0.22;
  return chance;
}
