import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { DELETE as takeBack } from "@/app/api/v1/costs/imports/[id]/route";
import { POST as check } from "@/app/api/v1/costs/imports/checks/route";
import { POST as enter, GET as list } from "@/app/api/v1/costs/imports/route";
import { POST as costs } from "@/app/api/v1/costs/query/route";
import { GET as download } from "@/app/api/v1/exports/[report]/route";
import type { CostFileReport, CostImport, CostReadingInput } from "@/lib/core/cost-files";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { differences, ledgerEntries } from "@/lib/events/costs/ledger-entries";
import { readCostFile } from "@/lib/events/costs/read-cost-file";
import { projectPending } from "@/lib/facts/project";
import type { CostReport } from "@/lib/metrics/money/types";
import { ensureOrganization } from "@/lib/settings/organizations";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { billWorkbook, textCell } from "@/tests/factories/bill-workbook";
import { insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();

let as: Record<string, string>;
beforeAll(async () => {
  const { id } = await ensureOrganization({ slug: "acme" });
  await insertTeam(id, "payments");
  // The agents of the rules come with the first projection.
  await projectPending();
  as = { ...(await sessionOf(await insertUser("finance"))), origin: ORIGIN };
});

/** The mandatory columns of the standard, by the alphabet. */
const FOCUS_1_2 = [
  ...[
    "BilledCost",
    "BillingAccountId",
    "BillingAccountName",
    "BillingCurrency",
    "BillingPeriodEnd",
    "BillingPeriodStart",
  ],
  ...["ChargeCategory", "ChargeClass", "ChargeDescription", "ChargePeriodEnd", "ChargePeriodStart", "ContractedCost"],
  ...[
    "EffectiveCost",
    "InvoiceIssuerName",
    "ListCost",
    "PricingQuantity",
    "PricingUnit",
    "ProviderName",
    "PublisherName",
  ],
  ...["ServiceCategory", "ServiceName"],
].map((name) => `"${name}"`);

const HEAD = "date,amount,currency,item,agent,team,provider";
const bill = (...lines: string[]) => `${[HEAD, ...lines].join("\n")}\n`;
interface File {
  org: string;
  source: string;
  fileName: string;
  csv?: string;
  xlsx?: string;
  reading: Partial<CostReadingInput>;
}
const file = (csv?: string, more: Partial<File> = {}): File => ({
  org: "acme",
  source: "Bill",
  fileName: "bill.csv",
  ...(csv !== undefined && { csv }),
  reading: {},
  ...more,
});
const post = (body: File) => call(enter, "/api/v1/costs/imports", { as, body });
const checked = async (body: File) =>
  (await (await call(check, "/api/v1/costs/imports/checks", { as, body })).json()) as CostFileReport;
const listed = async () =>
  ((await (await call(list, "/api/v1/costs/imports", { as })).json()) as { items: CostImport[] }).items;

/** What the page Cost shows by now, in minor units by item. */
async function paid(): Promise<Record<string, string>> {
  await projectPending();
  const body = { from: "2026-01-01", to: "2027-01-01", filters: { org: ["acme"] } };
  const { currencies } = (await (await call(costs, "/api/v1/costs/query", { as, body })).json()) as CostReport;
  return Object.fromEntries(
    currencies.flatMap(({ byItem, currency }) => byItem.map(({ minor, name }) => [`${name} ${currency}`, minor])),
  );
}

describe("a bill that is entered", () => {
  it("is told of first, is posted, and shows among the costs; the same again changes nothing", async () => {
    const csv = bill(
      "2026-03-02,10.005,USD,api,Claude Code,payments,Anthropic",
      "2026-03-02,0.001,USD,api,claude_code,Payments,Anthropic",
      "2026-03-31,19,usd,Seats,,,GitHub",
      "2026-04-01,100,EUR,training,,payments,Academy",
    );
    const report = await checked(file(csv));
    expect(report).toMatchObject({
      lines: 4,
      problemCount: 0,
      firstDay: "2026-03-02",
      lastDay: "2026-04-01",
      totals: [
        { currency: "EUR", minor: "10000", exact: "100" },
        // 10.006 and 19: rounded once for each entry, not for each line.
        { currency: "USD", minor: "2901", exact: "29.006" },
      ],
      months: [
        { month: "2026-03", item: "api", currency: "USD", minor: "1001" },
        { month: "2026-03", item: "seats", currency: "USD", minor: "1900" },
        { month: "2026-04", item: "training", currency: "EUR", minor: "10000" },
      ],
      posted: 3,
    });
    expect([await paid(), await listed()]).toEqual([{}, []]);
    expect((await post(file(csv))).status).toBe(200);
    const shown = { "api USD": "1001", "seats USD": "1900", "training EUR": "10000" };
    expect(await paid()).toEqual(shown);
    const again = await post(file(csv));
    expect(await again.json()).toMatchObject({ posted: 0, changes: [] });
    expect(await paid()).toEqual(shown);
    expect(await listed()).toMatchObject([{ source: "Bill", lines: 4, posted: 3, isTakingBack: false }]);
  });

  it("is given out as a FOCUS file, line by line, which is read again as it was", async () => {
    const parameters = new URLSearchParams({ from: "2026-01-01", to: "2027-01-01", org: "acme" });
    const get = (who: Record<string, string>) =>
      call(download, `/api/v1/exports/focus.csv?${parameters}`, { as: who, params: { report: "focus.csv" } });
    const text = await (await get(as)).text();
    const [head = "", ...lines] = text.trimEnd().split("\r\n");
    expect(
      head
        .replace(/^\uFEFF/, "")
        .split(",")
        .slice(0, 21),
    ).toEqual(FOCUS_1_2);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^10\.01,"acme",.*"USD","2026-04-01T00:00:00Z","2026-03-01T00:00:00Z","Usage",,/);
    const read = await checked(file(text, { source: "Copy" }));
    expect(read).toMatchObject({ lines: 3, problemCount: 0, reading: { format: "focus" } });
    expect(read.totals.map(({ currency, minor }) => [currency, minor])).toEqual([
      ["EUR", "10000"],
      ["USD", "2901"],
    ]);
    expect(read.months.map(({ item, month }) => `${month} ${item}`)).toEqual([
      "2026-03 api",
      "2026-03 seats",
      "2026-04 training",
    ]);
    const lead = { ...(await sessionOf(await insertUser("lead"))), origin: ORIGIN };
    expect((await get(lead)).status).toBe(403);
  });

  it("stands in the place of what its source told of the same days, and of these alone", async () => {
    await post(file(bill("2026-03-02,8,USD,api,claude_code,payments,Anthropic", "2026-03-03,1,USD,api,,,Anthropic")));
    // The seats of 31 March and April are not in it.
    expect(await paid()).toEqual({ "api USD": "900", "seats USD": "1900", "training EUR": "10000" });
    await post(file(bill("2026-03-02,5,USD,api,,,Other"), { source: "Another" }));
    expect(await paid()).toMatchObject({ "api USD": "1400" });
    await post(file(bill("2026-03-01,0,USD,api,,,Anthropic", "2026-04-30,0,USD,api,,,Anthropic")));
    expect(await paid()).toEqual({ "api USD": "500", "seats USD": "0", "training EUR": "0" });
    const [posted] = await query<{ total: string }>(
      sql`select sum((payload ->> 'amountMinor')::bigint)::text as total from event
        where kind = 'cost.incurred' and payload ->> 'provider' = 'GitHub'`,
    );
    expect(posted?.total).toBe("0");
  });

  it("is taken back by posting its opposite, once", async () => {
    const another = (await listed()).find(({ source }) => source === "Another");
    const path = `/api/v1/costs/imports/${another?.id}`;
    const gone = await call(takeBack, path, { as, method: "DELETE", params: { id: String(another?.id) } });
    expect(await gone.json()).toEqual({ posted: 1, source: "Another", org: "acme" });
    expect(await paid()).toMatchObject({ "api USD": "0" });
    const twice = await call(takeBack, path, { as, method: "DELETE", params: { id: String(another?.id) } });
    expect(twice.status).toBe(409);
    const missing = await call(takeBack, path, { as, method: "DELETE", params: { id: "999999" } });
    expect(missing.status).toBe(404);
    const [noted] = await query(sql`select after from audit_event where action = 'costs.taken_back'`);
    expect(noted).toMatchObject({ after: { source: "Another", posted: 1 } });
  });

  it("is taken whole or not at all, and every line that is wrong is told of", async () => {
    const before = [await paid(), await listed()];
    const csv = bill(
      "2026-05-01,1,USD,api,,,Anthropic",
      "2026-02-30,1,USD,api,,,Anthropic",
      "46169,1,USD,api,,,Anthropic",
      "2999-01-01,1,USD,api,,,Anthropic",
      "1999-12-31,1,USD,api,,,Anthropic",
      "2026-05-01,a lot,USD,api,,,Anthropic",
      "2026-05-01,=SUM(B2:B3),USD,api,,,Anthropic",
      "2026-05-01,1e12,USD,api,,,Anthropic",
      "2026-05-01,1,XXQ,api,,,Anthropic",
      "2026-05-01,1,USD,coffee,,,Anthropic",
      "2026-05-01,1,USD,api,Clippy,,Anthropic",
      "2026-05-01,1,USD,api,,Nobody,Anthropic",
      "2026-05-01,1,USD,api,,,",
      "2026-05-01,1,USD,api,,,Anthropic,more",
    );
    const { problems, problemCount, totals } = await checked(file(csv));
    expect(totals).toEqual([]);
    expect(problemCount).toBe(13);
    expect(problems.map(({ field, line }) => [line, field])).toEqual([
      [3, "day"],
      [4, "day"],
      [5, "day"],
      [6, "day"],
      [7, "amount"],
      [8, "amount"],
      [9, "amount"],
      [10, "currency"],
      [11, "item"],
      [12, "agent"],
      [13, "team"],
      [14, "provider"],
      [15, "day"],
    ]);
    expect(problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        "“46169” is no date such as 2026-01-31. It is a number of a spreadsheet: format the column as a date there.",
        "“=SUM(B2:B3)” is a formula: save the file with values.",
        "there is no team or cost centre “Nobody”.",
      ]),
    );
    const refused = await post(file(csv));
    expect([refused.status, await refused.json()]).toEqual([
      422,
      expect.objectContaining({ pointer: "/csv", detail: expect.stringMatching(/^Line 3, day: .* 12 more lines/) }),
    ]);
    expect([await paid(), await listed()]).toEqual(before);
  });

  it("is told at its file that a day adds up to more than can be kept", async () => {
    const csv = bill(...Array.from({ length: 6 }, () => "2026-05-01,999999999999,USD,api,,,Anthropic"));
    const answer = await post(file(csv));
    expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ pointer: "/csv" })]);
    const row = (cells: string[]) => `<row>${cells.map(textCell).join("")}</row>`;
    const lines = Array.from({ length: 6 }, () => row(["2026-05-01", "999999999999", "USD", "api", "Anthropic"]));
    const bytes = billWorkbook({ rows: [row(["date", "amount", "currency", "item", "provider"]), ...lines].join("") });
    const packed = await post(file(undefined, { xlsx: Buffer.from(bytes).toString("base64") }));
    expect([packed.status, await packed.json()]).toEqual([422, expect.objectContaining({ pointer: "/xlsx" })]);
  });

  it("asks where it cannot know: which number is the day, which sign parts decimals, where a column is", async () => {
    const open = file("when;what\n05/06/2026;1,234\n", {
      reading: {
        fields: {
          currency: { value: "USD" },
          item: { value: "api" },
          provider: { value: "Anthropic" },
          day: { column: "when" },
        },
      },
    });
    const { problems } = await checked(open);
    expect(problems.map(({ field, line }) => [line, field])).toEqual([
      [null, "amount"],
      [null, "day"],
    ]);
    const fields = { ...open.reading.fields, amount: { column: "what" } };
    expect((await checked({ ...open, reading: { fields } })).problems.map(({ field }) => field)).toEqual([
      "day",
      "amount",
    ]);
    const told = await checked({ ...open, reading: { fields, dayOrder: "mdy", decimalMark: "," } });
    expect(told).toMatchObject({ problems: [], firstDay: "2026-05-06", totals: [{ minor: "123", exact: "1.234" }] });
    const wrong = await checked({ ...open, reading: { fields: { ...fields, team: { column: "nowhere" } } } });
    expect(wrong.problems[0]).toEqual({ line: null, field: "team", message: "There is no column “nowhere”." });
  });

  it.each([
    ["nothing", { csv: "" }, 422, "/csv"],
    ["only a head", { csv: bill() }, 422, "/csv"],
    ["no table", { csv: 'a,"b\n' }, 422, "/csv"],
    ["more than can be kept", { csv: bill(...Array(500).fill("2026-05-01,1e9,KWD,api,,,A")) }, 422, "/csv"],
    ["a column twice", { csv: "date,amount,amount\n2026-05-01,1,2\n" }, 422, "/csv"],
    ["a source without a name", { csv: bill("2026-05-01,1,USD,api,,,A"), source: " " }, 422, "/source"],
    ["an organisation that is not there", { csv: bill("2026-05-01,1,USD,api,,,A"), org: "nowhere" }, 404, "/org"],
  ])("is refused where it is %s", async (_, more, status, pointer) => {
    const answer = await post({ ...file(""), ...more });
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ pointer })]);
  });
});

describe("what is posted", () => {
  const entry = fc.record({
    day: fc.constantFrom("2026-01-01", "2026-01-02"),
    agent: fc.constantFrom(null, "codex"),
    cents: fc.integer({ min: -500, max: 500 }),
  });
  const lines = (of: { day: string; agent: string | null; cents: number }[]) =>
    of.map(({ agent, cents, day }) => `${day},${(cents / 100).toFixed(2)},USD,api,${agent ?? ""},,A`);
  const known = { teams: new Map(), centres: new Map(), agents: new Map([["codex", "codex"]]), today: "2026-12-31" };
  const read = async (rows: string[]) =>
    ledgerEntries((await readCostFile({ csv: bill(...rows) }, { fields: {} }, known)).lines, "billed", "/csv");

  it("brings any state to any other, and nothing to itself", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry), fc.array(entry), async (first, second) => {
        const [before, after] = [await read(lines(first)), await read(lines(second))];
        const standing = new Map<string, bigint>();
        for (const { agent, day, minor } of [...before, ...differences(before, after)])
          standing.set(`${day} ${agent}`, (standing.get(`${day} ${agent}`) ?? 0n) + minor);
        const expected = new Map(after.map(({ agent, day, minor }) => [`${day} ${agent}`, minor]));
        for (const [key, minor] of standing) expect([key, minor]).toEqual([key, expected.get(key) ?? 0n]);
        expect(differences(after, after)).toEqual([]);
      }),
    );
  });
});

describe("a large file", () => {
  it("is read in turns, so that nobody waits for it, and its last line is told of as well as its first", async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `2026-01-0${1 + (i % 9)},0.0${i % 90},USD,api,,,Ärzte 🩺`);
    const csv = bill(...rows, "2026-01-01,many,USD,api,,,A");
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 1);
    const { lines, problems } = await readCostFile(
      { csv },
      { fields: {} },
      { teams: new Map(), centres: new Map(), agents: new Map(), today: "2026-12-31" },
    );
    clearInterval(others);
    expect(turns).toBeGreaterThan(5);
    expect([lines.length, lines.at(-1)?.provider]).toEqual([60_000, "Ärzte 🩺"]);
    expect(problems.map(({ line }) => line)).toEqual([60_002]);
  });
});

const REAL = "../shared/data/costs/copilot-billing-credit-usage.csv";

describe.skipIf(!existsSync(REAL))("a billing report of GitHub (skipped where ../shared/data is absent)", () => {
  it("is known by its columns, and read to the last digit", async () => {
    const csv = readFileSync(REAL, "utf8");
    const report = await checked(file(csv, { source: "GitHub billing" }));
    expect(report).toMatchObject({ lines: 123, problemCount: 0, reading: { format: "github" } });
    // Within what is included nothing is charged; what it would have cost is another column.
    expect(report.totals).toEqual([{ currency: "USD", minor: "0", exact: "0" }]);
    const gross = await checked(
      file(csv, { source: "GitHub billing", reading: { fields: { amount: { column: "gross_amount" } } } }),
    );
    expect(gross.totals[0]?.exact).toMatch(/^710\.51432080999/);
    expect(Number(gross.totals[0]?.minor)).toBeGreaterThan(71_000);
  });
});
