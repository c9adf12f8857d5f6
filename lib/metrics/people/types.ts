import type { Seniority } from "@/lib/core/rollout-words";
import type { MetricRow } from "@/lib/metrics/types";

/** Shares of teams with small teams pulled to the middle. Answer of `POST /api/v1/metrics/ranking`. */
export interface Ranking {
  asOf: string | null;
  metric: string;
  /** The rate of all of them; null with fewer than two. */
  pooled: number | null;
  /** Whether teams differ by more than chance would have it. */
  differ: boolean;
  teams: {
    /** Slug. */
    team: string;
    k: number;
    n: number;
    crude: number;
    /** With its 95 % interval, where teams differ; that of all of them where they do not. */
    estimate: number | null;
    lo: number | null;
    hi: number | null;
  }[];
}

/** Agents beside groups of people. Answer of `POST /api/v1/metrics/seniority`. */
export interface SeniorityTable {
  asOf: string | null;
  /** Whether the seniority of anybody is known. */
  isKnown: boolean;
  arms: {
    arm: "agent" | Seniority;
    /** Agents that took part, or people for whom something was merged; null where they are fewer than five. */
    members: number | null;
    /** By metric; empty where there are too few members. `per_member` is pull requests of each of them in a week. */
    rows: Record<string, MetricRow>;
  }[];
}
