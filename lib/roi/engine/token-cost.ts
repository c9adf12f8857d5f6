import { Decimal, type DecimalValue } from "@/lib/core/decimal";
import { toMinor } from "@/lib/core/money";

const MILLION = 1_000_000;

/** What tokens cost at prices per million of them; major units. */
export function tokenCost(usage: {
  input: DecimalValue;
  output: DecimalValue;
  pricePerMillionInput: DecimalValue;
  pricePerMillionOutput: DecimalValue;
}): Decimal {
  return new Decimal(usage.input)
    .times(usage.pricePerMillionInput)
    .plus(new Decimal(usage.output).times(usage.pricePerMillionOutput))
    .div(MILLION);
}

/** A quantity at its unit price as one ledger line: minor units, rounded once. */
export function lineAmount(quantity: DecimalValue, unitPrice: DecimalValue, currency: string): bigint {
  return toMinor(new Decimal(quantity).times(unitPrice), currency);
}
