import { describe, expect, it } from "vitest";
import { coverageOf, patchCoverage, readReport } from "./measure-coverage";
import { addedLines } from "./patch-lines";

const LCOV = `TN:
SF:/home/ci/work/app/src/list.ts
FN:1,total
DA:1,4
DA:2,0
DA:3,12
LF:3
LH:2
end_of_record
SF:src/other.ts
DA:1,0
end_of_record
`;

const COBERTURA = `<?xml version="1.0"?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage line-rate="0.5"><packages><package name="src"><classes>
  <class name="list" filename="src/list.ts">
    <methods><method name="total"><lines><line number="1" hits="4"/></lines></method></methods>
    <lines><line number="1" hits="4"/><line number="2" hits="0" branch="true"/><line number="3" hits="12"/></lines>
  </class>
  <class name="other" filename="src/other.ts"><methods/><lines><line number="1" hits="0"/></lines></class>
</classes></package></packages></coverage>`;

const JACOCO = `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
<report name="app"><sessioninfo id="x" start="1" dump="2"/>
<package name="com/acme"><class name="com/acme/List" sourcefilename="List.java"><method name="total" line="1"/></class>
  <sourcefile name="List.java"><line nr="1" mi="0" ci="3" mb="0" cb="0"/><line nr="2" mi="2" ci="0"/><line nr="3" mi="1" ci="1"/>
    <counter type="LINE" missed="1" covered="2"/></sourcefile>
  <sourcefile name="Other.java"><line nr="1" mi="4" ci="0"/></sourcefile>
</package></report>`;

const diff = (path: string) => `diff --git a/${path} b/${path}
index 1..2 100644
--- a/${path}
+++ b/${path}
@@ -1,2 +1,4 @@ heading
 one
+two
+++ three, which begins with pluses
-gone
 four
@@ -9,0 +12,1 @@
+twelve
\\ No newline at end of file
diff --git a/gone.ts b/gone.ts
--- a/gone.ts
+++ /dev/null
@@ -1 +0,0 @@
-away
`;

describe("a report", () => {
  it.each([
    ["lcov", LCOV],
    ["Cobertura", COBERTURA],
    ["JaCoCo", JACOCO],
  ])("of %s says how many of its lines were run", (_, text) => {
    expect(coverageOf(readReport(text, "/head"))).toEqual({ covered: 2, total: 4 });
  });

  it("of Cobertura may name a file in several classes, with another file between them", () => {
    const line = (number: number, hits: number) => `<line number="${number}" hits="${hits}"/>`;
    const own = (file: string, ...lines: string[]) =>
      `<class filename="${file}"><methods><method><lines>${lines[0]}</lines></method></methods><lines>${lines.join("")}</lines></class>`;
    const text = `<coverage>${own("A.java", line(1, 1))}${own("B.java", line(1, 0))}${own("A.java", line(7, 3), line(8, 0))}</coverage>`;
    const hits = readReport(text, "/head");
    expect([...hits].map(([file, lines]) => [file, ...lines])).toEqual([
      ["A.java", [1, 1], [7, 3], [8, 0]],
      ["B.java", [1, 0]],
    ]);
  });

  it("adds up a file that several test runs wrote", () => {
    const twice = `${LCOV}SF:src/other.ts\r\nDA:1,1\r\nDA:2,0\r\nend_of_record\r\n`;
    expect(coverageOf(readReport(twice, "/head"))).toEqual({ covered: 3, total: 5 });
  });

  it.each([
    ["", "no report of lcov"],
    ["nothing of the kind", "no report of lcov"],
    ["<html><body/></html>", "begins with <html>"],
    ["<coverage><class", "no well-formed XML"],
    ["<coverage></coverage>", "tells of no line"],
    ['<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><coverage>&c;</coverage>', "no well-formed XML"],
  ])("that is %j is refused", (text, message) => {
    expect(() => readReport(text, "/head")).toThrow(message);
  });
});

describe("the lines of a change", () => {
  it("are those that a diff adds, by the numbers that they have afterwards", () => {
    expect([...addedLines(diff("src/list.ts"))]).toEqual([["src/list.ts", [2, 3, 12]]]);
  });

  it("count where the report tells of them, whatever folder it names files from", () => {
    for (const [text, path] of [
      [LCOV, "src/list.ts"],
      [COBERTURA, "src/list.ts"],
      [COBERTURA, "packages/app/src/list.ts"],
      [JACOCO, "app/src/main/java/com/acme/List.java"],
    ] as const) {
      expect(patchCoverage(readReport(text, "/head"), diff(path)), path).toEqual({ covered: 1, total: 2 });
    }
  });

  it("are none of a file that the report does not name, however alike it is called", () => {
    expect(patchCoverage(readReport(COBERTURA, "/head"), diff("src/mylist.ts"))).toEqual({ covered: 0, total: 0 });
  });
});
