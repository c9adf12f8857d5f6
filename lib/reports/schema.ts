import { z } from "zod";

/** The body of `POST /api/v1/reports`. */
export const reportRequestSchema = z.strictObject({
  /** Such as `roi.xlsx`, as `GET /api/v1/exports/{report}` takes it. */
  report: z.string().min(1).max(60),
  /** What that takes as parameters. */
  query: z.record(z.string().max(60), z.union([z.string().max(4000), z.array(z.string().max(4000)).max(100)])),
});

export const reportItemSchema = z.strictObject({
  id: z.uuid(),
  report: z.string(),
  query: reportRequestSchema.shape.query,
  state: z.enum(["queued", "running", "done", "failed"]),
  step: z.string(),
  done: z.int(),
  total: z.int().nullable(),
  file: z.strictObject({ fileName: z.string(), bytes: z.int(), sha256: z.string() }).nullable(),
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
