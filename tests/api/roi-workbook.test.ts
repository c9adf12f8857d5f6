import { beforeAll, describe, expect, it } from "vitest";
import { GET } from "@/app/api/v1/exports/[report]/route";
import { Decimal } from "@/lib/core/decimal";
import type { ModelInputs } from "@/lib/roi/engine/inputs";
import { runModel } from "@/lib/roi/engine/run-model";
import { runSum } from "@/lib/roi/engine/run-sum";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { createCalculator } from "@/tests/factories/formula";
import { EVIL, insertRoiFleet } from "@/tests/factories/roi-fleet";
import { type ReadWorkbook, readWorkbook } from "@/tests/factories/workbook";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();

const FUNCTIONS = new Set(
  "ABS AND COUNT IF IFERROR IRR MAX MIN ROUND ROUNDUP SIGN SUBTOTAL SUM SUMIFS SUMPRODUCT".split(" "),
);

let as: Record<string, string>;
beforeAll(async () => {
  as = await insertRoiFleet();
});

const PERIOD = "from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z";
const workbook = async (parameters = PERIOD) => {
  const answer = await call(GET, `/api/v1/exports/roi.xlsx?${parameters}`, { as, params: { report: "roi.xlsx" } });
  return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) };
};

const read = async (parameters?: string) => readWorkbook((await workbook(parameters)).bytes);
const json = async (parameters = PERIOD) =>
  (await call(GET, `/api/v1/exports/roi.json?${parameters}`, { as, params: { report: "roi.json" } })).json();

/** The place of the first cell of a sheet that holds a text, as column and row. */
function placeOf({ sheets }: ReadWorkbook, sheet: string, text: string): { column: string; row: string } {
  for (const [place, { value }] of sheets.get(sheet) ?? []) {
    if (value === text) return { column: place.replace(/\d+/, ""), row: place.replace(/[A-Z]+/, "") };
  }
  throw new Error(`${sheet} says nowhere: ${text}`);
}

type Calculator = ReturnType<typeof createCalculator>;
/** A figure of the sheet By team. */
const figure = (book: ReadWorkbook, from: Calculator, team: string, head: string) =>
  from("By team", placeOf(book, "By team", head).column + placeOf(book, "By team", team).row);

describe("the workbook of return on investment", () => {
  it("is the same bytes for the same question", async () => {
    const [first, second] = [await workbook(), await workbook()];
    expect(first.status).toBe(200);
    expect(Buffer.compare(Buffer.from(first.bytes), Buffer.from(second.bytes))).toBe(0);
  });

  it("has formulas that come to what stands in their cells", async () => {
    const book = await read();
    const from = createCalculator(book);
    let formulas = 0;
    for (const [sheet, cells] of book.sheets) {
      for (const [place, { formula, isText, value }] of cells) {
        if (formula === null) continue;
        formulas += 1;
        const worked = from(sheet, place);
        if (isText) expect([sheet, place, worked]).toEqual([sheet, place, value]);
        else {
          const difference = Math.abs(Number(worked) - Number(value));
          expect([sheet, place, difference < 1e-6 * Math.max(1, Math.abs(Number(value)))]).toEqual([
            sheet,
            place,
            true,
          ]);
        }
      }
    }
    expect(formulas).toBeGreaterThan(2000);
  });

  it("says what the page and its data say, and teams come to the total", async () => {
    const [book, report] = [await read(), await json()];
    const from = createCalculator(book);
    expect(from("Summary", placeOf(book, "Summary", "Net present value").row.replace(/^/, "B"))).toBeCloseTo(
      Number(report.whole.answers.netPresentValue),
      6,
    );
    expect(figure(book, from, "Total", "Net a month")).toBeCloseTo(Number(report.whole.answers.netPerMonth), 6);
    expect(figure(book, from, "payments", "Net present value")).toBeCloseTo(
      Number(report.parts[0].model.answers.netPresentValue),
      6,
    );
    const nets = ["payments", EVIL, "In no team", "Unallocated"].map((team) =>
      Math.round(Number(figure(book, from, team, "Net a month")) * 100),
    );
    expect(nets.reduce((sum, net) => sum + net, 0)).toBe(Math.round(Number(report.whole.answers.netPerMonth) * 100));
    expect(book.names.get("NetPresentValue")).toBe("'Summary'!$B$7");
  });

  it("goes on calculating: what is said of all is changed once, and everything follows to the cent", async () => {
    const [book, report] = [await read(), await json()];
    const changes = { developerRate: 131.7, hoursSaved: 0.9, oneOff: 34_567.89 };
    const all = Object.fromEntries(
      Object.entries({
        "Hourly cost of developers": changes.developerRate,
        "Hours saved per pull request": changes.hoursSaved,
        "Paid once": changes.oneOff,
      }).map(([label, value]) => [`C${placeOf(book, "Assumptions", label).row}`, value]),
    );
    const from = createCalculator(book, { Assumptions: all });
    const parts = report.parts.map(
      ({ model: { inputs } }: { model: { inputs: Record<string, { value: string }> } }) => {
        const values = Object.fromEntries(
          Object.entries(inputs).map(([key, { value }]) => [key, value]),
        ) as ModelInputs;
        const part = new Decimal(values.oneOff).div("12000");
        return {
          ...values,
          developerRate: String(changes.developerRate),
          governanceRate: String(changes.developerRate),
          hoursSaved: String(changes.hoursSaved),
          oneOff: part.times(String(changes.oneOff)).toFixed(),
        };
      },
    );
    const results = parts.map((inputs: ModelInputs) => runModel(inputs, "USD"));
    const [first] = results;
    expect(figure(book, from, "payments", "Net present value")).toBeCloseTo(first.netPresentValue.toNumber() / 100, 6);
    const total = runSum(parts[0], parts, "USD");
    expect(figure(book, from, "Total", "Net present value")).toBeCloseTo(total.netPresentValue.toNumber() / 100, 6);
    expect(figure(book, from, "Total", "Net a month")).toBeCloseTo(total.steadyNet.toNumber() / 100, 6);
    expect(figure(book, from, "Total", "ROI")).toBeCloseTo(total.returnOnInvestment?.toNumber() ?? 0, 9);
    expect(figure(book, from, "Total", "Payback, months")).toBeCloseTo(total.payback?.fractional ?? 0, 9);
    // The scenario beside it does not follow: it has a column of its own.
    const [before, scenario] = [createCalculator(book), `B${placeOf(book, "Scenario", "Scenario").row}`];
    expect(from("Scenario", scenario)).toBe(before("Scenario", scenario));
  });

  it("reconciles what was paid with what is in the model, and nothing is left over", async () => {
    const book = await read();
    const row = placeOf(book, "Reconciliation", "Difference, which must be nothing").row;
    expect(createCalculator(book)("Reconciliation", `C${row}`)).toBe(0);
    const paid = placeOf(book, "Reconciliation", "Paid in the period, by the sheet Data").row;
    expect(createCalculator(book)("Reconciliation", `C${paid}`)).toBeCloseTo(2177.22, 6);
    const people = placeOf(book, "Reconciliation", "Checks of people’s pull requests").row;
    expect(Number(createCalculator(book)("Reconciliation", `C${people}`))).toBeGreaterThan(0);
  });

  it("holds what anybody wrote as text, and formulas of its own templates alone", async () => {
    const book = await read();
    const evil = book.sheets.get("By team")?.get(`A${placeOf(book, "By team", EVIL).row}`);
    expect(evil).toMatchObject({ formula: null, isText: true, value: EVIL });
    expect(placeOf(book, "Evidence", "=1+1")).toBeTruthy();
    for (const [name, cells] of book.sheets) {
      for (const { formula } of cells.values()) {
        const functions = [...(formula ?? "").matchAll(/[A-Z]+(?=\()/g)].map(([called]) => called);
        expect([name, functions.filter((called) => !FUNCTIONS.has(called))]).toEqual([name, []]);
        expect(formula ?? "").not.toContain("evil");
      }
    }
    expect(Object.keys(book.files).some((path) => path.includes("externalLink") || path.includes("_rels/sheet"))).toBe(
      false,
    );
  });

  it("is of one team where it is asked of one, and says what is missing where there is no model", async () => {
    const team = await read(`${PERIOD}&team=payments`);
    expect(figure(team, createCalculator(team), "Total", "Net a month")).toBe(
      figure(team, createCalculator(team), "payments", "Net a month"),
    );
    const before = await read("from=2024-03-01T00:00:00Z&to=2024-04-01T00:00:00Z");
    expect([...before.sheets.keys()]).toEqual(["Summary", "Data", "Audit"]);
    expect(placeOf(before, "Summary", "There is no model")).toBeTruthy();
  });

  it("is given to finance and administrators alone, and keeps to its forms", async () => {
    const lead = { ...(await sessionOf(await insertUser("lead"))), origin: ORIGIN };
    const refused = await call(GET, `/api/v1/exports/roi.xlsx?${PERIOD}`, { as: lead, params: { report: "roi.xlsx" } });
    expect(refused.status).toBe(403);
    const unknown = await call(GET, `/api/v1/exports/roi.csv?${PERIOD}`, { as, params: { report: "roi.csv" } });
    expect(unknown.status).toBe(404);
  });
});

describe("rows as a workbook", () => {
  it("are the rows of the CSV file, numbers as numbers", async () => {
    const answer = await call(GET, `/api/v1/exports/pull-requests.xlsx?${PERIOD}&org=acme`, {
      as,
      params: { report: "pull-requests.xlsx" },
    });
    expect(answer.status).toBe(200);
    const book = readWorkbook(new Uint8Array(await answer.arrayBuffer()));
    const cells = book.sheets.get("pull-requests");
    expect(cells?.get("A1")).toMatchObject({ isText: true });
    const number = placeOf(book, "pull-requests", "number");
    const numbers = [...(cells ?? [])].filter(
      ([place]) => place.startsWith(number.column) && place !== `${number.column}1`,
    );
    expect(numbers).toHaveLength(300);
    expect(numbers.every(([, { isText }]) => !isText)).toBe(true);
  });
});
