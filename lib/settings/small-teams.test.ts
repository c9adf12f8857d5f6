import { describe, expect, it } from "vitest";
import { smallTeams } from "./small-teams";

const teams = (members: Record<number, number[]>) =>
  new Map(Object.entries(members).map(([id, people]) => [Number(id), new Set(people)]));

describe("teams that are counted together", () => {
  it("are those of fewer than five people", () => {
    expect(smallTeams(teams({ 1: [1, 2], 2: [3, 4, 5], 3: [6, 7, 8, 9, 10] }))).toEqual(new Set([1, 2]));
    expect(smallTeams(teams({ 1: [1, 2, 3, 4, 5], 2: [6, 7, 8, 9, 10, 11] }))).toEqual(new Set());
    expect(smallTeams(new Map())).toEqual(new Set());
  });

  it("and the next smallest until there are five people among them", () => {
    const five = [11, 12, 13, 14, 15];
    expect(smallTeams(teams({ 1: [1, 2], 2: [...five, 16], 3: five }))).toEqual(new Set([1, 3]));
    // One person in two teams is one person.
    expect(smallTeams(teams({ 1: [1, 2, 3], 2: [1, 2, 3], 3: five }))).toEqual(new Set([1, 2, 3]));
    expect(smallTeams(teams({ 1: [1, 2, 3], 2: [3, 4, 5], 3: five }))).toEqual(new Set([1, 2]));
  });
});
