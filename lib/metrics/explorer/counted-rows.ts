import { AUTHOR_KIND_CODE, EXCLUSION_CODE } from "@/lib/core/dimensions";
import type { FactTable } from "@/lib/metrics/columns/table";
import type { MetricDefinition } from "@/lib/metrics/definitions/definition";
import { conditionsOf } from "@/lib/metrics/scan/metric-tally";
import { RowFlags } from "@/lib/metrics/scan/row-flags";
import type { Selection } from "@/lib/metrics/selection";

/** Which of the pull requests that a metric is about: those in its numerator, or the others. */
export type MetricPart = "counted" | "rest";

/**
 * Tells of each row of a table whether it is behind a metric's number, by the conditions that the number is counted by: in
 * the population, old enough, known, and in the asked part where there is one.
 */
export function rowsBehind(
  table: FactTable,
  definition: MetricDefinition,
  selection: Selection,
  part: MetricPart | undefined,
): (row: number) => boolean {
  const flags = new RowFlags();
  const { counted, known } = conditionsOf(definition);
  for (const condition of [...known, ...counted]) flags.addCondition(condition);
  const { windowSeconds } = definition.descriptor;
  if (windowSeconds !== null) flags.addWindow(windowSeconds);
  const answers = flags.numberFlags(table);
  const [cutoffs] = flags.cutoffs(table, selection.repos);
  const agentsOnly = definition.population === "agent" && !selection.narrowings.has("authorKind");
  const { among } = definition;
  const inPopulation = table.profiles.map(
    (words) =>
      words.exclusion === EXCLUSION_CODE.none &&
      (among === undefined || flags.holds(among, 0, words)) &&
      (!agentsOnly || words.authorKind === AUTHOR_KIND_CODE.agent || words.authorKind === AUTHOR_KIND_CODE.assisted),
  );
  const { mergedAt, profile, profiles, repo } = table;
  return (row) => {
    const position = profile[row] as number;
    if (inPopulation[position] !== true) return false;
    if (cutoffs !== undefined && !((mergedAt[row] as number) <= (cutoffs[repo[row] as number] as number))) return false;
    const bits = answers === null ? 0 : (answers[row] as number);
    const words = profiles[position];
    if (words === undefined || !known.every((condition) => flags.holds(condition, bits, words))) return false;
    return (
      part === undefined || counted.every((condition) => flags.holds(condition, bits, words)) === (part === "counted")
    );
  };
}
