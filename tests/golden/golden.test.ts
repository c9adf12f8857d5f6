import { describe, it } from "vitest";
import { attributionGroups } from "./attribution-groups";
import { expectGolden, readGoldenCases } from "./case";
import { chanceGroups } from "./chance-groups";
import { governanceGroups } from "./governance-groups";
import { metricGroups } from "./metric-groups";
import { moneyGroups } from "./money-groups";
import { publishedGroups } from "./published-groups";
import { roiGroups } from "./roi-groups";
import {
  COVERAGE_GROUPS,
  FACTOR_GROUPS,
  FAILURE_GROUPS,
  OPERATION_GROUPS,
  PEOPLE_GROUPS,
  REPORTED_GROUPS,
  SQL_GROUPS,
} from "./sql-groups";
import { statisticsGroups } from "./statistics-groups";

const groups: Readonly<Record<string, (inputs: unknown) => unknown>> = {
  ...statisticsGroups,
  ...metricGroups,
  ...attributionGroups,
  ...roiGroups,
  ...publishedGroups,
  ...chanceGroups,
  ...moneyGroups,
  ...governanceGroups,
};

describe("golden cases", () => {
  const inDatabase = [
    SQL_GROUPS,
    OPERATION_GROUPS,
    FACTOR_GROUPS,
    PEOPLE_GROUPS,
    FAILURE_GROUPS,
    REPORTED_GROUPS,
    COVERAGE_GROUPS,
  ];
  const inProcess = readGoldenCases().filter(({ group }) => !inDatabase.some((groups) => groups.has(group)));

  it.each(inProcess.map((entry) => [entry.group, entry.id, entry] as const))("%s %s", (group, _, entry) => {
    const compute = Object.hasOwn(groups, group) ? groups[group] : undefined;
    if (compute === undefined) throw new Error(`No function answers the golden group "${group}"`);
    expectGolden(compute(entry.inputs), entry);
  });
});
