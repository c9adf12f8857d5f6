import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowsOf, type StoredRow } from "@/tests/factories/columns";
import { applyChange } from "./apply-change";
import { ColumnWriter } from "./column-writer";
import { HELD, NO_NUMBERS, SUBJECT_CODE } from "./table";

type Input = Pick<StoredRow, "mergedAt" | "repoId" | "number" | "teamId" | "agentMask" | "confidence">;

const row = fc.record<Input>({
  mergedAt: fc.integer({ min: -5, max: 30 }),
  repoId: fc.integer({ min: 1, max: 4 }),
  number: fc.integer({ min: 1, max: 12 }),
  teamId: fc.option(fc.integer({ min: 1, max: 3 })),
  agentMask: fc.constantFrom(0n, 1n, 2n ** 31n, 2n ** 32n + 1n, 2n ** 63n),
  confidence: fc.nat(3),
});
const keyOf = ({ repoId, number }: Pick<Input, "repoId" | "number">) => `${repoId}/${number}`;
const rows = fc.uniqueArray(row, { selector: keyOf, maxLength: 40 });

const inOrder = (list: readonly Input[]) =>
  [...list].sort((a, b) => a.mergedAt - b.mergedAt || a.repoId - b.repoId || a.number - b.number);

function tableOf(list: readonly Input[]): ColumnWriter {
  const writer = new ColumnWriter(1);
  for (const { mergedAt, repoId, number, teamId, agentMask, confidence } of inOrder(list)) {
    writer.append({
      mergedAt,
      repoId,
      number,
      teamId: teamId ?? -1,
      authorKind: 3,
      category: 9,
      sizeBucket: 1,
      exclusion: 0,
      confidence,
      agentsHigh: Number(BigInt.asIntN(32, agentMask >> 32n)),
      agentsLow: Number(BigInt.asIntN(32, agentMask)),
      subject: SUBJECT_CODE.merged,
      cause: HELD,
      ...NO_NUMBERS,
      effectiveLines: number,
      agentLines: 0,
      prodLines: repoId,
    });
  }
  return writer;
}

const inputsOf = (writer: ColumnWriter): Input[] =>
  rowsOf(writer.table).map(({ mergedAt, repoId, number, teamId, agentMask, confidence }) => ({
    mergedAt,
    repoId,
    number,
    teamId,
    agentMask,
    confidence,
  }));

describe("applyChange", () => {
  it("gives the table that a load of the new rows would give", () => {
    fc.assert(
      fc.property(rows, rows, fc.uniqueArray(fc.integer({ min: 1, max: 4 })), (before, after, wholeRepos) => {
        const writer = tableOf(before);
        const { version } = writer.table;
        const whole = new Set(wholeRepos);
        // Rows of `after` replace those of `before` with the same key; some repositories are named as a whole.
        const replaced = new Set(after.map(keyOf));
        const expected = [
          ...before.filter((one) => !replaced.has(keyOf(one)) && !whole.has(one.repoId)),
          ...after.filter((one, index) => whole.has(one.repoId) || index % 3 !== 0),
        ];
        const keys = new Map<number, Set<number> | "all">();
        for (const { repoId, number } of after) {
          const numbers = keys.get(repoId);
          if (numbers instanceof Set) numbers.add(number);
          else keys.set(repoId, new Set([number]));
        }
        for (const repoId of whole) keys.set(repoId, "all");
        const fresh = after.filter((one, index) => whole.has(one.repoId) || index % 3 !== 0);
        applyChange(writer, { keys, fresh: tableOf(fresh).table });
        expect(inputsOf(writer)).toEqual(inOrder(expected));
        expect(inputsOf(writer)).toEqual(inputsOf(tableOf(expected)));
        const same = JSON.stringify(inOrder(before), bigints) === JSON.stringify(inOrder(expected), bigints);
        expect(writer.table.version).toBe(same ? version : version + 1);
      }),
      { numRuns: 500 },
    );
  });

  it("appends without moving what is there", () => {
    const at = (number: number, mergedAt: number): Input => ({
      mergedAt,
      repoId: 1,
      number,
      teamId: null,
      agentMask: 0n,
      confidence: 0,
    });
    const writer = tableOf([at(1, 10), at(2, 20)]);
    const { mergedAt } = writer.table;
    applyChange(writer, { keys: new Map([[1, new Set([3])]]), fresh: tableOf([at(3, 20)]).table });
    expect(writer.table.mergedAt).toBe(mergedAt);
    expect(writer.table.length).toBe(3);
  });
});

const bigints = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
