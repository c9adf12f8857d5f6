import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** A figure as a company enters it, in the unit that its metric is written in. */
export interface OwnBenchmark {
  metric: string;
  says: string;
  publisher: string;
  published: string;
  low: number;
  high: number;
}

/** Adds a figure. @returns its id */
export async function addBenchmark({ high, low, metric, published, publisher, says }: OwnBenchmark): Promise<number> {
  const [row] = await query<{ id: number }>(
    sql`insert into company_benchmark (metric, says, publisher, published, low, high)
      values (${metric}, ${says}, ${publisher}, ${published}, ${low}, ${high}) returning id`,
  );
  if (row === undefined) throw new Error("A benchmark was not stored");
  return row.id;
}

/**
 * Removes a figure that the company entered; the published ones stay.
 * @param id as the list gives it: `own-7`
 * @throws {AppError} `not_found`
 */
export async function removeBenchmark(id: string): Promise<void> {
  const [, own] = /^own-(\d{1,9})$/.exec(id) ?? [];
  const removed =
    own === undefined ? 0 : await execute(sql`delete from company_benchmark where id = ${Number(own)}::integer`);
  if (removed === 0) throw new AppError({ code: "not_found", message: `No figure of the company is called "${id}".` });
}
