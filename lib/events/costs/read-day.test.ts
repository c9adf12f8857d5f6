import { describe, expect, it } from "vitest";
import { dayOrderOf, readDay } from "./read-day";

describe("readDay", () => {
  it("reads the dates that bills write", () => {
    const written = [
      "2026-05-27",
      "2026/5/7",
      "2026-05-27T23:59:59Z",
      "2026-05-27 10:00",
      "27.05.2026",
      "May 27, 2026",
      "27 May 2026",
      "27-May-2026",
      "1st",
    ];
    expect(written.map((text) => readDay(text, "dmy"))).toEqual([
      "2026-05-27",
      "2026-05-07",
      "2026-05-27",
      "2026-05-27",
      "2026-05-27",
      "2026-05-27",
      "2026-05-27",
      "2026-05-27",
      null,
    ]);
    expect([readDay("05/06/2026", "dmy"), readDay("05/06/2026", "mdy")]).toEqual(["2026-06-05", "2026-05-06"]);
  });

  it("knows no day that there is not", () => {
    for (const text of ["2026-02-30", "31.04.2026", "13/13/2026", "Foo 3, 2026", "46169", "", "2026"])
      expect([text, readDay(text, "dmy")]).toEqual([text, null]);
  });
});

describe("dayOrderOf", () => {
  it("is what any date with slashes says, open where none does, and nothing where there are none", () => {
    expect(dayOrderOf(["05/06/2026", "27/05/2026"])).toBe("dmy");
    expect(dayOrderOf(["05/06/2026", "05/27/2026"])).toBe("mdy");
    expect(dayOrderOf(["05/06/2026"])).toBeNull();
    expect(dayOrderOf(["05/05/2026", "2026-05-27"])).toBe("none");
  });
});
