import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

type Column = { type: string; nullable: boolean };
type Tables = Record<string, Record<string, Column>>;

/** What each Prisma type is in PostgreSQL when no `@db.` attribute says otherwise. */
const DEFAULT_TYPES: Record<string, string> = {
  String: "text",
  Int: "int4",
  BigInt: "int8",
  Boolean: "bool",
  DateTime: "timestamp",
  Json: "jsonb",
  Float: "float8",
  Decimal: "numeric",
  Bytes: "bytea",
};

const NATIVE_TYPES: Record<string, string> = {
  Text: "text",
  VarChar: "varchar",
  SmallInt: "int2",
  Integer: "int4",
  BigInt: "int8",
  Timestamptz: "timestamptz",
  Timestamp: "timestamp",
  Date: "date",
  Time: "time",
  Json: "json",
  JsonB: "jsonb",
  Real: "float4",
  DoublePrecision: "float8",
  Decimal: "numeric",
  Uuid: "uuid",
  ByteA: "bytea",
  Char: "bpchar",
};

function parseModels(schema: string): Tables {
  const tables: Tables = {};
  for (const [, model = "", body = ""] of schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)) {
    const columns: Record<string, Column> = {};
    for (const line of body.split("\n")) {
      const field = /^\s+(\w+)\s+(\w+)(?:\("([^"]+)"\))?(\[\])?(\?)?(.*)$/.exec(line);
      if (field === null || line.trim().startsWith("//")) continue;
      const [, name = "", type = "", unsupported, list, optional, rest = ""] = field;
      const native = /@db\.(\w+)/.exec(rest)?.[1];
      // A type that Prisma does not know is named as PostgreSQL calls it: Unsupported("xid8"), Unsupported("int4[]").
      const base =
        unsupported?.replace(/^(\w+)\[\]$/, "_$1") ??
        (native === undefined ? DEFAULT_TYPES[type] : NATIVE_TYPES[native]);
      if (base === undefined) continue; // A relation: no column of its own.
      const column = /@map\("([^"]+)"\)/.exec(rest)?.[1] ?? name;
      columns[column] = { type: list === undefined ? base : `_${base}`, nullable: optional === "?" };
    }
    tables[/@@map\("([^"]+)"\)/.exec(body)?.[1] ?? model] = columns;
  }
  return tables;
}

async function readSchema(): Promise<Tables> {
  const directory = path.resolve(import.meta.dirname, "..", "..", "prisma", "schema");
  const files = (await readdir(directory)).filter((name) => name.endsWith(".prisma"));
  const texts = await Promise.all(files.map((name) => readFile(path.join(directory, name), "utf8")));
  return parseModels(texts.join("\n"));
}

async function readDatabase(): Promise<Tables> {
  const rows = await query<{ table: string; column: string; type: string; nullable: boolean }>(
    sql`select table_name as table, column_name as column, udt_name as type, is_nullable = 'YES' as nullable
      from information_schema.columns
      join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> '_prisma_migrations'`,
  );
  const tables: Tables = {};
  for (const { table, column, type, nullable } of rows)
    tables[table] = { ...tables[table], [column]: { type, nullable } };
  return tables;
}

describe("prisma/schema and prisma/migrations", () => {
  it("agree on tables, columns, types and what may be null", async () => {
    const [models, database] = [await readSchema(), await readDatabase()];
    expect(Object.keys(models).length).toBeGreaterThan(5);
    expect(database).toEqual(models);
  });
});
