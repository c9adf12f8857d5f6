import type { MeasurePage } from "@/components/reports/measures/measure-page";

export const VELOCITY: MeasurePage = {
  cards: ["prs_merged_week", "cycle_time_total", "stage_coding", "stage_pickup", "stage_review", "stage_merge"],
  sideBySide: [
    "stage_coding",
    "stage_pickup",
    "stage_review",
    "stage_merge",
    "merge_to_deploy",
    "change_lead_time",
    "cycle_time_total",
    "fix_cycle_time",
  ],
  trends: ["stage_pickup", "stage_review", "stage_merge", "stage_coding"],
  columns: ["stage_pickup", "stage_review", "cycle_time_total"],
};
