import type { MeasurePage } from "@/components/reports/measures/measure-page";

export const REVIEW: MeasurePage = {
  cards: [
    "pr_rework_rate",
    "first_pass_yield",
    "rejection_rate",
    "unreviewed_merge_rate",
    "human_intervention_rate",
    "fix_loop_rounds",
  ],
  sideBySide: [
    "pr_rework_rate",
    "first_pass_yield",
    "rejection_rate",
    "acceptance_rate",
    "fix_loop_rounds",
    "unreviewed_merge_rate",
    "auto_merge_rate",
    "human_intervention_rate",
    "post_merge_rework_rate_21d",
  ],
  trends: ["pr_rework_rate", "first_pass_yield", "unreviewed_merge_rate"],
  columns: ["pr_rework_rate", "first_pass_yield", "unreviewed_merge_rate"],
};
