import type { Dimension } from "@/lib/core/dimensions";

/** What people can be told apart by: they are in teams, and in no repository. */
export const PEOPLE_DIMENSIONS: Dimension[] = ["org", "team", "agent"];

/** What people and tools report is of a team, or of nobody in particular. */
export const REPORTED_DIMENSIONS: Dimension[] = ["org", "team"];

export const ROSTER_CAVEAT =
  "Who is in which team comes from GitHub’s teams, or from a roster that an administrator enters; nobody else is counted.";
