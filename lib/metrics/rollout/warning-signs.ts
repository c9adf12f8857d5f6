import { formatDate } from "@/lib/core/format";
import { ROLLOUT_PHASE_LABEL, type RolloutPhase } from "@/lib/core/rollout-words";

/** Rollouts that failed stayed between 10 and 30 % (Enterprise AI Coding Assistant Case Studies, 2026-02-02). */
const FAILED_SHARE = 0.3;
const WEEKS_TO_TAKE_HOLD = 12;
const FALL = 0.25;

export interface RolloutCourse {
  phase: RolloutPhase | null;
  /** Whole weeks since its rollout began; null: it has not. */
  weeksSinceRollout: number | null;
  adoption: number | null;
  peak: { value: number; week: string } | null;
}

const percent = (share: number): string => `${Math.round(share * 100)}\u00a0%`;

/** What speaks of a rollout that fails, in sentences; none of a team that has not begun or that is too small to say. */
export function warningSigns({ adoption, peak, phase, weeksSinceRollout }: RolloutCourse): string[] {
  if (adoption === null) return [];
  const signs: string[] = [];
  if (weeksSinceRollout !== null && weeksSinceRollout >= WEEKS_TO_TAKE_HOLD && adoption < FAILED_SHARE) {
    signs.push(
      `${percent(adoption)} of its people work with agents, ${weeksSinceRollout} weeks after the rollout began: rollouts that failed stayed between 10 and 30\u00a0%.`,
    );
  }
  if (peak !== null && peak.value - adoption >= FALL) {
    signs.push(
      `Adoption fell from ${percent(peak.value)} in the week of ${formatDate(`${peak.week}T12:00:00Z`, "UTC")} to ${percent(adoption)}.`,
    );
  }
  if (phase === "full" && adoption === 0) {
    signs.push(
      `It is said to be in the phase “${ROLLOUT_PHASE_LABEL.full}”, and nobody worked with agents for 28 days.`,
    );
  }
  return signs;
}
