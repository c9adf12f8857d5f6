import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

export interface TableSize {
  table: string;
  rows: number;
  /** Table, indexes and what is stored apart, in bytes. */
  bytes: number;
}

/** Sizes of the product's tables that hold anything, the largest first. Rows are PostgreSQL's estimate after ANALYZE. */
export async function readTableSizes(): Promise<TableSize[]> {
  return query<{ table: string; rows: number; bytes: number }>(
    sql`select c.relname as "table", greatest(c.reltuples, 0)::bigint as rows, pg_total_relation_size(c.oid) as bytes
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and c.reltuples > 0 and c.relname not like '\\_prisma%'
      order by bytes desc, c.relname`,
  );
}
