import { describe, expect, it } from "vitest";
import { prepareStandout } from "./prepare-standouts";

const period = { firstDay: "2025-11-03", lastDay: "2026-03-20" };
const words = { nameOf: (_: string, value: string) => value.toUpperCase(), timeZone: "America/New_York" };
const standout = { month: "2026-02-01T05:00:00.000Z", k: 8, n: 57, elsewhere: { k: 30, n: 1000 } };

describe("prepareStandout", () => {
  it("says what stood out when, against what, and narrows to exactly that", () => {
    const item = prepareStandout({ ...standout, dimension: "team", value: "mobile" }, period, words);
    expect([item.name, item.month, item.text.replaceAll("\u00a0", " ")]).toEqual([
      "Team MOBILE",
      "Feb 2026",
      "14.0 % (8 of 57), 3.0 % otherwise",
    ]);
    expect(item.narrowed).toEqual({ period: "custom", from: "2026-02-01", to: "2026-02-28", team: ["mobile"] });
  });

  it("cuts a month at the ends of the period, and knows everything from nothing", () => {
    const first = prepareStandout(
      { ...standout, month: "2025-11-01T04:00:00.000Z", dimension: "all", value: "", elsewhere: { k: 0, n: 0 } },
      period,
      words,
    );
    expect([first.name, first.text.includes("otherwise")]).toEqual(["All work of agents", false]);
    expect(first.narrowed).toEqual({ period: "custom", from: "2025-11-03", to: "2025-11-30" });
    const last = prepareStandout(
      { ...standout, month: "2026-03-01T05:00:00.000Z", dimension: "category", value: "bug_fix_isolated" },
      period,
      words,
    );
    expect(last.narrowed).toEqual({
      period: "custom",
      from: "2026-03-01",
      to: "2026-03-20",
      category: ["bug_fix_isolated"],
    });
  });
});
