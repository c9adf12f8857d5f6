import { z } from "zod";
import { COST_FIELDS, type CostField, DAY_ORDERS, DECIMAL_MARKS } from "@/lib/core/cost-files";
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

const source = z.string().trim().min(1, { error: "says who the bill is from" }).max(100);

/** The body of `POST /api/v1/costs/imports` and of its checks. */
export const costImportSchema = z.strictObject({
  /** Slug of the organisation. */
  org: z.string().min(1).max(200),
  /** Who the bill is from: what a later file of the same source tells of the same days stands in the place of this. */
  source,
  fileName: z.string().trim().min(1).max(300),
  csv: z.string().min(1, { error: "is empty" }),
  reading: reading.default({ fields: {} }),
});
export type CostImportInput = z.infer<typeof costImportSchema>;

const minor = z.string().regex(/^-?\d+$/);
const field = z.enum(COST_FIELDS);

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
