import { z } from "zod";
import {
  COST_FIELDS,
  COST_RHYTHMS,
  type CostField,
  DAY_ORDERS,
  DECIMAL_MARKS,
  TOKEN_FIELDS,
} from "@/lib/core/cost-files";
import { COST_ITEM_CODE } from "@/lib/core/dimensions";

const place = z.union([
  z.strictObject({ column: z.string().min(1).max(200) }),
  z.strictObject({ value: z.string().trim().min(1).max(200) }),
  z.null(),
]);

const reading = z.strictObject({
  fields: z
    .strictObject(
      Object.fromEntries(COST_FIELDS.map((field) => [field, place.optional()])) as Record<
        CostField,
        z.ZodOptional<typeof place>
      >,
    )
    .default({}),
  dayOrder: z.enum(DAY_ORDERS).optional(),
  decimalMark: z.enum(DECIMAL_MARKS).optional(),
});

const source = z
  .string()
  .trim()
  .min(1, { error: "says who the bill is from" })
  .max(100)
  // Entries that are made here have sources that begin so.
  .refine((text) => !text.startsWith("/"), { error: "must not begin with a slash" });

/** The body of `POST /api/v1/costs/imports` and of its checks. */
export const costImportSchema = z
  .strictObject({
    /** Slug of the organisation. */
    org: z.string().min(1).max(200),
    /** Who the bill is from: what a later file of the same source tells of the same days stands in the place of this. */
    source,
    fileName: z.string().trim().min(1).max(300),
    /** The text of a CSV file, or the bytes of a workbook: one of both. */
    csv: z.string().min(1, { error: "is empty" }).optional(),
    xlsx: z.base64({ error: "must be the bytes of a workbook in base64" }).min(1, { error: "is empty" }).optional(),
    reading: reading.default({ fields: {} }),
  })
  .superRefine(({ csv, xlsx }, context) => {
    if ((csv === undefined) === (xlsx === undefined))
      context.addIssue({ code: "custom", path: ["csv"], message: "a file is sent as csv or as xlsx", input: csv });
  });
export type CostImportInput = z.infer<typeof costImportSchema>;

const minor = z.string().regex(/^-?\d+$/);
const field = z.enum(COST_FIELDS);
const tokens = z.record(z.enum(TOKEN_FIELDS), minor);

export const costReportSchema = z.strictObject({
  reading: z.strictObject({
    format: z.enum(["github", "focus"]).nullable(),
    fields: z.record(field, place),
    dayOrder: z.enum(DAY_ORDERS).nullable(),
    decimalMark: z.enum(DECIMAL_MARKS).nullable(),
  }),
  columns: z.array(z.string()),
  lines: z.int(),
  problems: z.array(z.strictObject({ line: z.int().nullable(), field: field.nullable(), message: z.string() })),
  problemCount: z.int(),
  firstDay: z.iso.date().nullable(),
  lastDay: z.iso.date().nullable(),
  totals: z.array(z.strictObject({ currency: z.string(), minor, exact: z.string() })),
  months: z.array(
    z.strictObject({
      month: z.string(),
      item: z.enum(Object.keys(COST_ITEM_CODE) as (keyof typeof COST_ITEM_CODE)[]),
      currency: z.string(),
      minor,
    }),
  ),
  posted: z.int(),
  changes: z.array(z.strictObject({ currency: z.string(), minor })),
  usage: z.array(z.strictObject({ model: z.string(), provider: z.string(), tokens, isPriced: z.boolean() })),
});

export const costImportItemSchema = z.strictObject({
  id: z.int(),
  org: z.string(),
  source: z.string(),
  fileName: z.string(),
  lines: z.int(),
  firstDay: z.iso.date(),
  lastDay: z.iso.date(),
  posted: z.int(),
  by: z.string(),
  at: z.iso.datetime(),
  isTakingBack: z.boolean(),
});

const currency = z
  .string()
  .refine((code) => /^[A-Z]{3}$/.test(code) && Intl.supportedValuesOf("currency").includes(code), {
    error: "must be the code of a currency, such as EUR",
  });
const price = z
  .string()
  .regex(/^\d{1,9}(?:\.\d{1,10})?$/, { error: "must be a number such as 3 or 0.25" })
  .nullable();
const day = z.iso.date({ error: "must be a day such as 2026-01-31" });
const why = z.string().trim().min(1, { error: "says where it comes from" }).max(500);
const org = z.string().min(1).max(200);
const item = z.enum(Object.keys(COST_ITEM_CODE) as (keyof typeof COST_ITEM_CODE)[]);

/** The body of `PUT /api/v1/costs/token-prices`: what a million tokens of a model cost from a day on. */
export const tokenPriceSchema = z
  .strictObject({
    org,
    model: z.string().trim().min(1, { error: "names a model" }).max(100),
    validFrom: day,
    currency,
    /** null, with `output`: what was said of the day is taken back. */
    input: price,
    output: price,
    /** null: not known; usage with such tokens has no estimate then. */
    cacheRead: price.default(null),
    cacheWrite: price.default(null),
    why,
  })
  .superRefine(({ input, output }, context) => {
    if ((input === null) === (output === null)) return;
    const path = input === null ? "input" : "output";
    context.addIssue({ code: "custom", path: [path], message: "is missing: a price has both", input: null });
  });
export type TokenPriceInput = z.output<typeof tokenPriceSchema>;

const listPrice = price.unwrap();

/** The body of `POST /api/v1/costs/token-prices/lists`: prices of several models from the list of somebody. */
export const tokenPriceListSchema = z
  .strictObject({
    org,
    currency,
    why,
    prices: z
      .array(
        z.strictObject({
          model: z.string().trim().min(1, { error: "names a model" }).max(100),
          validFrom: day,
          input: listPrice,
          output: listPrice,
          cacheRead: price.default(null),
          cacheWrite: price.default(null),
        }),
      )
      .min(1, { error: "holds no price" })
      .max(500),
  })
  .superRefine(({ prices }, context) => {
    const seen = new Set<string>();
    for (const [index, { model, validFrom }] of prices.entries()) {
      const key = JSON.stringify([model.toLowerCase(), validFrom]);
      if (seen.has(key))
        context.addIssue({
          code: "custom",
          path: ["prices", index, "model"],
          message: "stands there twice",
          input: model,
        });
      seen.add(key);
    }
  });

const priceText = z.string().nullable();
export const tokenPricesSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      org: z.string(),
      model: z.string(),
      validFrom: z.iso.date(),
      currency: z.string(),
      input: priceText,
      output: priceText,
      cacheRead: priceText,
      cacheWrite: priceText,
      why: z.string(),
      by: z.string(),
      at: z.iso.datetime(),
    }),
  ),
  unpriced: z.array(
    z.strictObject({
      org: z.string(),
      model: z.string(),
      provider: z.string(),
      firstDay: z.iso.date(),
      lastDay: z.iso.date(),
      tokens,
    }),
  ),
});

/** The body of `POST /api/v1/costs/entries`. */
export const costEntrySchema = z
  .strictObject({
    org,
    item,
    provider: z.string().trim().min(1, { error: "says who is paid" }).max(100),
    team: z.string().min(1).max(200).nullable().default(null),
    agent: z.string().min(1).max(100).nullable().default(null),
    currency,
    /** Major units; of what is paid by the year, of a year. Below nothing it is money back. */
    amount: z.string().regex(/^-?\d{1,9}(?:\.\d{1,4})?$/, { error: "must be a number such as 1200 or 19.99" }),
    every: z.enum(COST_RHYTHMS),
    startsOn: day,
    endsOn: day.nullable().default(null),
    why,
  })
  .superRefine(({ endsOn, every, startsOn }, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message, input: endsOn });
    if (startsOn < "2000-01-01") refuse("startsOn", "is before 2000");
    if (endsOn !== null && endsOn < startsOn) refuse("endsOn", "must not be before it begins");
    if (endsOn !== null && every === "once") refuse("endsOn", "what is paid once has no end");
  });
export type CostEntryInput = z.output<typeof costEntrySchema>;

/** The body of `PUT /api/v1/costs/entries/{id}`. */
export const costEndSchema = z.strictObject({ endsOn: day });

export const costEntryItemSchema = z.strictObject({
  id: z.int(),
  org: z.string(),
  item,
  provider: z.string(),
  team: z.string().nullable(),
  agent: z.string().nullable(),
  currency: z.string(),
  amountMinor: minor,
  every: z.enum(COST_RHYTHMS),
  startsOn: z.iso.date(),
  endsOn: z.iso.date().nullable(),
  why: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
  postedMinor: minor,
});

/** The body of `POST /api/v1/costs/centres`. */
export const costCentreSchema = z
  .strictObject({
    org,
    team: z.string().min(1, { error: "names a team" }).max(200),
    code: z.string().trim().min(1, { error: "is the number of a cost centre" }).max(60),
    /** Left empty it is called by its number. */
    name: z.string().trim().max(100).default(""),
    validFrom: day,
    validTo: day.nullable().default(null),
  })
  .superRefine(({ validFrom, validTo }, context) => {
    if (validTo === null || validTo >= validFrom) return;
    context.addIssue({ code: "custom", path: ["validTo"], message: "must not be before it begins", input: validTo });
  });
export type CostCentreInput = z.output<typeof costCentreSchema>;

/** The body of `PUT /api/v1/costs/centres/{id}`. */
export const costCentreEndSchema = z.strictObject({ validTo: day });
