import type { COST_ITEM_CODE } from "./dimensions";

/** Bytes that a file may have with what is said of it. */
export const LARGEST_COST_FILE = 64 * 1024 * 1024;

/** What is read of a line of a bill. */
export const COST_FIELDS = ["day", "amount", "currency", "item", "agent", "team", "provider"] as const;
export type CostField = (typeof COST_FIELDS)[number];

/** Without these a line is no cost. */
export const REQUIRED_COST_FIELDS = ["day", "amount", "currency", "item", "provider"] as const;

export const COST_FIELD_LABEL: Readonly<Record<CostField, string>> = {
  day: "Day",
  amount: "Amount",
  currency: "Currency",
  item: "What it is for",
  agent: "Agent",
  team: "Team",
  provider: "Provider",
};

/** Which number of a date such as 05/06/2026 is the day. */
export const DAY_ORDERS = ["dmy", "mdy"] as const;
export const DECIMAL_MARKS = [".", ","] as const;

/** Where a field is: in a column, the same of every line, or nowhere. */
export type CostFieldPlace = { column: string } | { value: string } | null;

/** How a file is read; what is left out is found by what the file holds. */
export interface CostReadingInput {
  fields: Partial<Record<CostField, CostFieldPlace | undefined>>;
  dayOrder?: (typeof DAY_ORDERS)[number] | undefined;
  decimalMark?: (typeof DECIMAL_MARKS)[number] | undefined;
}

/** How a file was read. */
export interface CostReading {
  /** The format that its columns were known by. */
  format: "github" | "focus" | null;
  fields: Readonly<Record<CostField, CostFieldPlace>>;
  /** null: no date needs it, or it is open. */
  dayOrder: (typeof DAY_ORDERS)[number] | null;
  /** null: it is open. */
  decimalMark: (typeof DECIMAL_MARKS)[number] | null;
}

/** What is wrong with a file; `line` null: with all of it. */
export interface CostFileProblem {
  line: number | null;
  field: CostField | null;
  message: string;
}

/** What a file of costs holds, and what entering it changes. Amounts are minor units as text. */
export interface CostFileReport {
  reading: CostReading;
  columns: string[];
  /** Lines that hold anything. */
  lines: number;
  /** The first of what is wrong with it. */
  problems: CostFileProblem[];
  problemCount: number;
  firstDay: string | null;
  lastDay: string | null;
  /** By currency: what is posted, and the exact sum of the lines in major units, which rounding to minor units may differ from. */
  totals: { currency: string; minor: string; exact: string }[];
  months: { month: string; item: keyof typeof COST_ITEM_CODE; currency: string; minor: string }[];
  /** Entries that are posted: the differences to what the same source told of these days. */
  posted: number;
  changes: { currency: string; minor: string }[];
}

/** A file that was entered. */
export interface CostImport {
  id: number;
  org: string;
  source: string;
  fileName: string;
  lines: number;
  firstDay: string;
  lastDay: string;
  posted: number;
  by: string;
  at: string;
  /** It took back what a file had told. */
  isTakingBack: boolean;
}
