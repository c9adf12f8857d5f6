import { countingOf, type MetricDefinition } from "@/lib/metrics/definitions/definition";
import { conditionsOf } from "./metric-tally";
import { RowFlags } from "./row-flags";

/** Each question about a row doubles the cells that could exist: a few more passes are faster than very many cells. */
const MOST_QUESTIONS = 8;

/** How many questions some metrics ask of each row. */
function questionsOf(definitions: readonly MetricDefinition[]): number {
  const flags = new RowFlags();
  for (const definition of definitions) {
    const { counted, known } = conditionsOf(definition);
    for (const condition of [...known, ...counted]) flags.addCondition(condition);
  }
  for (const { descriptor } of definitions) {
    if (descriptor.windowSeconds !== null) flags.addWindow(descriptor.windowSeconds);
  }
  return flags.size;
}

/** The metrics of a query in parts, in their order, each of which is counted in one pass. */
export function partsOf(definitions: readonly MetricDefinition[]): MetricDefinition[][] {
  const parts: MetricDefinition[][] = [];
  for (const definition of definitions) {
    const last = parts.at(-1);
    const fits =
      last?.every((one) => countingOf(one) === countingOf(definition)) === true &&
      questionsOf([...last, definition]) <= MOST_QUESTIONS;
    if (fits) last.push(definition);
    else parts.push([definition]);
  }
  return parts;
}
