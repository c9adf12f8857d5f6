import type { ModelInputs } from "@/lib/roi/engine/inputs";
import type { ModelResult } from "@/lib/roi/engine/run-model";

/** Names of the sheets, in their order. */
export const SHEETS = {
  summary: "Summary",
  teams: "By team",
  scenario: "Scenario",
  assumptions: "Assumptions",
  months: "Months",
  data: "Data",
  reconciliation: "Reconciliation",
  evidence: "Evidence",
  audit: "Audit",
} as const;

/** One model of the workbook and where it stands: a column of the sheet Assumptions, and some rows of the sheet Months. */
export interface Plan {
  name: string;
  inputs: ModelInputs;
  result: ModelResult;
  currency: string;
  /** Decimals of the currency. */
  moneyDigits: number;
  /** Column of the sheet Assumptions, from 0; of the total, which has none of its own, that of its first part. */
  column: number;
  /** The first row of the sheet Months, from 0. */
  firstMonth: number;
}

/** Rows of the sheet Months that a plan takes: month 0 and every month that is planned for. */
export const monthCount = ({ result }: Pick<Plan, "result">): number => result.flows.length;
