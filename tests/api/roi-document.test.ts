import { beforeAll, describe, expect, it } from "vitest";
import { GET } from "@/app/api/v1/exports/[report]/route";
import { formatMoney } from "@/lib/core/format";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertRoiFleet } from "@/tests/factories/roi-fleet";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

useTestDatabase();

let as: Record<string, string>;
beforeAll(async () => {
  as = await insertRoiFleet();
});

const PERIOD = "from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z";
const asked = (form: string, parameters = PERIOD) =>
  call(GET, `/api/v1/exports/roi.${form}?${parameters}`, { as, params: { report: `roi.${form}` } });
const document = async (parameters?: string) => {
  const answer = await asked("pdf", parameters);
  expect(answer.headers.get("content-type")).toBe("application/pdf");
  expect(answer.headers.get("content-disposition")).toMatch(/fleetgauge-roi-\d{4}-03-01-to-\d{4}-03-31\.pdf/);
  return Buffer.from(await answer.arrayBuffer());
};
const pagesOf = (bytes: Buffer) => bytes.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length;
/** What a reader of screens is told of the figures: UTF-16 where it is not plain. */
function wordsOf(bytes: Buffer): string {
  return [...bytes.toString("latin1").matchAll(/\/Alt \((.*?)(?<!\\)\)/gs)]
    .map(([, text = ""]) => {
      const raw = Buffer.from(text.replace(/\\([()\\])/g, "$1"), "latin1");
      return raw[0] === 0xfe && raw[1] === 0xff ? Buffer.from(raw.subarray(2)).swap16().toString("utf16le") : text;
    })
    .join("\n");
}

describe("the report for a board", () => {
  it("is two pages, tagged, the same bytes each time, and its figures are told in words", async () => {
    const [first, second] = [await document(), await document()];
    expect(first.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pagesOf(first)).toBe(2);
    expect(Buffer.compare(first, second)).toBe(0);
    expect(first.toString("latin1")).toContain("/MarkInfo");
    const { whole } = await (await asked("json")).json();
    const net = whole.answers.months.reduce((sum: number, { net: of }: { net: string }) => sum + Number(of), 0);
    expect(wordsOf(first)).toContain(`Net so far ends at ${formatMoney(net, "USD")}`);
    expect(wordsOf(first)).toContain("Hours saved that count");
  });

  it("takes names of any script, and any number of teams", async () => {
    await query(sql`update team set name = 'Платежи Ωμέγα 支払い 🚀 ' || repeat('x', 80) where slug = 'payments'`);
    expect(pagesOf(await document())).toBe(2);
  });

  it("says what is missing where there is no model", async () => {
    expect(pagesOf(await document("from=2024-03-01T00:00:00Z&to=2024-04-01T00:00:00Z"))).toBe(1);
  });
});
