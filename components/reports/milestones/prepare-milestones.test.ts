import { describe, expect, it } from "vitest";
import { prepareMilestones } from "./prepare-milestones";

const points = ["2026-03-02", "2026-03-09", "2026-03-16"].map((day, index) => ({
  index,
  bucket: `${day}T05:00:00.000Z`,
  tick: day,
  label: day,
  readings: [],
  young: null,
}));
const on = (id: number, day: string) => ({
  id,
  org: "acme",
  team: null,
  day,
  kind: "model" as const,
  title: day,
  by: "Ada",
});

describe("milestones on a trend", () => {
  it("stand where their day lies in its week, from the oldest, on rows of their own", () => {
    const { marks, shown } = prepareMilestones({ points }, [on(2, "2026-03-18"), on(1, "2026-03-05")], "week");
    expect(shown.map(({ id }) => id)).toEqual([1, 2]);
    expect(marks.map(({ at, label, row }) => [Math.round(at * 100) / 100, label, row])).toEqual([
      [-0.03, "2026-03-05", 0],
      [1.83, "2026-03-18", 1],
    ]);
  });

  it("are cut where their titles are long", () => {
    const long = { ...on(1, "2026-03-05"), title: "Issue template asks for acceptance criteria" };
    expect(prepareMilestones({ points }, [long], "week").marks[0]?.label).toBe("Issue template asks for accep…");
  });

  it("are left out where they lie before the first week or behind the last", () => {
    const all = [on(1, "2026-03-01"), on(2, "2026-03-24"), on(3, "2026-03-22")];
    expect(prepareMilestones({ points }, all, "week").shown.map(({ id }) => id)).toEqual([3]);
    expect(prepareMilestones({ points: [] }, all, "week")).toEqual({ marks: [], shown: [] });
  });
});
