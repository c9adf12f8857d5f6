import { AppError } from "@/lib/core/errors";

/** Rows that one metric of an answer has at most. */
export const MAX_ROWS = 50_000;

/** @throws {AppError} `unprocessable` when so many groups in so many periods would be too much to read. */
export function assertRowLimit(groups: number, buckets: number): void {
  if (groups * buckets <= MAX_ROWS) return;
  throw new AppError({
    code: "unprocessable",
    message: `${groups} groups in ${buckets} periods are more than ${MAX_ROWS} rows: use fewer dimensions, a coarser grain or a filter.`,
    pointer: "/groupBy",
  });
}
