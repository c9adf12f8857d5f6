import { z } from "zod";

const report = z.string().min(1, { error: "must not be empty" });

/** The body of `POST /api/v1/coverage`. */
export const coverageReportSchema = z.strictObject({
  /** `org/name`. */
  repository: z.string().min(3).max(300),
  number: z.int().positive().max(2_147_483_647),
  /** When it was measured; now, where it is left out. */
  at: z.iso.datetime({ offset: true }).optional(),
  head: report,
  base: report.nullable().default(null),
  diff: report.nullable().default(null),
});

const covered = z.strictObject({ covered: z.int().nonnegative(), total: z.int().nonnegative() });

/** What was measured, in lines. */
export const measuredCoverageSchema = z.strictObject({
  head: covered,
  base: covered.nullable(),
  patch: covered.nullable(),
});
