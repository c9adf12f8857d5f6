/**
 * What is added to a change of coverage, in hundredths of a percentage point, where it is stored: numbers in memory are not below
 * nothing. It is larger than any change.
 */
export const COVERAGE_OFFSET = 100_000;
