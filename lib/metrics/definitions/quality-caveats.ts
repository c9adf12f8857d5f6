import { ELIGIBLE_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";

/** Said by every density of defects (metrics.md 2.7). */
export const DENSITY_CAVEATS = [
  "Only defects that name the pull request that caused them: those that nobody traced back are missing.",
  "Lines are effective added lines without tests and documentation. Pull requests above 10,000 effective lines and those of unknown lines are left out and counted beside.",
  "Only pull requests old enough for the whole window are counted.",
  "Where no defect was ever reported, nothing is known: the value is missing and not 0.",
  "Below 1,000 lines a density says little; it is to be said as defects in lines.",
  ELIGIBLE_CAVEAT,
  MANY_AGENTS_CAVEAT,
];

/** Above so many effective lines a pull request is bulk, such as code that was moved in (metrics.md G6). */
export const BULK_LINES = 10_000;

/** Said by what coverage by tests is about. */
export const COVERAGE_CAVEATS = [
  "Only of pull requests that CI sent a report of; of several the last one counts.",
  "That a line was run says nothing of whether anything was checked.",
];
