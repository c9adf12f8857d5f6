import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readPriceList } from "./price-list";

const REAL = path.resolve("../shared/data/costs/models-dev-pricing-snapshot.json");

describe("a list of prices", () => {
  it("has models by name, or under who sells them", () => {
    const flat = readPriceList('{"Sonnet-9": {"input": 3, "output": 15, "cache_read": 0.3, "cache_write": null}}');
    expect(flat?.get("sonnet-9")).toEqual({ input: "3", output: "15", cacheRead: "0.3", cacheWrite: null });
    const sold = readPriceList('{"anthropic": {"models": {"sonnet-9": {"cost": {"input": "3", "output": "15.5"}}}}}');
    expect(sold?.get("sonnet-9")).toEqual({ input: "3", output: "15.5", cacheRead: null, cacheWrite: null });
  });

  it("says small prices without an exponent, and takes none that is no price", () => {
    const list = readPriceList('{"small": {"input": 1e-7, "output": 0}, "odd": {"input": -1, "output": "a lot"}}');
    expect([...(list ?? [])]).toEqual([
      ["small", { input: "0.0000001", output: "0", cacheRead: null, cacheWrite: null }],
    ]);
  });

  it("has no price of a model that is sold for two", () => {
    const sold = (input: number) => ({
      models: { "sonnet-9": { cost: { input, output: 15 } }, other: { cost: { input: 1, output: 2 } } },
    });
    const list = readPriceList(JSON.stringify({ one: sold(3), two: sold(4) }));
    expect([...(list ?? new Map()).keys()]).toEqual(["other"]);
  });

  it.each(["", "[]", "{}", "12", '{"a": 1}', "model,input"])("is not %j", (text) =>
    expect(readPriceList(text)).toBeNull(),
  );

  it.skipIf(!existsSync(REAL))("is what models.dev gives (skipped where ../shared/data is absent)", () => {
    const list = readPriceList(readFileSync(REAL, "utf8"));
    expect(list?.size).toBeGreaterThan(10);
    expect(list?.get("claude-haiku-4-5")).toMatchObject({ input: expect.any(String), output: expect.any(String) });
  });
});
