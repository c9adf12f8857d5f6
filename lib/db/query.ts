import type { QueryResultRow } from "pg";
import { getPool, type Queryable } from "./pool";
import type { Sql } from "./sql";

export type { QueryResultRow };

/** Runs a statement and returns its rows, on the pool of the process unless a client is given. */
export async function query<Row extends QueryResultRow>(statement: Sql, client: Queryable = getPool()): Promise<Row[]> {
  const result = await client.query<Row>({ text: statement.text, values: statement.values });
  return result.rows;
}

/** Runs a statement and returns the number of rows that it touched. */
export async function execute(statement: Sql, client: Queryable = getPool()): Promise<number> {
  const result = await client.query({ text: statement.text, values: statement.values });
  return result.rowCount ?? 0;
}
