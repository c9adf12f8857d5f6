import { expect, it } from "vitest";
import type { Ranking } from "@/lib/metrics/people/types";
import { teamOpening } from "./team-opening";

const team = (slug: string, crude: number, lo: number | null, hi: number | null): Ranking["teams"][number] => ({
  team: slug,
  k: crude * 1000,
  n: 1000,
  crude,
  estimate: crude,
  lo,
  hi,
});
const read = (more: Partial<Ranking>, ofAgents = false) => {
  const ranking = { asOf: null, metric: "rollback_rate_7d", pooled: 0.05, differ: true, teams: [], ...more };
  const { headline, lede } = teamOpening(ranking, (slug) => slug.toUpperCase(), ofAgents);
  const text = headline.map((part) => (typeof part === "string" ? part : part.figure)).join("");
  return [text, lede.join(" ")].map((line) => line.replaceAll("\u00a0", " "));
};

it("names the team that stands out, and the others that do", () => {
  const teams = [
    team("a", 0.09, 0.07, 0.11),
    team("b", 0.07, 0.055, 0.09),
    team("c", 0.05, 0.04, 0.06),
    team("d", 0.02, 0.01, 0.03),
  ];
  expect(read({ teams })).toEqual([
    "More is rolled back in A than elsewhere: 9.0 % against 5.0 %.",
    "Above the others beyond chance: A and B. Below: D. Teams differ in what they work on: look at the tasks before the people.",
  ]);
});

it("says of one team what it is, with nobody to hold it against", () => {
  expect(read({ pooled: null, differ: false, teams: [team("a", 0.06, null, null)] })).toEqual([
    "6.0 % of what was merged in A was rolled back within seven days.",
    "There is no other team in view to hold it against.",
  ]);
  expect(read({ pooled: null, differ: false, teams: [{ ...team("a", 0.5, null, null), k: 2, n: 4 }] })[0]).toBe(
    "2 of 4 of what was merged in A was rolled back within seven days.",
  );
});

it("names nobody where chance would do as well", () => {
  const within = [team("a", 0.06, 0.04, 0.08), team("b", 0.04, 0.02, 0.06)];
  expect(read({ teams: within })[0]).toBe("2 teams, none of which has more rolled back than the others beyond chance.");
  expect(read({ teams: within, differ: false })[0]).toBe(
    "2 teams: what is rolled back differs no more than chance would have it.",
  );
  expect(read({ teams: [...within, team("d", 0.02, 0.01, 0.03)] })[1]).toBe("D has less rolled back.");
  expect(read({ teams: within }, true)[0]).toContain("has more of agents’ work rolled back");
  expect(read({ teams: [team("a", 0.09, 0.07, 0.11)], pooled: 0.05 }, true)[0]).toContain("of what agents merged in A");
  expect(read({ teams: [] })[0]).toContain("No team has merged enough");
});
