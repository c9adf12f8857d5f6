import { z } from "zod";
import { Decimal } from "@/lib/core/decimal";
import { VendorFailure } from "./vendor";

/** Pages of one question; a month of any account has a small part of it. */
export const MOST_PAGES = 2000;

/**
 * Reads an answer by its schema.
 * @param exact names of fields whose numbers are read as the text that stands there, so that no float touches money
 * @throws {VendorFailure} `changed`, with where it is otherwise than documented
 */
export function readAnswer<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  what: string,
  exact: readonly string[] = [],
): z.output<Schema> {
  // A quote inside of a text stands behind a backslash, so that no name is found there.
  const numbers = new RegExp(
    `("(?:${exact.join("|")})"\\s*:\\s*)(-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)(?=\\s*[,}\\]])`,
    "g",
  );
  let parsed: unknown;
  try {
    parsed = JSON.parse(exact.length === 0 ? text : text.replaceAll(numbers, '$1"$2"'));
  } catch {
    throw new VendorFailure("changed", `${what} is not JSON.`);
  }
  const result = schema.safeParse(parsed);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  throw new VendorFailure("changed", `${what} is otherwise than documented${where}: ${issue?.message ?? ""}`);
}

/** An amount as decimal text. */
export const amountText = z
  .string()
  .regex(/^-?\d{1,15}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,2})?$/, { error: "is no amount" })
  .transform((text) => new Decimal(text));

/** The code of a currency, however it is written. */
export const currencyCode = z
  .string()
  .regex(/^[A-Za-z]{3}$/, { error: "is no currency" })
  .transform((code) => code.toUpperCase());

/** The day of an instant in UTC. */
export const dayOfInstant = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
