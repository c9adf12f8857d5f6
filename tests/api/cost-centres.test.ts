import { beforeAll, describe, expect, it, vi } from "vitest";
import { PUT as end, DELETE as takeBack } from "@/app/api/v1/costs/centres/[id]/route";
import { POST as enter } from "@/app/api/v1/costs/centres/route";
import { POST as check } from "@/app/api/v1/costs/imports/checks/route";
import { POST as costs } from "@/app/api/v1/costs/query/route";
import { GET as exported } from "@/app/api/v1/exports/[report]/route";
import { readCsvRecords } from "@/lib/core/csv-records";
import type { CostReport } from "@/lib/metrics/money/types";
import { insertRoiFleet } from "@/tests/factories/roi-fleet";
import { readWorkbook } from "@/tests/factories/workbook";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

useTestDatabase();

let as: Record<string, string>;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-04-20T12:00:00Z") });
  as = await insertRoiFleet();
  return () => vi.useRealTimers();
});

const CENTRE = { org: "acme", team: "payments", code: "4100", name: "Product", validFrom: "2026-01-01" };
const say = async (more: object = {}) => {
  const answer = await call(enter, "/api/v1/costs/centres", { as, body: { ...CENTRE, ...more } });
  return { status: answer.status, body: await answer.json() };
};
const endOn = async (id: number, validTo: string) => {
  const path = { as, method: "PUT", params: { id: String(id) }, body: { validTo } };
  const answer = await call(end, `/api/v1/costs/centres/${id}`, path);
  return { status: answer.status, body: await answer.json() };
};
const PERIOD = { from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z", timeZone: "UTC", filters: {} };
const paid = async (): Promise<CostReport> =>
  (await call(costs, "/api/v1/costs/query", { as, method: "POST", body: PERIOD })).json();
const byCentre = async () =>
  Object.fromEntries((await paid()).currencies.flatMap((own) => own.byCentre.map(({ minor, name }) => [name, minor])));
const file = (name: string) =>
  call(exported, `/api/v1/exports/${name}?from=${PERIOD.from}&to=${PERIOD.to}`, { as, params: { report: name } });

describe("the cost centre of a team", () => {
  it("tells what was paid for it under its number, of the day that it was paid for", async () => {
    expect(await byCentre()).toEqual({ "": "217722" });
    // What was paid for payments is of the tenth.
    expect(await say({ validFrom: "2026-01-01", validTo: "2026-03-09" })).toMatchObject({ status: 200 });
    expect(await byCentre()).toEqual({ "": "217722" });
    expect(await say({ code: "4150", name: "", validFrom: "2026-03-10", validTo: "2026-03-10" })).toMatchObject({
      status: 200,
    });
    expect(await byCentre()).toEqual({ "": "205377", "4150": "12345" });
    const { centres } = await paid();
    expect(centres).toMatchObject([
      { team: "payments", code: "4150", name: "4150", validFrom: "2026-03-10", validTo: "2026-03-10" },
      { team: "payments", code: "4100", name: "Product", validTo: "2026-03-09" },
    ]);
  });

  it("is said twice as if it had been said once", async () => {
    const [first] = (await paid()).centres;
    const again = await say({ code: "4150", name: "", validFrom: "2026-03-10", validTo: "2026-03-10" });
    expect(again).toEqual({ status: 200, body: { id: first?.id } });
    expect((await paid()).centres).toHaveLength(2);
  });

  it.each([
    ["a team that is not there", { team: "nobody" }, "/team"],
    ["a day of another one", { validFrom: "2026-03-05" }, "/validFrom"],
    ["a time around another one", { validFrom: "2025-01-01" }, "/validFrom"],
    ["an end before its beginning", { validFrom: "2027-01-01", validTo: "2026-12-31" }, "/validTo"],
    ["no day", { validFrom: "1.1.2026" }, "/validFrom"],
    ["no number", { code: " " }, "/code"],
  ])("is refused with %s", async (_, more, pointer) => {
    expect(await say(more)).toMatchObject({ status: 422, body: { pointer } });
    expect((await paid()).centres).toHaveLength(2);
  });

  it("says of which other one it is", async () => {
    const { body } = await say({ validFrom: "2026-03-05" });
    expect(body.detail).toBe(
      "payments is of 4100 from 2026-01-01 to 2026-03-09: end that before it begins, or take it back.",
    );
  });

  it("is of an organisation that is there", async () => {
    expect((await say({ org: "nowhere" })).status).toBe(404);
    expect((await endOn(987_654, "2026-12-31")).status).toBe(404);
  });

  it("stands in the workbook and in the FOCUS file, with the period of the books", async () => {
    const { sheets } = readWorkbook(Buffer.from(await (await file("roi.xlsx")).arrayBuffer()));
    const cell = (place: string) => sheets.get("Data")?.get(place)?.value;
    expect(["M4", "N4", "A5", "M5", "N5"].map(cell)).toEqual([
      "Fiscal period",
      "Cost centre",
      "46091",
      "FY2026 P03",
      "4150",
    ]);
    const [head, ...lines] = await readCsvRecords(await (await file("focus.csv")).text());
    const place = head?.fields.indexOf("x_CostCenter") ?? -1;
    expect(lines.map(({ fields }) => fields[place]).sort()).toEqual(["", "", "", "", "", "4150"]);
  });

  it("names its team in a bill, where it has one alone on the day", async () => {
    const bill = async (centre: string, day = "2026-03-10") => {
      const csv = `date,amount,currency,item,provider,cost center\n${day},10,USD,seats,github,${centre}\n`;
      const body = { org: "acme", source: "github", fileName: "bill.csv", csv, reading: { fields: {} } };
      const report = await (await call(check, "/api/v1/costs/imports/checks", { as, body })).json();
      return report.problems[0]?.message ?? report.posted;
    };
    expect(await bill("4150")).toBe(1);
    expect(await bill("product", "2026-01-31")).toBe(1);
    expect(await bill("4150", "2026-03-11")).toBe("no team is of the cost centre “4150” on 2026-03-11.");
    expect(await bill("9999")).toBe("there is no team or cost centre “9999”.");
    expect((await say({ team: "search", code: "4150", validFrom: "2026-03-01" })).status).toBe(200);
    expect(await bill("4150")).toBe("the cost centre “4150” is of payments and search: name the team.");
  });

  it("ends on a day, but not on one of the next, and is taken back", async () => {
    const own = (await paid()).centres.filter(({ team }) => team === "payments");
    const first = own.find(({ code }) => code === "4100");
    expect(await endOn(first?.id ?? 0, "2026-03-10")).toMatchObject({ status: 422, body: { pointer: "/validTo" } });
    expect(await endOn(first?.id ?? 0, "2025-12-31")).toMatchObject({ status: 422, body: { pointer: "/validTo" } });
    expect(await endOn(first?.id ?? 0, "2026-02-28")).toMatchObject({ status: 200, body: { code: "4100" } });
    expect((await paid()).centres.find(({ id }) => id === first?.id)).toMatchObject({ validTo: "2026-02-28" });
    for (const { id } of (await paid()).centres) {
      const path = { as, method: "DELETE", params: { id: String(id) } };
      expect((await call(takeBack, `/api/v1/costs/centres/${id}`, path)).status).toBe(200);
      expect((await call(takeBack, `/api/v1/costs/centres/${id}`, path)).status).toBe(404);
    }
    expect(await byCentre()).toEqual({ "": "217722" });
  });
});
