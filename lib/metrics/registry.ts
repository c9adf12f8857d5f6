import { acceptanceRate } from "./definitions/acceptance-rate";
import { adoptionRate } from "./definitions/adoption-rate";
import { agentPrsMerged } from "./definitions/agent-prs-merged";
import { aiShareLines } from "./definitions/ai-share-lines";
import { aiSharePrs } from "./definitions/ai-share-prs";
import { attributionStrongShare } from "./definitions/attribution-strong-share";
import { attributionWeakShare } from "./definitions/attribution-weak-share";
import { auditFactor } from "./definitions/audit-factor";
import { autoMergeRate } from "./definitions/auto-merge-rate";
import { autoRevertLatency } from "./definitions/auto-revert-latency";
import { breakevenVolume } from "./definitions/breakeven-volume";
import { changeFailRate } from "./definitions/change-fail-rate";
import { changeLeadTime } from "./definitions/change-lead-time";
import { codeChurn14d } from "./definitions/code-churn-14d";
import { codeChurn21d } from "./definitions/code-churn-21d";
import { commitsPerDay } from "./definitions/commits-per-day";
import { complianceRate } from "./definitions/compliance-rate";
import { costPerPr } from "./definitions/cost-per-pr";
import { costPerSafePr } from "./definitions/cost-per-safe-pr";
import { coverageDeltaPp } from "./definitions/coverage-delta-pp";
import { cycleTimeTotal } from "./definitions/cycle-time-total";
import { defectDensity30d } from "./definitions/defect-density-30d";
import { defectDensity30dInferred } from "./definitions/defect-density-30d-inferred";
import { defectDensity90d } from "./definitions/defect-density-90d";
import { defectDensity90dInferred } from "./definitions/defect-density-90d-inferred";
import { countsPullRequests, type MetricDefinition } from "./definitions/definition";
import { deploymentFrequency } from "./definitions/deployment-frequency";
import { deploymentReworkRate } from "./definitions/deployment-rework-rate";
import { didEffect } from "./definitions/did-effect";
import { effectiveSafePrs } from "./definitions/effective-safe-prs";
import { failedDeploymentRecoveryTime } from "./definitions/failed-deployment-recovery-time";
import { failureRootCause } from "./definitions/failure-root-cause";
import { falsePositiveRate } from "./definitions/false-positive-rate";
import { featuresPerEngineerWeek } from "./definitions/features-per-engineer-week";
import { firstPassYield } from "./definitions/first-pass-yield";
import { fixCycleTime } from "./definitions/fix-cycle-time";
import { fixLoopRounds } from "./definitions/fix-loop-rounds";
import { hoursSavedSelfReported } from "./definitions/hours-saved-self-reported";
import { humanEquivalentDevs } from "./definitions/human-equivalent-devs";
import { humanInterventionRate } from "./definitions/human-intervention-rate";
import { incidentsPerQuarter } from "./definitions/incidents-per-quarter";
import { irr } from "./definitions/irr";
import { mergeToDeploy } from "./definitions/merge-to-deploy";
import { npv } from "./definitions/npv";
import { openPrAge } from "./definitions/open-pr-age";
import { patchCoverage } from "./definitions/patch-coverage";
import { paybackMonth } from "./definitions/payback-month";
import { postMergeReworkRate21d } from "./definitions/post-merge-rework-rate-21d";
import { prReworkRate } from "./definitions/pr-rework-rate";
import { preMergeCatchRate } from "./definitions/pre-merge-catch-rate";
import { productionDebuggingRate30d } from "./definitions/production-debugging-rate-30d";
import { prsMergedWeek } from "./definitions/prs-merged-week";
import { prsPerEngineerWeek } from "./definitions/prs-per-engineer-week";
import { redeployCycles } from "./definitions/redeploy-cycles";
import { rejectionRate } from "./definitions/rejection-rate";
import { reviewHours } from "./definitions/review-hours";
import { reviewHoursPerPr } from "./definitions/review-hours-per-pr";
import { roiPct } from "./definitions/roi-pct";
import { rollbackRate7d } from "./definitions/rollback-rate-7d";
import { rollbackRate24h } from "./definitions/rollback-rate-24h";
import { safeRate7d } from "./definitions/safe-rate-7d";
import { sastFindingsDensity } from "./definitions/sast-findings-density";
import { securityDensity90d } from "./definitions/security-density-90d";
import { stageCoding } from "./definitions/stage-coding";
import { stageMerge } from "./definitions/stage-merge";
import { stagePickup } from "./definitions/stage-pickup";
import { stageReview } from "./definitions/stage-review";
import { taskMix } from "./definitions/task-mix";
import { trustScore } from "./definitions/trust-score";
import { unreviewedMergeRate } from "./definitions/unreviewed-merge-rate";
import type { MetricDescriptor } from "./types";

/** Every metric of the product, in the order of the catalogue. */
const DEFINITIONS: readonly MetricDefinition[] = [
  prsMergedWeek,
  prsPerEngineerWeek,
  featuresPerEngineerWeek,
  commitsPerDay,
  cycleTimeTotal,
  stageCoding,
  stagePickup,
  stageReview,
  stageMerge,
  mergeToDeploy,
  changeLeadTime,
  fixCycleTime,
  openPrAge,
  deploymentFrequency,
  agentPrsMerged,
  aiSharePrs,
  aiShareLines,
  attributionStrongShare,
  attributionWeakShare,
  taskMix,
  acceptanceRate,
  unreviewedMergeRate,
  autoMergeRate,
  humanInterventionRate,
  complianceRate,
  adoptionRate,
  didEffect,
  trustScore,
  hoursSavedSelfReported,
  falsePositiveRate,
  prReworkRate,
  firstPassYield,
  rejectionRate,
  fixLoopRounds,
  reviewHours,
  reviewHoursPerPr,
  auditFactor,
  postMergeReworkRate21d,
  codeChurn21d,
  codeChurn14d,
  failureRootCause,
  rollbackRate24h,
  rollbackRate7d,
  safeRate7d,
  effectiveSafePrs,
  humanEquivalentDevs,
  autoRevertLatency,
  defectDensity30d,
  defectDensity90d,
  defectDensity30dInferred,
  defectDensity90dInferred,
  securityDensity90d,
  sastFindingsDensity,
  preMergeCatchRate,
  coverageDeltaPp,
  patchCoverage,
  productionDebuggingRate30d,
  changeFailRate,
  failedDeploymentRecoveryTime,
  deploymentReworkRate,
  incidentsPerQuarter,
  redeployCycles,
  costPerPr,
  costPerSafePr,
  breakevenVolume,
  roiPct,
  npv,
  irr,
  paybackMonth,
];

const byId = new Map(DEFINITIONS.map((definition) => [definition.descriptor.id, definition]));

/** The definition of a metric, or undefined when none has that id. */
export function findMetric(id: string): MetricDefinition | undefined {
  return byId.get(id);
}

/** The metrics that count pull requests; the others count deployments, what became of them, and incidents. */
export function listPullRequestMetrics(): MetricDescriptor[] {
  return DEFINITIONS.filter(countsPullRequests).map(({ descriptor }) => descriptor);
}

/** What every metric says of itself. */
export function listMetrics(): MetricDescriptor[] {
  return DEFINITIONS.map(({ descriptor }) => descriptor);
}
