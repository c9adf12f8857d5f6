import { Decimal } from "@/lib/core/decimal";
import { type ModelInputs, NEUTRAL_INPUTS } from "../engine/inputs";

/** The inputs of DORA's calculator 2026 (metrics.md 3.8), dollars and shares 0..1. */
export interface DoraInputs {
  staff: string;
  salary: string;
  revenue: string;
  downtimeCostPerHour: string;
  deployments: string;
  features: string;
  ideaSuccess: string;
  revenuePerFeature: string;
  failRate: string;
  recoveryHours: string;
  timeSaved: string;
  licence: string;
  additionalLicence: string;
  infrastructure: string;
  training: string;
  targetDeployments: string;
  targetFeatures: string;
  targetFailRate: string;
  dip: string;
  dipMonths: string;
}

export const DORA_DEFAULTS: DoraInputs = {
  staff: "500",
  salary: "176000",
  revenue: "100000000",
  downtimeCostPerHour: "100000",
  deployments: "50",
  features: "50",
  ideaSuccess: "0.33",
  revenuePerFeature: "0.005",
  failRate: "0.05",
  recoveryHours: "4",
  timeSaved: "0.125",
  licence: "250",
  additionalLicence: "80",
  infrastructure: "100000",
  training: "9600",
  targetDeployments: "56",
  targetFeatures: "56",
  targetFailRate: "0.06",
  dip: "0.15",
  dipMonths: "3",
};

const HOURS_A_YEAR = "2080";

/** What the published calculator answers, by its own formulas: revenue of further features counts, and nothing is realised by half. */
export function doraCalculator(inputs: DoraInputs) {
  const of = (value: string) => new Decimal(value);
  const payroll = of(inputs.staff).times(inputs.salary);
  const hardCosts = of(inputs.staff)
    .times(of(inputs.licence).plus(inputs.additionalLicence).plus(inputs.training))
    .plus(inputs.infrastructure);
  const dipCost = payroll.times(inputs.dip).times(inputs.dipMonths).div(12);
  const investment = hardCosts.plus(dipCost);
  const timeValue = payroll.times(inputs.timeSaved);
  const featureValue = of(inputs.targetFeatures)
    .minus(inputs.features)
    .times(inputs.ideaSuccess)
    .times(inputs.revenuePerFeature)
    .times(inputs.revenue);
  const downtime = (deployments: string, failRate: string) =>
    of(deployments).times(failRate).times(inputs.recoveryHours).times(inputs.downtimeCostPerHour);
  const downtimeValue = downtime(inputs.deployments, inputs.failRate).minus(
    downtime(inputs.targetDeployments, inputs.targetFailRate),
  );
  const value = timeValue.plus(featureValue).plus(downtimeValue);
  return {
    hardCosts,
    dipCost,
    investment,
    timeValue,
    featureValue,
    downtimeValue,
    value,
    benefit: value.minus(investment),
    return: value.minus(investment).div(investment),
    paybackYears: investment.div(value),
  };
}

/**
 * The calculator as inputs of the model: a month of one person stands for a pull request, failed deployments for rollbacks that
 * cost downtime, and revenue of further features is soft. A year of it, with what is soft, is the published benefit.
 */
export function inputsOfDora(inputs: DoraInputs): ModelInputs {
  const of = (value: string) => new Decimal(value);
  const months = of(inputs.staff).times(12);
  const failures = (deployments: string, rate: string) => of(deployments).times(rate).div(months).toString();
  return {
    ...NEUTRAL_INPUTS,
    pullRequestsPerMonth: inputs.staff,
    developerRate: of(inputs.salary).div(HOURS_A_YEAR).toString(),
    hoursSaved: of(inputs.timeSaved).times(HOURS_A_YEAR).div(12).toString(),
    rollbackRate: failures(inputs.targetDeployments, inputs.targetFailRate),
    baselineRollbackRate: failures(inputs.deployments, inputs.failRate),
    incidentShare: "1",
    incidentCost: of(inputs.recoveryHours).times(inputs.downtimeCostPerHour).toString(),
    seats: inputs.staff,
    seatPrice: of(inputs.licence).plus(inputs.additionalLicence).div(12).toString(),
    oneOff: of(inputs.staff).times(inputs.training).plus(inputs.infrastructure).toString(),
    dipDevelopers: inputs.staff,
    dipSalary: inputs.salary,
    dipShare: inputs.dip,
    dipMonths: inputs.dipMonths,
    softMonthly: doraCalculator(inputs).featureValue.div(12).toString(),
    discountRate: "0",
  };
}
