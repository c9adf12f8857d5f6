import { Decimal as Base } from "decimal.js";

/**
 * Decimal arithmetic of money and of what it is worked out from: 34 digits, halves away from zero. A copy of its own, so
 * that no other code can set it otherwise.
 */
export const Decimal = Base.clone({ precision: 34, rounding: Base.ROUND_HALF_UP });
export type Decimal = Base;
/** What a decimal is made of: its text, never a float of money. */
export type DecimalValue = Base | string | bigint;
