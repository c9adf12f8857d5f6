import { z } from "zod";
import { ALLOCATION_KEYS, ASSUMPTION_BASES, ASSUMPTION_KEYS, inputWords } from "@/lib/core/roi-inputs";

/** Decimal text: no float touches money. */
const amount = z.string().regex(/^-?\d{1,12}(?:\.\d{1,10})?$/, { error: "must be a number such as 95 or 0.5" });

/** What somebody says of one input; null takes back what was said. */
const assumption = z
  .strictObject({
    key: z.enum(ASSUMPTION_KEYS),
    value: amount.nullable(),
    /** The range that is thought possible; both or none. */
    low: amount.nullable().default(null),
    high: amount.nullable().default(null),
  })
  .superRefine(({ high, key, low, value }, context) => {
    const refuse = (path: "value" | "low" | "high", message: string) =>
      context.addIssue({ code: "custom", path: [path], message, input: value });
    const { label, most, unit } = inputWords(key);
    const least = unit === "months" ? 1 : 0;
    const isWhole = unit === "months";
    for (const [path, text] of Object.entries({ value, low, high }) as ["value" | "low" | "high", string | null][]) {
      if (text === null) continue;
      const number = Number(text);
      // Nobody knows that hours were saved at all: the range may begin below 0.
      const lowest = path === "low" && key === "hoursSaved" ? -most : least;
      if (number < lowest || number > most) refuse(path, `${label} must lie between ${lowest} and ${most}`);
      if (isWhole && !Number.isInteger(number)) refuse(path, `${label} must be a whole number`);
    }
    if ((low === null) !== (high === null)) refuse(low === null ? "low" : "high", "a range has two ends");
    if (value === null && low !== null) refuse("low", "there is no range without a value");
    if (value !== null && low !== null && Number(low) > Number(value)) refuse("low", "must not be above the value");
    if (value !== null && high !== null && Number(high) < Number(value)) refuse("high", "must not be below the value");
  });

const currencyCode = z
  .string()
  .refine((code) => /^[A-Z]{3}$/.test(code) && Intl.supportedValuesOf("currency").includes(code), {
    error: "must be the code of a currency, such as EUR",
  });

/** The body of `PUT /api/v1/roi/assumptions`. */
export const assumptionsSchema = z.strictObject({
  /** Slug of the organisation. */
  org: z.string().min(1).max(200),
  /** Slug of the team that it is said of; null: of the whole organisation. */
  team: z.string().min(1).max(200).nullable().default(null),
  /** From which day on it holds. */
  validFrom: z.iso.date({ error: "must be a day such as 2026-01-31" }),
  basis: z.enum(ASSUMPTION_BASES),
  /** Where it comes from, or why it is thought. */
  why: z.string().trim().min(1, { error: "says where it comes from" }).max(500),
  /** The currency that the organisation plans in, ISO 4217; left out, it stays. */
  currency: currencyCode.optional(),
  /** By what its costs are allocated to its teams; left out, it stays. */
  allocation: z.enum(ALLOCATION_KEYS).optional(),
  /** The calendar month that its fiscal year begins with, 1 to 12; left out, it stays. */
  fiscalStart: z.int().min(1).max(12).optional(),
  values: z
    .array(assumption)
    .max(ASSUMPTION_KEYS.length)
    .refine((values) => new Set(values.map(({ key }) => key)).size === values.length, {
      error: "names an input twice",
    }),
});
export type AssumptionsEntry = z.output<typeof assumptionsSchema>;

/** The body of `PUT /api/v1/roi/exchange-rates`. */
export const exchangeRatesSchema = z.strictObject({
  /** Slug of the organisation; rates are into the currency that it plans in. */
  org: z.string().min(1).max(200),
  currency: currencyCode,
  /** Where they come from. */
  why: z.string().trim().min(1, { error: "says where they come from" }).max(500),
  rates: z
    .array(
      z.strictObject({
        month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, { error: "must be a month such as 2026-03" }),
        /** What one unit of the currency was worth on average; null takes back what was said. */
        rate: z
          .string()
          .regex(/^\d{1,9}(?:\.\d{1,10})?$/, { error: "must be a number above 0 such as 0.92" })
          .refine((text) => Number(text) > 0, { error: "must be above 0" })
          .nullable(),
      }),
    )
    .min(1)
    .max(120)
    .superRefine((rates, context) => {
      for (const [index, { month }] of rates.entries()) {
        if (rates.findIndex((one) => one.month === month) < index)
          context.addIssue({ code: "custom", path: [index, "month"], message: `names ${month} twice`, input: month });
      }
    }),
});
export type ExchangeRatesEntry = z.output<typeof exchangeRatesSchema>;
