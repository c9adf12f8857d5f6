/** How far a team has come with agents, in the order in which it goes through them; the code is the position. */
export const ROLLOUT_PHASES = ["planning", "pilot", "rollout", "full"] as const;
export type RolloutPhase = (typeof ROLLOUT_PHASES)[number];
export const ROLLOUT_PHASE_LABEL: Record<RolloutPhase, string> = {
  planning: "Planning",
  pilot: "Pilot",
  rollout: "Rollout",
  full: "Full",
};

/** What people are called on a roster; the code is the position. */
export const SENIORITIES = ["junior", "mid", "senior"] as const;
export type Seniority = (typeof SENIORITIES)[number];
export const SENIORITY_LABEL: Record<Seniority, string> = { junior: "Junior", mid: "Mid-level", senior: "Senior" };
