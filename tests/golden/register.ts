/** Of a metric of the specification's register: the golden group of its formula, or why the product does not have it yet. */
export type Registered = { golden: string } | { missing: string };

const TRIAGE = "nobody can say yet why a pull request failed";
const COVERAGE = "no source brings coverage by tests";
const SURVEY = "there are no surveys yet";
const MONEY = "costs are read and not yet put beside what they bought";
const LINKS = "which issues a pull request closes is not kept as a fact";

export const REGISTER: Readonly<Record<string, Registered>> = {
  prs_merged_week: { golden: "poisson_density" },
  prs_per_engineer_week: { golden: "velocity" },
  features_per_engineer_week: { missing: LINKS },
  commits_per_day: { missing: "commits are counted by their pull request, and not by the day that they were written" },
  deployment_frequency: { golden: "poisson_density" },
  cycle_time_total: { golden: "cycle_time" },
  stage_coding: { golden: "cycle_time" },
  stage_pickup: { golden: "cycle_time" },
  stage_review: { golden: "cycle_time" },
  stage_merge: { golden: "cycle_time" },
  merge_to_deploy: { golden: "kaplan_meier" },
  change_lead_time: {
    missing: "deployments are told apart by their commit, and not each of their commits by its time",
  },
  fix_cycle_time: { missing: LINKS },
  open_pr_age: { missing: "what is open is not held in memory" },
  ai_share_prs: { golden: "ai_share" },
  ai_share_lines: { golden: "ai_share" },
  acceptance_rate: { golden: "wilson95" },
  auto_merge_rate: { golden: "automerge" },
  unreviewed_merge_rate: { golden: "automerge" },
  human_intervention_rate: { golden: "wilson95" },
  adoption_rate: { golden: "adoption" },
  review_hours: { golden: "review_hours" },
  review_hours_per_pr: { golden: "review_hours" },
  audit_factor: { golden: "audit_factor" },
  fix_loop_rounds: { golden: "percentile_cont" },
  pr_rework_rate: { golden: "rework" },
  first_pass_yield: { golden: "rework" },
  rejection_rate: { golden: "rework" },
  post_merge_rework_rate_21d: { golden: "wilson95" },
  deployment_rework_rate: { golden: "cfr" },
  code_churn_21d: { missing: "which lines of a pull request changed again is not read from git" },
  rollback_rate_24h: { golden: "rollback_rate" },
  rollback_rate_7d: { golden: "rollback_rate" },
  safe_rate_7d: { golden: "rollback_rate" },
  effective_safe_prs: { golden: "rollback_rate" },
  human_equivalent_devs: { missing: "what people merged before agents came is not kept as a baseline" },
  auto_revert_latency: { missing: "what set a rollback off is not told apart from it" },
  change_fail_rate: { golden: "cfr" },
  failed_deployment_recovery_time: { golden: "fdrt" },
  redeploy_cycles: { missing: LINKS },
  production_debugging_rate_30d: { golden: "wilson95" },
  incidents_per_quarter: { golden: "poisson_density" },
  defect_density_30d: { golden: "defect_density" },
  defect_density_90d: { golden: "defect_density" },
  security_density_90d: { golden: "poisson_density" },
  sast_findings_density: { missing: "alerts are read, and not by the head that they were first seen on" },
  pre_merge_catch_rate: { missing: "what was found before a merge is not told apart" },
  coverage_delta_pp: { missing: COVERAGE },
  patch_coverage: { missing: COVERAGE },
  failure_root_cause: { missing: TRIAGE },
  false_positive_rate: { missing: "verdicts on suggestions are not read" },
  cost_per_pr: { missing: MONEY },
  cost_per_safe_pr: { missing: MONEY },
  trust_score: { missing: SURVEY },
  hours_saved_self_reported: { missing: SURVEY },
  did_effect: { missing: "it is answered by the rollout, of any metric by team, and not as one of them" },
  breakeven_volume: { missing: MONEY },
  roi_pct: { missing: MONEY },
  npv: { missing: MONEY },
  irr: { missing: MONEY },
  payback_month: { missing: MONEY },
  compliance_rate: { missing: "there are no policies yet" },
};

/** What the product counts beside the register. */
export const BESIDE_THE_REGISTER: readonly string[] = ["agent_prs_merged", "task_mix"];
