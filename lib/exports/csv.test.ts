import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvCell } from "@/lib/core/csv-cell";
import { csvLines } from "./csv";

/** Reads one CSV record back as RFC 4180 says. */
function parseRecord(line: string): string[] {
  const cells: string[] = [];
  let rest = line.replace(/\r\n$/, "");
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const found = quoted ? quoted[0] : (/^[^,]*/.exec(rest)?.[0] ?? "");
    cells.push(quoted ? (quoted[1] ?? "").replaceAll('""', '"') : found);
    rest = rest.slice(found.length);
    if (rest === "") return cells;
    rest = rest.slice(1);
  }
}

describe("cells", () => {
  it("are guarded wherever a spreadsheet would see a formula", () => {
    for (const text of [
      "=1+1",
      "+1",
      "-1",
      "@x",
      "\t=1",
      "\r1",
      "\n1",
      "＝1",
      "＋1",
      " =1",
      "\u00a0=1",
      "a\n=1",
      "a,=1",
      "a;+1",
    ]) {
      expect(csvCell(text)).toBe(`"'${text}"`);
    }
  });

  it("leave harmless text and numbers as they are", () => {
    expect([csvCell("a-b"), csvCell("x=1"), csvCell(-1.5), csvCell(null), csvCell(true)]).toEqual([
      '"a-b"',
      '"x=1"',
      "-1.5",
      "",
      "true",
    ]);
  });

  it("never start with a trigger and always read back, for any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.constantFrom("", "=", "+", "-", "@", "\t", "\r", "\n", "＝", " =", '"', ","),
        (text, prefix) => {
          const [read = ""] = parseRecord(csvCell(prefix + text));
          expect(read.replace(/^'/, "")).toBe((prefix + text).replace(/^'/, ""));
          expect(read).not.toMatch(/^[\s]*[=+\-@＝＋－＠]/);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

it("a file has its head and a line per row", async () => {
  const columns = [
    { head: "a", value: ({ a }: { a: number }) => a },
    { head: "b", value: () => "x" },
  ];
  const read = async (rows: { a: number }[]) => {
    let text = "";
    for await (const line of csvLines(columns, rows)) text += line;
    return text;
  };
  expect(await read([{ a: 1 }, { a: 2 }])).toBe('\uFEFF"a","b"\r\n1,"x"\r\n2,"x"\r\n');
  expect(await read([])).toBe('\uFEFF"a","b"\r\n');
});
