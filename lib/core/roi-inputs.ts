/** What an input of the model is counted in. */
export type InputUnit = "money" | "money_month" | "money_year" | "hours" | "hours_month" | "share" | "count" | "months";

export interface InputWords {
  /** As a field or a line is called. */
  label: string;
  unit: InputUnit;
  /** What it means, and what is counted where nobody says. */
  hint: string;
  about: "hours" | "rates" | "rework" | "fixed" | "learning" | "plan";
  /** The model says nothing without it. */
  isRequired?: true;
  /** What is taken where nobody says anything else, with its range; never of money (metrics.md 3.1). */
  usual?: { value: string; low?: string; high?: string };
  /** The most that can be meant. */
  most: number;
}

const HOURS_A_MONTH = 744;

/** What somebody may say of the model, in the order in which it is asked. */
export const ASSUMPTIONS = {
  developerRate: {
    label: "Hourly cost of developers",
    unit: "money",
    hint: "Loaded cost of one hour, as a blend of the team: never one person’s.",
    about: "rates",
    isRequired: true,
    most: 100_000,
  },
  reviewerRate: {
    label: "Hourly cost of reviewers",
    unit: "money",
    hint: "That of developers where it is empty.",
    about: "rates",
    most: 100_000,
  },
  governanceRate: {
    label: "Hourly cost of governance",
    unit: "money",
    hint: "That of developers where it is empty.",
    about: "rates",
    most: 100_000,
  },
  hoursSaved: {
    label: "Hours saved per pull request",
    unit: "hours",
    hint: "Hours of writing that a merged pull request of an agent spares a person, before any is lost again.",
    about: "hours",
    isRequired: true,
    most: HOURS_A_MONTH,
  },
  realisation: {
    label: "Share of saved hours that counts",
    unit: "share",
    hint: "Slices of minutes are not all used again. Half of them are taken where nobody says otherwise.",
    about: "hours",
    usual: { value: "0.5", low: "0.3", high: "0.8" },
    most: 1,
  },
  delegationHours: {
    label: "Hours to delegate a pull request",
    unit: "hours",
    hint: "Writing the task and answering questions, besides the review, which is measured.",
    about: "hours",
    most: HOURS_A_MONTH,
  },
  hoursPerRework: {
    label: "Hours per reworked pull request",
    unit: "hours",
    hint: "What a person spends where a pull request had to be reworked before its merge.",
    about: "rework",
    isRequired: true,
    most: HOURS_A_MONTH,
  },
  hoursPerRollback: {
    label: "Hours per rollback",
    unit: "hours",
    hint: "What people spend to take one back and to do it again.",
    about: "rework",
    isRequired: true,
    most: HOURS_A_MONTH,
  },
  incidentShare: {
    label: "Rollbacks that were incidents",
    unit: "share",
    hint: "Not in the model where it is empty.",
    about: "rework",
    most: 1,
  },
  incidentCost: {
    label: "Cost of an incident",
    unit: "money",
    hint: "Not in the model where it is empty.",
    about: "rework",
    most: 1_000_000_000,
  },
  fixedMonthly: {
    label: "Contracts and support",
    unit: "money_month",
    hint: "What is paid every month besides what the ledger holds.",
    about: "fixed",
    most: 1_000_000_000,
  },
  seats: {
    label: "Seats",
    unit: "count",
    hint: "Those that the ledger holds where it is empty.",
    about: "fixed",
    most: 1_000_000,
  },
  seatPrice: {
    label: "Price of a seat",
    unit: "money_month",
    hint: "Asked with the number of seats.",
    about: "fixed",
    most: 1_000_000,
  },
  governanceHours: {
    label: "Hours of governance and support",
    unit: "hours_month",
    hint: "Policies, platforms and answering questions. Not in the model where it is empty.",
    about: "fixed",
    most: 100_000,
  },
  oneOff: {
    label: "Paid once",
    unit: "money",
    hint: "Training, integration and security review. The training of the ledger where it is empty.",
    about: "learning",
    most: 1_000_000_000,
  },
  dipDevelopers: {
    label: "Developers who learn",
    unit: "count",
    hint: "Not in the model where it is empty.",
    about: "learning",
    most: 1_000_000,
  },
  dipSalary: {
    label: "Yearly cost of one of them",
    unit: "money_year",
    hint: "Not in the model where it is empty.",
    about: "learning",
    most: 10_000_000,
  },
  dipShare: {
    label: "Less done while learning",
    unit: "share",
    hint: "15 % is a placeholder that DORA publishes, and not measured.",
    about: "learning",
    usual: { value: "0.15" },
    most: 1,
  },
  dipMonths: {
    label: "Months of learning",
    unit: "months",
    hint: "Three are taken where nobody says otherwise.",
    about: "learning",
    usual: { value: "3" },
    most: 120,
  },
  pullRequestsPerMonth: {
    label: "Pull requests of agents a month",
    unit: "count",
    hint: "What was merged in the period where it is empty.",
    about: "plan",
    most: 10_000_000,
  },
  rampMonths: {
    label: "Months until all of them are merged",
    unit: "months",
    hint: "Six are taken where nobody says otherwise.",
    about: "plan",
    usual: { value: "6" },
    most: 120,
  },
  softMonthly: {
    label: "Soft benefits",
    unit: "money_month",
    hint: "Time to market, reputation. Told apart, and in no headline.",
    about: "plan",
    most: 1_000_000_000,
  },
  discountRate: {
    label: "Yearly discount rate",
    unit: "share",
    hint: "10 % are taken where nobody says otherwise.",
    about: "plan",
    usual: { value: "0.10", low: "0.05", high: "0.15" },
    most: 1,
  },
  horizonMonths: {
    label: "Months to plan for",
    unit: "months",
    hint: "36 are taken where nobody says otherwise.",
    about: "plan",
    usual: { value: "36" },
    most: 120,
  },
} as const satisfies Record<string, InputWords>;

export type AssumptionKey = keyof typeof ASSUMPTIONS;
export const ASSUMPTION_KEYS = Object.keys(ASSUMPTIONS) as [AssumptionKey, ...AssumptionKey[]];

/** The words of an input, with the parts that not every one has. */
export const inputWords = (key: AssumptionKey): InputWords => ASSUMPTIONS[key];

/** Inputs that nobody enters: they are measured or paid. */
const MEASURED_INPUTS: Readonly<Record<string, { label: string; unit: InputUnit }>> = {
  oversightHours: { label: "Review and delegation of one of an agent’s", unit: "hours" },
  humanReviewHours: { label: "Review of one of a person’s", unit: "hours" },
  reworkRate: { label: "Reworked of those of agents", unit: "share" },
  baselineReworkRate: { label: "Reworked of those of people", unit: "share" },
  rollbackRate: { label: "Rolled back of those of agents, 7 days", unit: "share" },
  baselineRollbackRate: { label: "Rolled back of those of people, 7 days", unit: "share" },
  apiCost: { label: "Models for one pull request", unit: "money" },
  ciCost: { label: "Checks for one pull request", unit: "money" },
};

/** How any input of the model is called, and what it is counted in. */
export function modelInputWords(key: string): { label: string; unit: InputUnit } {
  const measured = MEASURED_INPUTS[key];
  if (measured !== undefined) return measured;
  return key in ASSUMPTIONS ? inputWords(key as AssumptionKey) : { label: key, unit: "count" };
}

/** How it is known what is assumed: thought, read from a file or a contract, or published. */
export const ASSUMPTION_BASES = ["assumed", "imported", "published"] as const;
export type AssumptionBasis = (typeof ASSUMPTION_BASES)[number];

/** By what costs of a whole organisation are allocated to its teams; `none`: they stay visible beside the teams. */
export const ALLOCATION_KEYS = ["pull_requests", "people", "seats", "none"] as const;
export type AllocationKey = (typeof ALLOCATION_KEYS)[number];
