import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { GET } from "@/app/api/v1/exports/[report]/route";
import { call } from "@/tests/api/call";
import { createCalculator } from "@/tests/factories/formula";
import { insertRoiFleet } from "@/tests/factories/roi-fleet";
import { type ReadWorkbook, readWorkbook, withoutResults } from "@/tests/factories/workbook";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();
const run = promisify(execFile);

let bytes: Uint8Array;
beforeAll(async () => {
  const as = await insertRoiFleet();
  const asked = "/api/v1/exports/roi.xlsx?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z";
  bytes = new Uint8Array(await (await call(GET, asked, { as, params: { report: "roi.xlsx" } })).arrayBuffer());
});

/** Has a spreadsheet program work a workbook out, whose formulas come without results. */
async function workedOut(workbook: Uint8Array): Promise<ReadWorkbook> {
  const folder = await mkdtemp(path.join(tmpdir(), "fleetgauge-office-"));
  await writeFile(path.join(folder, "bare.xlsx"), workbook);
  await run("soffice", [
    `-env:UserInstallation=file://${folder}/profile`,
    "--headless",
    "--convert-to",
    "xlsx",
    "--outdir",
    path.join(folder, "out"),
    path.join(folder, "bare.xlsx"),
  ]);
  return readWorkbook(new Uint8Array(await readFile(path.join(folder, "out", "bare.xlsx"))));
}

/** What a program makes of every formula, against what we make of it; to a millionth. */
function expectSame(
  ours: ReadWorkbook,
  theirs: ReadWorkbook,
  valueAt: (sheet: string, place: string) => string | number,
) {
  let compared = 0;
  for (const [sheet, cells] of ours.sheets) {
    for (const [place, { formula }] of cells) {
      if (formula === null) continue;
      compared += 1;
      const [own, other] = [valueAt(sheet, place), theirs.sheets.get(sheet)?.get(place)?.value ?? ""];
      const same =
        typeof own === "number"
          ? other !== "" && Math.abs(Number(other) - own) < 1e-6 * Math.max(1, Math.abs(own))
          : other === own;
      expect([sheet, place, formula, own, other, same]).toEqual([sheet, place, formula, own, other, true]);
    }
  }
  expect(compared).toBeGreaterThan(2000);
}

describe("a spreadsheet program", () => {
  it("works every formula out to what stands in its cell", async () => {
    const ours = readWorkbook(bytes);
    expectSame(ours, await workedOut(withoutResults(bytes)), (sheet, place) => {
      const cell = ours.sheets.get(sheet)?.get(place);
      return cell?.isText === true ? cell.value : Number(cell?.value);
    });
  });

  it("follows an assumption that is changed", async () => {
    const ours = readWorkbook(bytes);
    const row = [...(ours.sheets.get("Assumptions") ?? [])].find(
      ([, { value }]) => value === "Hours saved per pull request",
    );
    const place = `C${row?.[0].replace("A", "")}`;
    const theirs = await workedOut(withoutResults(bytes, { Assumptions: { [place]: "0.45" } }));
    expectSame(ours, theirs, createCalculator(ours, { Assumptions: { [place]: 0.45 } }));
  });
});
