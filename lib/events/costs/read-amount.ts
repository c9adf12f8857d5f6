import type { DECIMAL_MARKS } from "@/lib/core/cost-files";
import { Decimal } from "@/lib/core/decimal";

export type DecimalMark = (typeof DECIMAL_MARKS)[number];

const CURRENCY_SIGN = /^[\p{Sc}]|[\p{Sc}]$|^[A-Z]{3}(?=[\s\d-])|(?<=[\d\s])[A-Z]{3}$/gu;
const SPACES = /[\s\u00a0\u202f']/g;

/** Without currency signs and spaces; what stands in brackets is below nothing. */
function bare(text: string): string {
  const plain = text.trim().replace(CURRENCY_SIGN, "").trim();
  const isNegative = /^\(.*\)$/.test(plain);
  const digits = (isNegative ? plain.slice(1, -1) : plain)
    .replace(CURRENCY_SIGN, "")
    .replace(SPACES, "")
    .replace("−", "-");
  return isNegative ? `-${digits}` : digits;
}

/** A decimal number as a bill writes it, `1,234.50`, `1.234,50`, `(12.30)`, `$5`, `9e-05`; null where it is none. */
export function readAmount(text: string, mark: DecimalMark): Decimal | null {
  const digits = bare(text);
  const group = mark === "." ? "," : ".";
  const [whole = "", part, ...more] = digits.split(mark);
  if (more.length > 0 || part?.includes(group)) return null;
  if (whole.includes(group) && !/^-?\d{1,3}(?:[.,]\d{3})+$/.test(whole)) return null;
  const plain = part === undefined ? whole.replaceAll(group, "") : `${whole.replaceAll(group, "")}.${part}`;
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,2})?$/i.test(plain) ? new Decimal(plain) : null;
}

/** What an amount says of the sign before its decimals; null where it could be either. */
function markOf(text: string): DecimalMark | "either" | null {
  const digits = bare(text);
  const [dots, commas] = [digits.split(".").length - 1, digits.split(",").length - 1];
  if (dots === 0 && commas === 0) return null;
  if (dots > 0 && commas > 0) return digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "." : ",";
  const sign = dots > 0 ? "." : ",";
  const other = dots > 0 ? "," : ".";
  if (dots + commas > 1) return other;
  return /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(digits) ? "either" : sign;
}

/**
 * The sign before the decimals of a file's amounts.
 * @returns null where `1,234` alone leaves it open; a dot before three digits is a decimal point where nothing says otherwise
 */
export function decimalMarkOf(texts: Iterable<string>): DecimalMark | null {
  let isOpen = false;
  for (const text of texts) {
    const mark = markOf(text);
    if (mark === "." || mark === ",") return mark;
    if (mark === "either" && text.includes(",")) isOpen = true;
  }
  return isOpen ? null : ".";
}
