/** Groups whose rule is a statement over facts: `tests/db/golden-courses.test.ts` answers them. */
export const SQL_GROUPS: ReadonlySet<string> = new Set([
  "cycle_time",
  "rework",
  "automerge",
  "defect_density",
  "review_hours",
]);
