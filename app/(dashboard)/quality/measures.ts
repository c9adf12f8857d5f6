import type { MeasurePage } from "@/components/reports/measures/measure-page";

export const QUALITY: MeasurePage = {
  cards: [
    "defect_density_30d",
    "defect_density_90d",
    "security_density_90d",
    "post_merge_rework_rate_21d",
    "rollback_rate_7d",
    "safe_rate_7d",
  ],
  sideBySide: [
    "defect_density_30d",
    "defect_density_90d",
    "security_density_90d",
    "post_merge_rework_rate_21d",
    "rollback_rate_24h",
    "rollback_rate_7d",
    "production_debugging_rate_30d",
    "patch_coverage",
    "coverage_delta_pp",
  ],
  trends: ["defect_density_30d", "defect_density_90d", "post_merge_rework_rate_21d", "patch_coverage"],
  columns: ["defect_density_90d", "post_merge_rework_rate_21d", "rollback_rate_7d"],
};
