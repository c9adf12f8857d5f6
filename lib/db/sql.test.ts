import { describe, expect, it } from "vitest";
import { sql } from "./sql";

const COLUMNS = { team: "pr.team_id", odd: 'we"ird' } as const;

describe("sql", () => {
  it("turns values into numbered parameters", () => {
    const statement = sql`select * from t where a = ${1} and b = ${"x'; drop table t"}`;
    expect(statement.text).toBe("select * from t where a = $1 and b = $2");
    expect(statement.values).toEqual([1, "x'; drop table t"]);
  });

  it("merges fragments and numbers through them", () => {
    const condition = sql`b = ${2} or b = ${3}`;
    const statement = sql`select ${1} where (${condition}) and c = ${4} ${sql.empty}`;
    expect(statement.text).toBe("select $1 where (b = $2 or b = $3) and c = $4 ");
    expect(statement.values).toEqual([1, 2, 3, 4]);
  });

  it("joins values and fragments", () => {
    expect(sql`in (${sql.join([1, 2, 3])})`.text).toBe("in ($1, $2, $3)");
    const both = sql.join([sql`a = ${1}`, sql`b`, sql`c = ${2}`], " AND ");
    expect(both.text).toBe("a = $1 AND b AND c = $2");
    expect(both.values).toEqual([1, 2]);
    expect(sql.join([]).text).toBe("");
  });

  it("takes names from closed maps, quoted, and nothing else", () => {
    expect(sql`group by ${sql.ident(COLUMNS, "team")}`.text).toBe('group by "pr"."team_id"');
    expect(sql.ident(COLUMNS, "odd").text).toBe('"we""ird"');
    const smuggled: Record<string, string> = COLUMNS;
    expect(() => sql.ident<string>(smuggled, "toString")).toThrow("No identifier");
  });
});
