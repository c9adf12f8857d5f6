import type { MeasurePage } from "@/components/reports/measures/measure-page";

export const REVIEW: MeasurePage = {
  cards: [
    "pr_rework_rate",
    "first_pass_yield",
    "rejection_rate",
    "unreviewed_merge_rate",
    "review_hours_per_pr",
    "compliance_rate",
  ],
  sideBySide: [
    "pr_rework_rate",
    "first_pass_yield",
    "rejection_rate",
    "acceptance_rate",
    "fix_loop_rounds",
    "review_hours_per_pr",
    "review_hours",
    "unreviewed_merge_rate",
    "auto_merge_rate",
    "human_intervention_rate",
    "post_merge_rework_rate_21d",
  ],
  trends: ["pr_rework_rate", "first_pass_yield", "unreviewed_merge_rate", "review_hours_per_pr"],
  columns: ["pr_rework_rate", "unreviewed_merge_rate", "compliance_rate"],
};
