import { beforeAll, describe, expect, it, vi } from "vitest";
import { DELETE as takeBack } from "@/app/api/v1/costs/imports/[id]/route";
import { POST as check } from "@/app/api/v1/costs/imports/checks/route";
import { POST as enter, GET as files } from "@/app/api/v1/costs/imports/route";
import { POST as costs } from "@/app/api/v1/costs/query/route";
import { POST as priceList } from "@/app/api/v1/costs/token-prices/lists/route";
import { PUT as price, GET as prices } from "@/app/api/v1/costs/token-prices/route";
import type { CostFileReport, TokenPrice, UnpricedUsage } from "@/lib/core/cost-files";
import { projectPending } from "@/lib/facts/project";
import type { CostReport } from "@/lib/metrics/money/types";
import { ensureOrganization } from "@/lib/settings/organizations";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();

let as: Record<string, string>;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-05-02T12:00:00Z") });
  const { id } = await ensureOrganization({ slug: "acme" });
  await insertTeam(id, "payments");
  await projectPending();
  as = { ...(await sessionOf(await insertUser("finance"))), origin: ORIGIN };
  return () => vi.useRealTimers();
});

const HEAD = "date,provider,model,input_tokens,output_tokens,cache_read_tokens,team";
const USAGE = [
  HEAD,
  "2026-03-10,Anthropic,Sonnet 9,1000000,200000,0,payments",
  "2026-03-10,Anthropic,sonnet 9,500000,100000,,payments",
  "2026-04-02,Anthropic,sonnet 9,1000000,0,0,",
  "2026-03-11,Anthropic,mystery,10,20,0,",
].join("\n");
const file = (csv: string, more: object = {}) => ({
  org: "acme",
  source: "Usage",
  fileName: "usage.csv",
  csv,
  reading: {},
  ...more,
});
const checked = async (csv: string): Promise<CostFileReport> =>
  (await call(check, "/api/v1/costs/imports/checks", { as, body: file(csv) })).json();
const entered = async (csv: string, more: object = {}) => {
  const answer = await call(enter, "/api/v1/costs/imports", { as, body: file(csv, more) });
  return { status: answer.status, body: await answer.json() };
};
const say = async (body: object) => {
  const answer = await call(price, "/api/v1/costs/token-prices", {
    as,
    method: "PUT",
    body: { org: "acme", model: "Sonnet 9", currency: "USD", why: "List price", ...body },
  });
  return { status: answer.status, body: await answer.json() };
};
const priced = async (): Promise<{ items: TokenPrice[]; unpriced: UnpricedUsage[] }> =>
  (await call(prices, "/api/v1/costs/token-prices", { as })).json();
const paid = async (): Promise<CostReport> => {
  await projectPending();
  const body = { from: "2026-01-01", to: "2027-01-01", filters: { org: ["acme"] } };
  return (await call(costs, "/api/v1/costs/query", { as, body })).json();
};
const total = async () => (await paid()).currencies.map((own) => `${own.total} ${own.currency}`).join();

describe("a file of tokens", () => {
  it("is no amount while no price is known, and says of which models", async () => {
    const report = await checked(USAGE);
    expect(report).toMatchObject({ problemCount: 0, lines: 4, posted: 0, totals: [], firstDay: "2026-03-10" });
    expect(report.usage).toEqual([
      {
        model: "Sonnet 9",
        provider: "Anthropic",
        isPriced: false,
        tokens: { input: "2500000", output: "300000", cacheRead: "0", cacheWrite: "0" },
      },
      expect.objectContaining({ model: "mystery", isPriced: false }),
    ]);
    expect((await entered(USAGE)).status).toBe(200);
    expect(await total()).toBe("");
    expect(
      (await priced()).unpriced.map(({ firstDay, lastDay, model }) => [model.toLowerCase(), firstDay, lastDay]),
    ).toEqual([
      ["sonnet 9", "2026-03-10", "2026-04-02"],
      ["mystery", "2026-03-11", "2026-03-11"],
    ]);
    // The same again is listed once.
    await entered(USAGE);
    const { items } = await (await call(files, "/api/v1/costs/imports", { as })).json();
    expect(items).toHaveLength(1);
  });

  it("is estimated at the price of its day as soon as one is known, and again when it changes", async () => {
    expect((await say({ validFrom: "2026-01-01", input: "3", output: "15" })).body).toEqual({ posted: 2 });
    // March: 1.5 M at 3 and 0.3 M at 15; April: 1 M at 3.
    expect(await total()).toBe("1200 USD");
    expect((await say({ validFrom: "2026-04-01", input: "2.005", output: "10" })).body).toEqual({ posted: 1 });
    // 2.005 is 2.01, rounded once.
    expect(await total()).toBe("1101 USD");
    const { items, unpriced } = await priced();
    expect(items.map(({ input, validFrom }) => [validFrom, input])).toEqual([
      ["2026-04-01", "2.005"],
      ["2026-01-01", "3"],
    ]);
    expect(unpriced.map(({ model }) => model)).toEqual(["mystery"]);
    // What is taken back of April leaves what was said before.
    await say({ validFrom: "2026-04-01", input: null, output: null });
    expect((await priced()).unpriced.map(({ model }) => model)).toEqual(["mystery", "sonnet 9"]);
    expect(await total()).toBe("900 USD");
    await say({ validFrom: "2026-04-01", input: "2", output: "10" });
    expect(await total()).toBe("1100 USD");
  });

  it("has no estimate where some of its tokens have no price", async () => {
    const cached = [HEAD, "2026-03-20,Anthropic,sonnet 9,0,0,1000000,"].join("\n");
    expect((await entered(cached, { source: "Cached" })).body).toMatchObject({ posted: 0 });
    expect(await total()).toBe("1100 USD");
    await say({ validFrom: "2026-03-15", input: "3", output: "15", cacheRead: "0.3" });
    expect(await total()).toBe("1130 USD");
  });

  it("gives way to the bill, and both are told beside each other", async () => {
    const bill = ["date,amount,currency,item,provider", "2026-03-31,9.90,USD,api,anthropic"].join("\n");
    await entered(bill, { source: "Invoice", fileName: "invoice.csv" });
    const report = await paid();
    // March is billed by one invoice; April is still estimated.
    expect(report.currencies.map((own) => own.total)).toEqual(["1190"]);
    expect(report.comparisons).toEqual([
      expect.objectContaining({ month: "2026-04", billed: null, estimated: "200", counted: "200" }),
      expect.objectContaining({ month: "2026-03", billed: "990", estimated: "930", counted: "990" }),
    ]);
  });

  it("can be taken back, with what was estimated of it", async () => {
    const { items } = await (await call(files, "/api/v1/costs/imports", { as })).json();
    const usage = items.find(({ source }: { source: string }) => source === "Usage");
    const answer = await call(takeBack, `/api/v1/costs/imports/${usage.id}`, {
      as,
      method: "DELETE",
      params: { id: String(usage.id) },
    });
    expect(answer.status).toBe(200);
    expect((await paid()).comparisons).toEqual([expect.objectContaining({ billed: "990", estimated: "30" })]);
    expect((await priced()).unpriced).toEqual([]);
  });

  it.each([
    ["no number of tokens", "2026-03-10,Anthropic,sonnet 9,many,1,0,", "input"],
    ["half a token", "2026-03-10,Anthropic,sonnet 9,1.5,1,0,", "input"],
    ["fewer than none", "2026-03-10,Anthropic,sonnet 9,1,-1,0,", "output"],
    ["no output", "2026-03-10,Anthropic,sonnet 9,1,,0,", "output"],
    ["no model", "2026-03-10,Anthropic,,1,1,0,", "model"],
    ["an unknown team", "2026-03-10,Anthropic,sonnet 9,1,1,0,nobody", "team"],
  ])("is refused as a whole with %s", async (_, line, field) => {
    const { problems } = await checked([HEAD, line].join("\n"));
    expect(problems).toEqual([expect.objectContaining({ line: 2, field })]);
  });

  it.each([
    ["a price below zero", { validFrom: "2026-01-01", input: "-3", output: "1" }, "/input"],
    ["one without the other", { validFrom: "2026-01-01", input: "3", output: null }, "/output"],
    ["no day", { validFrom: "May", input: "3", output: "1" }, "/validFrom"],
    ["an unknown currency", { validFrom: "2026-01-01", input: "3", output: "1", currency: "XXA" }, "/currency"],
    ["no model", { validFrom: "2026-01-01", input: "3", output: "1", model: " " }, "/model"],
  ])("has no price with %s", async (_, body, pointer) => {
    expect(await say(body)).toMatchObject({ status: 422, body: { pointer } });
  });
});

it("is told at the price that it adds up to more than can be kept, and nothing of it is taken", async () => {
  const tokens = `${"9".repeat(12)}`;
  const line = (day: number) => `2026-02-${String(day).padStart(2, "0")},Anthropic,dear,${tokens},0,0,`;
  expect((await entered([HEAD, line(1), line(2)].join("\n"), { source: "Dear" })).status).toBe(200);
  const before = await priced();
  expect(await say({ model: "dear", validFrom: "2026-01-01", input: "999999999", output: "1" })).toMatchObject({
    status: 422,
    body: { pointer: "/input", detail: expect.stringContaining("more than can be kept") },
  });
  expect(await priced()).toEqual(before);
});

describe("a list of prices", () => {
  const list = async (body: object) => {
    const answer = await call(priceList, "/api/v1/costs/token-prices/lists", {
      as,
      body: { org: "acme", currency: "USD", why: "List price, models.json", ...body },
    });
    return { status: answer.status, body: await answer.json() };
  };
  const of = (model: string, more: object = {}) => ({
    model,
    validFrom: "2026-03-01",
    input: "1",
    output: "2",
    ...more,
  });
  const TOKENS = [HEAD, "2026-03-20,Mistral,codex-a,1000000,0,0,", "2026-03-20,Mistral,codex-b,0,1000000,0,"].join(
    "\n",
  );

  it("is taken whole or not at all", async () => {
    await entered(TOKENS, { source: "Listed" });
    const before = await priced();
    expect(before.unpriced.map(({ model }) => model)).toEqual(expect.arrayContaining(["codex-a", "codex-b"]));
    for (const [prices, pointer] of [
      [[], "/prices"],
      [[of("codex-a"), of("CODEX-A")], "/prices/1/model"],
      [[of("codex-a"), of("codex-b", { input: "-1" })], "/prices/1/input"],
      [[of("codex-a"), of("codex-b", { output: null })], "/prices/1/output"],
      [[of("codex-a", { validFrom: "soon" })], "/prices/0/validFrom"],
    ] as const)
      expect(await list({ prices })).toMatchObject({ status: 422, body: { pointer } });
    expect(await priced()).toEqual(before);
  });

  it("prices what had none, and says where from", async () => {
    expect(await list({ prices: [of("codex-a"), of("codex-b")] })).toMatchObject({ status: 200 });
    const { items, unpriced } = await priced();
    expect(items.slice(0, 2)).toMatchObject([
      { model: "codex-b", why: "List price, models.json", input: "1" },
      { model: "codex-a", validFrom: "2026-03-01" },
    ]);
    expect(unpriced.map(({ model }) => model)).not.toEqual(expect.arrayContaining(["codex-a"]));
    await projectPending();
    const mistral = (await paid()).currencies.flatMap((own) => own.byProvider.filter(({ name }) => name === "Mistral"));
    expect(mistral).toMatchObject([{ minor: "300" }]);
  });
});
