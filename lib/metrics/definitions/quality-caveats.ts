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

/** Said by densities that count inferred defects too (metrics.md 2.7, L4). */
export const INFERRED_CAVEATS = [
  "Inferred by following lines: of the lines of code that the fix of an issue takes out or changes, one pull request brought at least half and more than any other. That is right often, not always: defects of lines that are missing are never seen.",
  "Blank lines, comments, lines that are only moved or written in another form, generated files, tests, documentation and whatever was merged after the issue was opened are left out.",
  "Lines are followed through changes of space alone and files that are moved as they were. A line that somebody moved inside of a file, or that stood longer than a year, is not traced to who wrote it.",
  "Only of repositories that are read from git, and of issues that are told of with what closes them; the figure without inferred ones is the headline.",
  ...DENSITY_CAVEATS.slice(1),
];

/** Above so many effective lines a pull request is bulk, such as code that was moved in (metrics.md G6). */
export const BULK_LINES = 10_000;

/** Said by how much of what was merged is written again (metrics.md 2.4). */
export const CHURN_CAVEATS = [
  "Only of repositories that are read from git: GitHub’s API does not tell which lines a change touches.",
  "Only lines that a person or agent wrote: generated files, lock files, snapshots and vendored code are left out. A changed line is one that is deleted and one that is added.",
  "A file that is moved and edited at once counts as changed; one that is only moved does not. A rollback within the window counts in full.",
  "What a pull request takes back of its own before it has landed was never merged.",
  ELIGIBLE_CAVEAT,
  MANY_AGENTS_CAVEAT,
];

/** Said by what scanners find before the merge (metrics.md 2.7). */
export const FINDINGS_CAVEATS = [
  "Only of pull requests whose scans CI sends: one of which nobody sent any is not free of findings, it is left out and counted beside.",
  "Of each scanner the first report from when the pull request was ready for review counts, and where there is none the last before it.",
  "Scanners differ in what they report, and one that is set up strictly finds more in the same code: compare repositories with the same scanners.",
  "Pull requests above 10,000 effective lines and those of unknown lines are left out and counted beside.",
  ELIGIBLE_CAVEAT,
  MANY_AGENTS_CAVEAT,
];

/** Said by which part of the defects is caught in time (metrics.md 2.7). */
export const CATCH_CAVEATS = [
  "Only where defects that were found before a merge are recorded as well as those after it: issues labelled found-in:review, found-in:ci, found-in:test or found-in:staging, or events that say so.",
  "Teams record what is found in review far less often than what is found by customers: the true share is most likely higher.",
  "Only defects that name the pull request that brings them.",
  "Only pull requests old enough for the whole window are counted.",
  ELIGIBLE_CAVEAT,
  MANY_AGENTS_CAVEAT,
];

/** Said by what coverage by tests is about. */
export const COVERAGE_CAVEATS = [
  "Only of pull requests that CI sent a report of; of several the last one counts.",
  "That a line was run says nothing of whether anything was checked.",
];
