import type { COST_ITEM_CODE } from "./dimensions";

/** Bytes that a file may have with what is said of it. */
export const LARGEST_COST_FILE = 64 * 1024 * 1024;

/** Tokens of a line of usage, by how they are charged. */
export const TOKEN_FIELDS = ["input", "output", "cacheRead", "cacheWrite"] as const;
export type TokenField = (typeof TOKEN_FIELDS)[number];

/** What is read of a line of a bill, or of usage, which has tokens of a model and no amount. */
export const COST_FIELDS = [
  "day",
  "amount",
  "currency",
  "item",
  "agent",
  "team",
  "provider",
  "model",
  ...TOKEN_FIELDS,
] as const;
export type CostField = (typeof COST_FIELDS)[number];

/** Without these a line is no cost. */
export const REQUIRED_COST_FIELDS = ["day", "amount", "currency", "item", "provider"] as const;
/** Without these a line is no usage. */
export const REQUIRED_USAGE_FIELDS = ["day", "provider", "model", "input", "output"] as const;

/** Whether a file tells of tokens and not of amounts, by where its fields are. */
export const isUsage = (fields: Readonly<Record<CostField, CostFieldPlace>>): boolean =>
  fields.amount === null && fields.model !== null && (fields.input !== null || fields.output !== null);

export const COST_FIELD_LABEL: Readonly<Record<CostField, string>> = {
  day: "Day",
  amount: "Amount",
  currency: "Currency",
  item: "What it is for",
  agent: "Agent",
  team: "Team",
  provider: "Provider",
  model: "Model",
  input: "Input tokens",
  output: "Output tokens",
  cacheRead: "Tokens read from a cache",
  cacheWrite: "Tokens written to a cache",
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
  /** Tokens that it tells of, by model; those without a price are in no amount. */
  usage: { model: string; provider: string; tokens: Record<TokenField, string>; isPriced: boolean }[];
}

/** What a million tokens of a model cost from a day on; major units as decimal text. */
export interface TokenPrice {
  org: string;
  model: string;
  validFrom: string;
  currency: string;
  /** null, with `output`: what was said before is taken back. */
  input: string | null;
  output: string | null;
  /** null: not known. */
  cacheRead: string | null;
  cacheWrite: string | null;
  why: string;
  by: string;
  at: string;
}

/** Tokens that no price is known for. */
export interface UnpricedUsage {
  org: string;
  model: string;
  provider: string;
  firstDay: string;
  lastDay: string;
  tokens: Record<TokenField, string>;
}

/** How often an entry is paid; what is paid by the year is spread over its months. */
export const COST_RHYTHMS = ["once", "month", "year"] as const;
export type CostRhythm = (typeof COST_RHYTHMS)[number];

/** What is paid by the month or year, or was paid once, as somebody entered it. */
export interface CostEntry {
  id: number;
  org: string;
  item: keyof typeof COST_ITEM_CODE;
  provider: string;
  team: string | null;
  agent: string | null;
  currency: string;
  /** Minor units as text; of what is paid by the year, of a year. */
  amountMinor: string;
  every: CostRhythm;
  startsOn: string;
  endsOn: string | null;
  why: string;
  by: string;
  at: string;
  /** What was posted of it so far, minor units as text. */
  postedMinor: string;
}

/** Which cost centre a team is of, from a day to another. */
export interface CostCentre {
  id: number;
  org: string;
  /** Slug. */
  team: string;
  code: string;
  name: string;
  validFrom: string;
  /** The last day; null: until further notice. */
  validTo: string | null;
  by: string;
  at: string;
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
