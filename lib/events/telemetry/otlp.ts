import type { Attributes } from "./attributes";

/** How the values of a metric follow each other: each what came since, or all since the beginning. */
export type Temporality = "delta" | "cumulative" | null;

/** One data point of a sum or a histogram, whichever way it was sent. */
export interface MetricPoint {
  resource: Attributes;
  scope: string;
  metric: string;
  temporality: Temporality;
  attributes: Attributes;
  /** Nanoseconds since 1970; 0 where it is not said. */
  start: bigint;
  time: bigint;
  /** A decimal number; of a histogram its sum. null: it has none, or is no number. */
  value: string | null;
}

/** One log record, without its text. */
export interface LogRecord {
  resource: Attributes;
  scope: string;
  /** What happened, by its name. */
  event: string;
  attributes: Attributes;
  time: bigint;
  /** Of its text, which is not kept. */
  bodyDigest: string;
}

/** Something in the place of a request that is not OTLP. `pointer` is where, in JSON; bytes have none. */
export class NotOtlp extends Error {
  override readonly name = "NotOtlp";

  constructor(
    message: string,
    readonly pointer: string,
  ) {
    super(message);
  }
}

/** The shortest decimal text of a number that gives the same number again; null for what is none. */
export function decimalOf(value: number): string | null {
  return Number.isFinite(value) ? String(value) : null;
}
