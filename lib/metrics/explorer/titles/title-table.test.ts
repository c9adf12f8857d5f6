import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FactTable, numberColumns, PULL_REQUEST_NUMBERS } from "@/lib/metrics/columns/table";
import { foldText } from "./fold";
import { TitleTable } from "./title-table";

/** A table of one repository whose pull requests are numbered from 1. */
function tableOf(count: number): FactTable {
  const number = Int32Array.from({ length: count }, (_, index) => index + 1);
  return {
    orgId: 1,
    numbers: PULL_REQUEST_NUMBERS,
    version: 1,
    length: count,
    mergedAt: new Float64Array(count),
    repo: new Uint16Array(count),
    number,
    team: new Uint16Array(count),
    profile: new Uint16Array(count),
    ...numberColumns(PULL_REQUEST_NUMBERS, count),
    repos: [7],
    teams: [null],
    profiles: [],
  };
}

function find(titles: readonly string[], text: string, order = titles.map((_, index) => index)): number[] {
  const table = new TitleTable();
  for (const index of order) table.set(7, index + 1, Buffer.from(titles[index] ?? ""));
  const rows = Uint32Array.from({ length: titles.length }, (_, index) => index);
  return [...table.found(tableOf(titles.length), rows, text)].map((row) => row + 1);
}

const fold = (text: string) => foldText(text).toString("utf8");

describe("titles are found", () => {
  it.each([
    ["by a part of a word, in any case", ["Fix the API gateway", "Prefixed", "Docs"], "FIX", [1, 2]],
    ["across words", ["Update the docs", "Updated thesis", "late the"], "date the", [1, 3].slice(0, 1)],
    ["with the words between", ["a bb cc d", "a bb xx d", "za bb cc dy"], "a bb cc d", [1, 3]],
    ["by wildcards as themselves", ["100% sure", "100 percent", "a_b", "axb"], "0% s", [1]],
    ["by two spaces as two spaces", ["a  b", "a b"], "a  b", [1]],
    ["outside of ASCII", ["ÄRGER über Straße", "Ärger", "arger"], "ärger ÜBER", [1]],
    ["whatever sigma ends a word", ["ΟΔΟΣ κενή", "ὁδός"], "οδοσ", [1]],
    ["or by the number", ["no digits", "has 12", "x"], "#2", [2]],
    ["not at all", ["one", "two"], "three", []],
  ] as const)("%s", (_, titles, text, numbers) => {
    expect(find(titles, text)).toEqual(numbers);
  });

  it("as they are after a replacement", () => {
    const table = new TitleTable();
    for (const title of ["first title", "second title", "second title"]) table.set(7, 1, Buffer.from(title));
    expect(table.size).toBe(1);
    expect(table.wordCount).toBe(4);
    expect([...table.found(tableOf(1), Uint32Array.of(0), "first")]).toEqual([]);
    expect([...table.found(tableOf(1), Uint32Array.of(0), "second t")]).toEqual([0]);
  });

  it("exactly where the folded title holds the folded text, in whatever order they came", () => {
    const word = fc.stringMatching(/^[abAB1%_ äÄσς]{0,4}$/);
    const title = fc.array(word, { maxLength: 5 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(fc.array(title, { maxLength: 20 }), title, fc.nat(), (titles, text, seed) => {
        fc.pre(!/^#?\d+$/.test(text));
        const expected = titles.flatMap((each, index) => (fold(each).includes(fold(text)) ? [index + 1] : []));
        const order = titles.map((_, index) => (index + seed) % titles.length);
        expect(find(titles, text, order)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("among many", () => {
    const titles = Array.from({ length: 3000 }, (_, index) => `word${index} and ${index % 7}`);
    expect(find(titles, "word29")).toHaveLength(titles.filter((title) => title.includes("word29")).length);
    expect(find(titles, "nd 3")).toHaveLength(titles.filter((title) => title.includes("nd 3")).length);
  });
});
