import { Decimal, type DecimalValue } from "./decimal";

/** Currencies of ISO 4217 whose minor unit is not a hundredth; of all others it is. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** Decimals of a currency: 2 of USD, 0 of JPY, 3 of KWD. */
export function minorDigits(currency: string): number {
  return MINOR_DIGITS[currency] ?? 2;
}

/** An amount of major units (dollars) in minor units, halves away from zero (metrics.md 3.4). */
export function toMinor(amount: DecimalValue, currency: string): bigint {
  const scaled = new Decimal(amount).times(new Decimal(10).pow(minorDigits(currency)));
  return BigInt(scaled.toDecimalPlaces(0).toFixed());
}

/** Minor units (cents) in major units (dollars), exact. */
export function toMajor(minor: DecimalValue, currency: string): Decimal {
  return new Decimal(minor).div(new Decimal(10).pow(minorDigits(currency)));
}

/**
 * A decimal text rounded to so many places, halves away from zero, as PostgreSQL's `round(numeric)` and a workbook's ROUND
 * do it.
 */
export function roundHalfUp(amount: DecimalValue, places: number): string {
  return new Decimal(amount).toDecimalPlaces(places).toFixed(places);
}

/**
 * Parts a total by weights without losing a unit: each gets the whole part of its share, and the units left over go to the
 * largest fractions, of equal ones to the first (largest remainder, metrics.md Appendix A). A negative total is parted as
 * its amount.
 * @param weights none negative, and not all zero
 */
export function allocateMinor(total: bigint, weights: readonly DecimalValue[]): bigint[] {
  const parsed = weights.map((weight) => new Decimal(weight));
  const sum = parsed.reduce((all, weight) => all.plus(weight), new Decimal(0));
  if (parsed.some((weight) => weight.isNegative() && !weight.isZero()) || sum.isZero()) {
    throw new RangeError("Weights must not be negative, and one must be above 0");
  }
  const amount = total < 0n ? -total : total;
  const shares = parsed.map((weight) => weight.times(new Decimal(amount)).div(sum));
  const parts = shares.map((share) => BigInt(share.floor().toFixed()));
  const left = Number(amount - parts.reduce((all, part) => all + part, 0n));
  const byFraction = shares
    .map((share, index) => ({ fraction: share.minus(share.floor()), index }))
    .sort((a, b) => b.fraction.comparedTo(a.fraction) || a.index - b.index);
  for (const { index } of byFraction.slice(0, left)) parts[index] = (parts[index] as bigint) + 1n;
  return total < 0n ? parts.map((part) => -part) : parts;
}
