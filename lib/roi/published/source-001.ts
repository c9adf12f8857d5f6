import { Decimal } from "@/lib/core/decimal";
import { type ModelInputs, NEUTRAL_INPUTS } from "../engine/inputs";

/** A month as source 001 tells of it (metrics.md 3.5); money in dollars. */
export interface PublishedMonth {
  developers: string;
  repositories: string;
  pullRequests: string;
  api: string;
  reviewHours: string;
  rate: string;
  savedHours: string;
}

/** The three published scenarios. */
export const SCENARIOS_001: Readonly<Record<"A" | "B" | "C", PublishedMonth>> = {
  A: {
    developers: "10",
    repositories: "5",
    pullRequests: "200",
    api: "500",
    reviewHours: "20",
    rate: "100",
    savedHours: "40",
  },
  B: {
    developers: "50",
    repositories: "20",
    pullRequests: "2000",
    api: "1500",
    reviewHours: "80",
    rate: "100",
    savedHours: "1000",
  },
  C: {
    developers: "200",
    repositories: "100",
    pullRequests: "10000",
    api: "5000",
    reviewHours: "300",
    rate: "100",
    savedHours: "5000",
  },
};

/** The share of pull requests that source 001 merges without a review, and its rate of rollbacks. */
export const UNREVIEWED_001 = new Decimal("0.88");
export const ROLLED_BACK_001 = new Decimal("0.16");

/** Its inputs of the model: what it leaves out is 0, all saved hours count, and what it pays for models is fixed. */
export function inputsOf001(month: PublishedMonth): ModelInputs {
  const per = (hours: string) => new Decimal(hours).div(month.pullRequests).toString();
  return {
    ...NEUTRAL_INPUTS,
    pullRequestsPerMonth: month.pullRequests,
    hoursSaved: per(month.savedHours),
    developerRate: month.rate,
    reviewerRate: month.rate,
    oversightHours: per(month.reviewHours),
    fixedMonthly: month.api,
  };
}
