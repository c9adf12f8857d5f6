import type { AuthorKind, Confidence } from "@/lib/core/dimensions";
import type { NumberColumn, Subject } from "@/lib/metrics/columns/table";

/**
 * A question that each row answers with yes or no. Data, not code: the engine asks the numbers once per row
 * and the closed words once per combination. A number that is not known is never "at most" anything.
 */
export type Condition =
  | { is: "always" }
  | { is: "known"; column: NumberColumn }
  | { is: "atMost"; column: NumberColumn; value: number }
  | { is: "authorKind"; among: readonly AuthorKind[] }
  /** How sure it is whose work it is. */
  | { is: "confidence"; among: readonly Confidence[] }
  | { is: "subject"; among: readonly Subject[] }
  /** It had to be taken back, reworked, or brought a defect; `triaged`: and somebody said why. */
  | { is: "failed"; triaged: boolean }
  | { is: "not"; of: Condition }
  | { is: "all" | "any"; of: readonly Condition[] };

export const ALWAYS: Condition = { is: "always" };

/** Written by an agent, alone or together with a person. */
export const BY_AGENT: Condition = { is: "authorKind", among: ["agent", "assisted"] };

/** It was rolled back at most this many seconds after its merge. */
export function rolledBackWithin(seconds: number): Condition {
  return { is: "atMost", column: "rollbackSeconds", value: seconds };
}

/**
 * Whether it is clear if it was rolled back within so many seconds: what an older version took back together with others, of which
 * nothing names one, is not (metrics.md 2.5).
 */
export function clearWithin(seconds: number): Condition {
  return not({ is: "atMost", column: "unclearSeconds", value: seconds });
}

export function not(of: Condition): Condition {
  return { is: "not", of };
}

/** A number that is 0 for no. Ask it only where the number is known. */
export function isYes(column: NumberColumn): Condition {
  return not({ is: "atMost", column, value: 0 });
}
