import { describe, expect, it } from "vitest";
import { findWaves } from "./waves";

const SPAN = { firstDay: "2025-01-01", lastDay: "2026-06-30" };
const teams = (dates: Record<string, string | null>) =>
  Object.entries(dates).map(([team, adoptedOn]) => ({ team, adoptedOn }));

describe("waves", () => {
  it("hold who began within four weeks of the first, against who had not begun", () => {
    const adopters = teams({
      a: "2025-09-03",
      b: "2025-09-10",
      c: "2025-10-01",
      later: "2026-02-11",
      never: null,
      planned: null,
    });
    expect(findWaves(adopters, SPAN)).toEqual([
      {
        from: "2025-09-03",
        to: "2025-10-01",
        treated: ["a", "b", "c"],
        control: ["later", "never", "planned"],
        // Whole weeks from Monday to Monday: thirteen before 1 September, thirteen after 6 October.
        before: { from: "2025-06-02", to: "2025-09-01" },
        after: { from: "2025-10-06", to: "2026-01-05" },
        reason: null,
      },
      expect.objectContaining({
        treated: ["later"],
        before: null,
        after: null,
        reason: expect.stringContaining("1 team"),
      }),
    ]);
  });

  it("end before the first of those who had not begun does", () => {
    const adopters = teams({ a: "2025-09-01", b: "2025-09-01", c: "2025-09-01", x: "2025-11-05", y: null, z: null });
    expect(findWaves(adopters, SPAN)[0]).toMatchObject({
      before: { from: "2025-06-02", to: "2025-09-01" },
      after: { from: "2025-09-01", to: "2025-11-03" },
    });
    const sooner = teams({ a: "2025-09-01", b: "2025-09-01", c: "2025-09-01", x: "2025-10-08", y: null, z: null });
    // Five weeks are no comparison: who begins then stands for none.
    expect(findWaves(sooner, SPAN)[0]).toMatchObject({ control: ["y", "z"], before: null, after: null });
  });

  it("say why there is no comparison", () => {
    const three = { a: "2025-02-03", b: "2025-02-03", c: "2025-02-03", x: null, y: null, z: null };
    const reasonOf = (dates: Record<string, string | null>, span = SPAN) => findWaves(teams(dates), span)[0]?.reason;
    expect(reasonOf(three)).toBe("the data hold 4 whole weeks before it, and a baseline takes 8");
    expect(reasonOf({ ...three, z: "2025-02-04" })).toBe(
      "only 2 teams had not begun within 6 weeks, and a comparison takes 3",
    );
    const late = { ...three, a: "2026-06-01", b: "2026-06-01", c: "2026-06-01" };
    expect(reasonOf(late)).toBe("the data hold 4 whole weeks after it, and a comparison takes 6");
    expect(reasonOf({ ...late, a: "2026-07-06", b: "2026-07-06", c: "2026-07-06" })).toBe(
      "the data hold 0 whole weeks after it, and a comparison takes 6",
    );
    expect(findWaves([], SPAN)).toEqual([]);
  });
});
