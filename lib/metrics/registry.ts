import { agentPrsMerged } from "./definitions/agent-prs-merged";
import { aiShareLines } from "./definitions/ai-share-lines";
import { aiSharePrs } from "./definitions/ai-share-prs";
import type { MetricDefinition } from "./definitions/definition";
import { effectiveSafePrs } from "./definitions/effective-safe-prs";
import { prsMergedWeek } from "./definitions/prs-merged-week";
import { rollbackRate7d } from "./definitions/rollback-rate-7d";
import { rollbackRate24h } from "./definitions/rollback-rate-24h";
import { safeRate7d } from "./definitions/safe-rate-7d";
import { taskMix } from "./definitions/task-mix";
import type { MetricDescriptor } from "./types";

/** Every metric of the product, in the order of the catalogue. */
const DEFINITIONS: readonly MetricDefinition[] = [
  prsMergedWeek,
  agentPrsMerged,
  aiSharePrs,
  aiShareLines,
  taskMix,
  rollbackRate24h,
  rollbackRate7d,
  safeRate7d,
  effectiveSafePrs,
];

const byId = new Map(DEFINITIONS.map((definition) => [definition.descriptor.id, definition]));

/** The definition of a metric, or undefined when none has that id. */
export function findMetric(id: string): MetricDefinition | undefined {
  return byId.get(id);
}

/** What every metric says of itself. */
export function listMetrics(): MetricDescriptor[] {
  return DEFINITIONS.map(({ descriptor }) => descriptor);
}
