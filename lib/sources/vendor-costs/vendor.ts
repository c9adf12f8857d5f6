import type { Decimal } from "@/lib/core/decimal";
import type { COST_BASIS_CODE, COST_ITEM_CODE } from "@/lib/core/dimensions";

/** What a vendor says was paid on a day. */
export interface VendorCost {
  /** `2026-01-31`, a day in UTC as vendors bill. */
  day: string;
  /** Major units, to the last digit. */
  amount: Decimal;
  currency: string;
  item: keyof typeof COST_ITEM_CODE;
  /** Key of the agent that it is about, where the vendor's own product is one. */
  agent: string | null;
}

/** What a vendor's account is asked with. */
export interface VendorAccount {
  secret: string;
  /** What the vendor calls it, where its address needs it. */
  account: string | null;
}

/** Days that are asked for, both ends inside. */
export interface VendorDays {
  firstDay: string;
  lastDay: string;
}

/** One request to a vendor, and the text that it answers. */
export interface VendorQuestion {
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** Sent as JSON by POST; left out, it is a GET. */
  body?: unknown;
}

/** Asks a vendor. @throws {VendorFailure} */
export type AskVendor = (question: VendorQuestion) => Promise<string>;

/** Where costs come from. */
export interface CostVendor {
  /** Who is paid, as the books call it. */
  provider: string;
  /** Whether what it says is a bill, or what it metered. */
  basis: keyof typeof COST_BASIS_CODE;
  /**
   * Every cost of these days.
   * @throws {VendorFailure} of what cannot be asked, or is answered otherwise than the vendor documents
   */
  read(ask: AskVendor, account: VendorAccount, days: VendorDays): Promise<VendorCost[]>;
}

/**
 * Why nothing is known: `refused` (the key may not), `limited` or `unavailable` (it may work later), or `changed` (the answer is not what the
 * vendor documents, so that nobody knows what it would mean to book it).
 */
export type VendorFailureKind = "refused" | "limited" | "unavailable" | "changed";

export class VendorFailure extends Error {
  override readonly name = "VendorFailure";

  /** @param retryAfter seconds, where the vendor says when it may be asked again */
  constructor(
    readonly kind: VendorFailureKind,
    message: string,
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
}
