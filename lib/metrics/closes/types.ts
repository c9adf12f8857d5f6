import type { ModelInput, PartLedger, Spending } from "@/lib/metrics/money/types";
import type { InputKey } from "@/lib/roi/engine/inputs";

/** One part of a month as it is frozen: what its figures are worked out from. */
export interface ClosedPart {
  /** Slug of the team, `no-team/` or `unallocated/`. */
  key: string;
  merged: number;
  /** null: it merged nothing, and nothing is known to model it by. */
  inputs: Readonly<Record<InputKey, ModelInput>> | null;
  spending: Spending | null;
  ledger: PartLedger;
}

/** Why a closed month would come to something else today. */
export type AdjustmentCause = "costs" | "pull_requests" | "measured" | "assumptions" | "allocation" | "rates";

/** What is posted in a month because a closed one before it would come to something else today; minor units as text. */
export interface Adjustment {
  /** `2026-03`: of which month. */
  month: string;
  part: string;
  line: "benefit" | "cost";
  minor: string;
  causes: AdjustmentCause[];
}

/** What a month came to, of one part or of all; minor units as text. */
export interface MonthLine {
  part: string;
  merged: number;
  benefit: string;
  cost: string;
  net: string;
}

export interface MonthValues {
  parts: MonthLine[];
  total: MonthLine;
  /** Of the months before, posted in this one. */
  adjusted: { benefit: string; cost: string; net: string };
  /** The month with what is posted of those before. */
  net: string;
  /** Some cost is not known: it is at least this. */
  isPartial: boolean;
}

/** Everything that is frozen of a month; its text is what the hash is of. */
export interface CloseSnapshot {
  format: 1;
  organization: string;
  /** `2026-03`. */
  month: string;
  timeZone: string;
  currency: string;
  dataCompleteTo: string;
  /** The last event that was there. */
  watermark: string;
  /** Versions of the metrics that it was measured by. */
  metrics: Readonly<Record<string, number>>;
  allocation: string;
  ledger: { lines: number; sha256: string };
  /** What one unit of each other currency that was paid in was worth; not there where none was. */
  rates?: Readonly<Record<string, string>>;
  parts: ClosedPart[];
  adjustments: Adjustment[];
  values: MonthValues;
}

/** Days after the end of a month. */
export type VintageDays = 30 | 90;

/** What a closed month comes to so many days after its end, with the metrics whose windows are as long; never changed. */
export interface MonthVintage {
  days: VintageDays;
  /** Where the data ended that it was worked out from; later where it was worked out later. */
  dataCompleteTo: string;
  /** null: there is no model of it any more, or in another currency. */
  total: MonthLine | null;
  metrics: {
    metric: string;
    value: number | null;
    lo: number | null;
    hi: number | null;
    n: number | null;
    reason: string | null;
  }[];
}

/** A month that was closed, as it is listed. */
export interface CloseItem {
  id: number;
  month: string;
  version: number;
  state: "closed" | "restated" | "reopened";
  by: string;
  at: string;
  sha256: string;
  /** Worked out again from what is frozen, it comes to the same bytes. */
  isIntact: boolean;
  currency: string;
  values: MonthValues;
  adjustments: Adjustment[];
  /** The first ones first. */
  vintages: MonthVintage[];
  reopened: { by: string; at: string; reason: string } | null;
}

/** The month that is open, and what it would come to. */
export interface OpenMonth {
  month: string;
  /** From when on it may be closed. */
  earliest: string;
  /** Why it cannot be closed now; null: it can. */
  reason: string | null;
  currency: string | null;
  /** null: there is no model of it. */
  values: MonthValues | null;
  adjustments: Adjustment[];
}

/** Answer of `GET /api/v1/roi/closes`. */
export interface MonthCloses {
  /** The latest month first, of one month the latest version. */
  items: CloseItem[];
  open: OpenMonth | null;
  /** Where nothing is closed yet: the months that one may begin with, the latest first. */
  first: string[];
}
