import { describe, expect, it } from "vitest";
import { rowsOf } from "@/tests/factories/columns";
import { applyChange } from "./apply-change";
import { ColumnWriter, type FactRow } from "./column-writer";
import { HELD, NO_NUMBERS, SUBJECT_CODE } from "./table";

const ROW: FactRow = {
  mergedAt: 0,
  repoId: 1,
  number: 1,
  teamId: -1,
  authorKind: 3,
  category: 9,
  sizeBucket: 1,
  exclusion: 0,
  confidence: 1,
  agentsHigh: 0,
  agentsLow: 0,
  subject: SUBJECT_CODE.merged,
  cause: HELD,
  ...NO_NUMBERS,
  effectiveLines: 10,
  agentLines: 0,
  prodLines: 10,
};

/** Rows whose repository, team and agents are all different. */
function tableOf(count: number, first = 0): ColumnWriter {
  const writer = new ColumnWriter(1);
  for (let index = first; index < first + count; index += 1) {
    writer.append({ ...ROW, mergedAt: index, repoId: index + 1, teamId: index + 1, agentsLow: index | 0 });
  }
  return writer;
}

describe("ColumnWriter", () => {
  it("changes to wider positions when a dictionary outgrows 16 bits", () => {
    // Teams hold none at position 0, so theirs is the first to outgrow.
    const writer = tableOf(65_535);
    expect(writer.table.team).toBeInstanceOf(Uint16Array);
    writer.append({ ...ROW, mergedAt: 65_535, repoId: 65_536, teamId: 65_536, agentsLow: 65_535 });
    expect(writer.table.team).toBeInstanceOf(Uint32Array);
    expect(writer.table.repo).toBeInstanceOf(Uint16Array);
    writer.append({ ...ROW, mergedAt: 65_536, repoId: 65_537, teamId: 65_537, agentsLow: 65_536 });
    for (const column of ["repo", "team", "profile"] as const) {
      expect(writer.table[column]).toBeInstanceOf(Uint32Array);
      expect(writer.table[column].length).toBe(writer.table.mergedAt.length);
    }
    const rows = rowsOf(writer.table);
    expect(rows).toHaveLength(65_537);
    expect(
      rows.every(({ repoId, teamId, agentMask }, index) => {
        return repoId === index + 1 && teamId === index + 1 && agentMask === BigInt(index);
      }),
    ).toBe(true);
  });

  it("does so too when a change brings the entries", () => {
    const writer = tableOf(65_000);
    const { table: fresh } = tableOf(1000, 65_000);
    applyChange(writer, { keys: new Map(fresh.repos.map((id) => [id, "all"])), fresh });
    const rows = rowsOf(writer.table);
    expect(rows).toHaveLength(66_000);
    expect(rows.every(({ repoId, teamId }, index) => repoId === index + 1 && teamId === index + 1)).toBe(true);
    expect(writer.table.profiles).toHaveLength(66_000);
  });

  it("refuses a code that no word can have", () => {
    expect(() => new ColumnWriter(1).append({ ...ROW, category: 64 })).toThrow(RangeError);
    expect(() => new ColumnWriter(1).append({ ...ROW, exclusion: -1 })).toThrow(RangeError);
  });

  it("stays below 45 bytes for a row", () => {
    const { table } = tableOf(5000);
    const bytes = [
      table.mergedAt,
      table.repo,
      table.number,
      table.team,
      table.profile,
      table.rollbackSeconds,
      table.effectiveLines,
      table.agentLines,
      table.prodLines,
    ].reduce((sum, column) => sum + column.byteLength, 0);
    expect(bytes / table.length).toBeLessThan(45);
  });
});
