import { describe, expect, it } from "vitest";
import { varianceOf } from "./bills-agree-panel";

const of = (billed: string | null, metered: string | null, estimated: string | null) =>
  varianceOf({
    month: "2026-03",
    provider: "x",
    item: "api",
    currency: "USD",
    counted: "0",
    billed,
    metered,
    estimated,
  });

describe("the difference of a bill", () => {
  it("is to what was metered, else to the estimate", () => {
    expect(of("1100", "1000", "500")).toEqual({ minor: 100n, share: 0.1 });
    expect(of("900", null, "1000")).toEqual({ minor: -100n, share: -0.1 });
  });

  it("is not known where one of them is missing, and has no share of nothing", () => {
    expect([of(null, "1", null), of("1", null, null)]).toEqual([null, null]);
    expect(of("5", null, "0")).toEqual({ minor: 5n, share: null });
  });
});
