import type { RolloutPhase } from "@/lib/core/rollout-words";

/** How teams take up agents, and what came of it (metrics.md 2.10). Days are `YYYY-MM-DD`. */

export interface PhaseItem {
  phase: RolloutPhase;
  startsOn: string;
}

/** How many of a team's people work with agents at an instant; no value where they are fewer than five. */
export interface AdoptionReading {
  value: number | null;
  k: number | null;
  n: number | null;
}

export interface TeamRollout {
  org: string;
  /** Slug. */
  team: string;
  phases: PhaseItem[];
  /** The phase that it is in at the end of the data; null before the first, and where nobody entered any. */
  phase: RolloutPhase | null;
  /** From when on it counts as adopting: the first of pilot, rollout and full. */
  adoptedOn: string | null;
  /** Monday of the first of four weeks in a row with an agent's pull request: what might be entered. */
  firstUse: string | null;
  adoption: AdoptionReading;
  /** The most that it was in the last 26 weeks, and when. */
  peak: { value: number; week: string } | null;
  /** What speaks of a rollout that fails, in sentences. */
  signs: string[];
}

/** Teams that began within four weeks of each other, and those that had not begun yet. */
export interface Wave {
  /** Of the first and of the last of them. */
  from: string;
  to: string;
  treated: string[];
  control: string[];
  /** Whole weeks before the first began and after the last did; null where there is no comparison. */
  before: { from: string; to: string } | null;
  after: { from: string; to: string } | null;
  /** Why there is no comparison. */
  reason: string | null;
}

/** Answer of `GET /api/v1/rollout`. */
export interface Rollout {
  asOf: string | null;
  teams: TeamRollout[];
  /** Oldest first. */
  waves: Wave[];
}

/** What a pilot could show before it begins: answer of `POST /api/v1/rollout/pilot`. */
export interface PilotAnswer {
  metric: string;
  weeks: number;
  /** The two stretches of so many weeks that teams are known of: `[from, to)`. */
  from: string;
  to: string;
  isRatio: boolean;
  /** Teams with figures of both stretches. */
  treated: number;
  control: number;
  /** In the unit of the metric; of times as a factor. null with a reason. */
  detectable: number | null;
  /** Of what teams come to now. */
  relative: number | null;
  mayBeSignificant: boolean;
  reason: string | null;
}

export interface TeamEffect {
  team: string;
  arm: "treated" | "control";
  before: number | null;
  after: number | null;
}

/** Answer of `POST /api/v1/rollout/effect`. */
export interface EffectAnswer {
  metric: string;
  wave: Wave;
  teams: TeamEffect[];
  /** In the unit of the metric; of times as a factor, 1 being no effect. */
  effect: {
    estimate: number;
    lo: number;
    hi: number;
    /** Of what the adopting teams would have come to. */
    relative: number | null;
    p: number;
    isExact: boolean;
    /** The smallest that p can be with so many teams. */
    smallestP: number;
    /** Whether it may be called significant: at least four teams on each side. */
    mayBeSignificant: boolean;
    /** An effect of this size would have been seen four times in five. */
    detectable: number;
    treated: number;
    control: number;
  } | null;
  reason: string | null;
  isRatio: boolean;
  /** By week the means of the teams that began and of the others, of times the geometric ones. */
  weeks: {
    week: string;
    treated: number | null;
    control: number | null;
    /** Between them, less what they differed by before. */
    difference: number | null;
    isBefore: boolean;
  }[];
}
