import { z } from "zod";
import type { MonthCloses } from "./types";

const minor = z.string().regex(/^-?\d+$/);
const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, { error: "must be a month such as 2026-03" });
const slug = z.string().min(1).max(200);

/** The parameters of `GET /api/v1/roi/closes`. */
export const closesQuerySchema = z.strictObject({ org: slug });

/** The body of `POST /api/v1/roi/closes`. */
export const closeMonthSchema = z.strictObject({ org: slug, month });

/** The body of `POST /api/v1/roi/closes/{id}/reopen`. */
export const reopenSchema = z.strictObject({
  reason: z.string().trim().min(1, { error: "says why the month is opened again" }).max(500),
});

const line = z.strictObject({ part: z.string(), merged: z.int(), benefit: minor, cost: minor, net: minor });
const values = z.strictObject({
  parts: z.array(line),
  total: line,
  adjusted: z.strictObject({ benefit: minor, cost: minor, net: minor }),
  net: minor,
  isPartial: z.boolean(),
});
const adjustments = z.array(
  z.strictObject({
    month,
    part: z.string(),
    line: z.enum(["benefit", "cost"]),
    minor,
    causes: z.array(z.enum(["costs", "pull_requests", "measured", "assumptions", "allocation", "rates"])),
  }),
);

const figure = z.number().nullable();
const vintage = z.strictObject({
  days: z.union([z.literal(30), z.literal(90)]),
  dataCompleteTo: z.iso.datetime(),
  total: line.nullable(),
  metrics: z.array(
    z.strictObject({
      metric: z.string(),
      value: figure,
      lo: figure,
      hi: figure,
      n: figure,
      reason: z.string().nullable(),
    }),
  ),
});

/** The answer of `GET /api/v1/roi/closes`. */
export const monthClosesSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.int(),
      month,
      version: z.int(),
      state: z.enum(["closed", "restated", "reopened"]),
      by: z.string(),
      at: z.iso.datetime(),
      sha256: z.string(),
      isIntact: z.boolean(),
      currency: z.string(),
      values,
      adjustments,
      vintages: z.array(vintage),
      reopened: z.strictObject({ by: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
    }),
  ),
  open: z
    .strictObject({
      month,
      earliest: z.iso.datetime(),
      reason: z.string().nullable(),
      currency: z.string().nullable(),
      values: values.nullable(),
      adjustments,
    })
    .nullable(),
  first: z.array(month),
}) satisfies z.ZodType<MonthCloses>;

/** The answer of `GET /api/v1/roi/closes/{id}`. */
export const closeSchema = z.strictObject({
  /** What was frozen, as the text that the hash is of. */
  text: z.string(),
  sha256: z.string(),
  isIntact: z.boolean(),
});
