import { dayOf } from "./calendar";
import type { TeamSlug } from "./company";
import type { DomainKey } from "./domains";

/** What a change sets out to do. The product classifies it again from titles, labels and paths. */
export type OrdinaryTask =
  | "feature"
  | "fix"
  | "fix_wide"
  | "chore"
  | "perf"
  | "refactor"
  | "refactor_local"
  | "tests"
  | "docs"
  | "security"
  | "distributed";
export type TaskKind = OrdinaryTask | "automation";
type Weights = Record<OrdinaryTask, number>;

const BASE: Weights = {
  feature: 0.27,
  fix: 0.21,
  fix_wide: 0.08,
  chore: 0.13,
  perf: 0.035,
  refactor: 0.065,
  refactor_local: 0.045,
  tests: 0.09,
  docs: 0.085,
  security: 0.022,
  distributed: 0.016,
};

const DOMAIN_TILT: Partial<Record<DomainKey, Partial<Weights>>> = {
  payments: { security: 0.032, distributed: 0.03 },
  identity: { security: 0.05 },
  search: { perf: 0.07 },
  data: { distributed: 0.035, docs: 0.06 },
  infra: { chore: 0.24, distributed: 0.03, feature: 0.22 },
  devx: { chore: 0.18, docs: 0.11 },
  docs: { docs: 0.78, feature: 0.05, fix: 0.05, refactor: 0.01, tests: 0.01, perf: 0.005, security: 0, distributed: 0 },
  mobile: { distributed: 0.002 },
  web: { distributed: 0.002 },
};

/** How readily people hand a kind of task to an agent, against the team's average. */
export const AGENT_AFFINITY: Weights = {
  feature: 0.85,
  fix: 1.1,
  fix_wide: 0.9,
  chore: 1.1,
  perf: 0.95,
  refactor: 1.05,
  refactor_local: 1,
  tests: 1.4,
  docs: 1.2,
  security: 0.5,
  distributed: 0.6,
};

const SPLIT_FROM = dayOf("2026-08-03");

/** Whether a day is inside the Payments team's large settlement rewrite, the category that goes wrong. */
export function inSettlementRewrite(team: TeamSlug, day: number): boolean {
  return team === "payments" && day >= SPLIT_FROM;
}

/** Weights of the kinds of work in a repository on a day. */
export function taskWeights(domain: DomainKey, team: TeamSlug, day: number): Weights {
  const weights = { ...BASE, ...DOMAIN_TILT[domain] };
  return inSettlementRewrite(team, day) ? { ...weights, refactor: 0.24 } : weights;
}

/** Lines added: median and the standard deviation of the logarithm; share of deletions; hours a pull request stays open. */
export const TASK_SHAPE: Record<OrdinaryTask, { lines: number; sigma: number; deleted: number; openHours: number }> = {
  feature: { lines: 130, sigma: 1, deleted: 0.22, openHours: 22 },
  fix: { lines: 16, sigma: 0.9, deleted: 0.6, openHours: 7 },
  fix_wide: { lines: 48, sigma: 0.8, deleted: 0.5, openHours: 15 },
  chore: { lines: 14, sigma: 1.2, deleted: 0.8, openHours: 5 },
  perf: { lines: 46, sigma: 0.8, deleted: 0.5, openHours: 20 },
  refactor: { lines: 170, sigma: 0.9, deleted: 0.9, openHours: 26 },
  refactor_local: { lines: 60, sigma: 0.8, deleted: 1, openHours: 11 },
  tests: { lines: 95, sigma: 0.8, deleted: 0.12, openHours: 6 },
  docs: { lines: 34, sigma: 1, deleted: 0.3, openHours: 5 },
  security: { lines: 55, sigma: 0.8, deleted: 0.4, openHours: 30 },
  distributed: { lines: 110, sigma: 0.8, deleted: 0.35, openHours: 34 },
};
