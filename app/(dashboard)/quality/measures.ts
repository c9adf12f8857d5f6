import type { MeasurePage } from "@/components/reports/measures/measure-page";

export const QUALITY: MeasurePage = {
  cards: [
    "defect_density_30d",
    "defect_density_90d",
    "security_density_90d",
    "post_merge_rework_rate_21d",
    "rollback_rate_7d",
    "code_churn_21d",
  ],
  sideBySide: [
    "defect_density_30d",
    "defect_density_90d",
    "security_density_90d",
    "sast_findings_density",
    "pre_merge_catch_rate",
    "post_merge_rework_rate_21d",
    "code_churn_21d",
    "code_churn_14d",
    "rollback_rate_24h",
    "rollback_rate_7d",
    "production_debugging_rate_30d",
    "patch_coverage",
    "coverage_delta_pp",
    "safe_rate_7d",
  ],
  trends: [
    "defect_density_30d",
    "defect_density_90d",
    "post_merge_rework_rate_21d",
    "code_churn_21d",
    "sast_findings_density",
    "patch_coverage",
  ],
  columns: ["defect_density_90d", "post_merge_rework_rate_21d", "rollback_rate_7d"],
};
