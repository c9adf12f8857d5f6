import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { readCostFile } from "@/lib/events/costs/read-cost-file";

const run = promisify(execFile);
const KNOWN = { teams: new Map(), centres: new Map(), agents: new Map(), today: "2026-12-31" };

/** The same table as a workbook, by a spreadsheet program. */
async function asWorkbook(csv: string): Promise<Uint8Array> {
  const folder = await mkdtemp(path.join(tmpdir(), "fleetgauge-office-"));
  await writeFile(path.join(folder, "bill.csv"), csv);
  await run("soffice", [
    `-env:UserInstallation=file://${folder}/profile`,
    "--headless",
    // Commas, quotes, UTF-8, and dates and numbers found as a person's paste would find them.
    "--infilter=CSV:44,34,76,1,,1033,false,true",
    "--convert-to",
    "xlsx",
    "--outdir",
    folder,
    path.join(folder, "bill.csv"),
  ]);
  return new Uint8Array(await readFile(path.join(folder, "bill.xlsx")));
}

it("a workbook that a spreadsheet program saved is read as the table that it was made from", async () => {
  const csv = [
    "date,amount,currency,item,provider",
    ...Array.from(
      { length: 500 },
      (_, index) =>
        `2026-0${1 + (index % 9)}-${String(1 + (index % 28)).padStart(2, "0")},${(index * 1.37 - 20).toFixed(index % 5)},EUR,api,"Müller & Söhne, ${index}"`,
    ),
  ].join("\n");
  const [text, sheet] = [
    await readCostFile({ csv }, { fields: {} }, KNOWN),
    await readCostFile({ xlsx: await asWorkbook(csv) }, { fields: {} }, KNOWN),
  ];
  expect(text.problems).toEqual([]);
  expect(sheet.problems).toEqual([]);
  const plain = ({ lines }: typeof text) => lines.map(({ amount, ...rest }) => ({ ...rest, amount: amount.toFixed() }));
  expect(plain(sheet)).toEqual(plain(text));
  expect(sheet.lines).toHaveLength(500);
});
