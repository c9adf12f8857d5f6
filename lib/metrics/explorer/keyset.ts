import { AppError } from "@/lib/core/errors";
import { type Sql, sql } from "@/lib/db/sql";
import type { Position } from "./cursor";

function notOurs(): AppError {
  return new AppError({
    code: "unprocessable",
    message: "The cursor is not one that this list gave: start again without it.",
    pointer: "/cursor",
  });
}

/** Reads the text that a cursor carries back as a value of its column's type; a cursor is input like any other. */
type ReadKey = (text: string) => Sql;

export const integerKey: ReadKey = (text) => {
  if (!/^\d{1,15}$/.test(text)) throw notOurs();
  return sql`${text}::bigint`;
};

export const textKey: ReadKey = (text) => {
  if (text.includes("\0")) throw notOurs();
  return sql`${text}::text`;
};

/** PostgreSQL's own text of a timestamptz in UTC: it keeps the microseconds that a JavaScript date would lose. */
export const instantKey: ReadKey = (text) => {
  const [, date, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)\+00$/.exec(text) ?? [];
  if (date === undefined || time === undefined || Number.isNaN(Date.parse(`${date}T${time}Z`))) throw notOurs();
  return sql`${text}::timestamptz`;
};

export interface KeysetSort {
  /** What is sorted by; missing values come last in both directions. */
  column: Sql;
  read: ReadKey;
  descending: boolean;
  /** Columns that make the order total, in the same direction. */
  ties: { column: Sql; read: ReadKey }[];
}

const direction = ({ descending }: KeysetSort) => (descending ? sql`desc` : sql`asc`);

/** The `order by` list of a sort. */
export function keysetOrder(sort: KeysetSort): Sql {
  const way = direction(sort);
  return sql.join([sql`${sort.column} ${way} nulls last`, ...sort.ties.map(({ column }) => sql`${column} ${way}`)]);
}

/** The condition that a row comes after a position. */
export function afterPosition(sort: KeysetSort, { tie, value }: Position): Sql {
  if (tie.length !== sort.ties.length) throw notOurs();
  const columns = sql.join(sort.ties.map(({ column }) => column));
  const values = sql.join(sort.ties.map(({ read }, index) => read(tie[index] ?? "")));
  const beyond = sort.descending ? sql`(${columns}) < (${values})` : sql`(${columns}) > (${values})`;
  if (value === null) return sql`(${sort.column} is null and ${beyond})`;
  const at = sort.read(value);
  const past = sort.descending ? sql`${sort.column} < ${at}` : sql`${sort.column} > ${at}`;
  return sql`(${past} or (${sort.column} = ${at} and ${beyond}) or ${sort.column} is null)`;
}
