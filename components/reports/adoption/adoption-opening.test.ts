import { describe, expect, it } from "vitest";
import type { Rollout, TeamRollout } from "@/lib/metrics/rollout/types";
import { metricRow } from "@/tests/factories/metric-row";
import { adoptionOpening } from "./adoption-opening";

const team = (slug: string, signs: string[]): TeamRollout => ({
  org: "acme",
  team: slug,
  phases: [],
  phase: null,
  adoptedOn: null,
  firstUse: null,
  adoption: { value: null, k: null, n: null },
  peak: null,
  signs,
});
const rollout = (...teams: TeamRollout[]): Rollout => ({ asOf: null, teams, waves: [] });
const read = (...given: Parameters<typeof adoptionOpening>) => {
  const { headline, lede } = adoptionOpening(...given);
  const text = headline.map((part) => (typeof part === "string" ? part : part.figure)).join("");
  return [text, lede.join(" ")].map((line) => line.replaceAll("\u00a0", " "));
};
const name = (slug: string) => slug.toUpperCase();

describe("the opening of the page about adoption", () => {
  it("says how many work with agents, and which teams show signs of failing", () => {
    const row = metricRow({ value: 0.75, k: 75, n: 100, excluded: { not_on_roster: 1 } });
    const failing = ["a", "b", "c", "d", "e"].map((slug) => team(slug, ["It fell."]));
    expect(read(row, rollout(team("x", []), ...failing), name)).toEqual([
      "At least 75 % of the people who merged something in 28 days did so with agents.",
      "They are 75 of 100 people. A, B, C and 2 more show signs of a rollout that fails. 1 pull request of that time names nobody on the roster.",
    ]);
    expect(read(row, rollout(team("b", ["It fell."])), name)[1]).toContain("B shows signs");
  });

  it("says few people as k of n", () => {
    const row = metricRow({ value: 0.5, k: 4, n: 8, flags: ["few"] });
    expect(read(row, rollout(), name)).toEqual([
      "At least 4 of 8 of the people who merged something in 28 days did so with agents.",
      "",
    ]);
  });

  it("says what to do where nothing is known", () => {
    const nobody = metricRow({ value: null, n: 0, excluded: { not_on_roster: 12 } });
    expect(read(nobody, undefined, name)[1]).toContain("enter who is in which team");
    expect(read(metricRow({ value: null, n: 3, k: null }), undefined, name)[0]).toContain("Too few people");
    expect(read(metricRow({ value: null, n: 0 }), undefined, name)[0]).toContain("Nothing was merged");
  });
});
