import type { Category } from "@/lib/core/dimensions";
import type { FailureCause } from "@/lib/core/failure-causes";
import { SAMPLE_SEED } from "./company";
import { randomStream } from "./random";

/** What goes wrong where nothing else is said. */
const CAUSES: Readonly<Record<FailureCause, number>> = {
  missing_context: 26,
  logic_error: 21,
  vague_spec: 12,
  architectural_mismatch: 10,
  dependency_conflict: 9,
  scope_creep: 8,
  performance_regression: 7,
  incomplete_implementation: 5,
  hallucinated_integration: 5,
  security_vulnerability: 2,
  other: 5,
};
const TILT: Partial<Record<Category, Partial<Record<FailureCause, number>>>> = {
  cross_module_refactor: { missing_context: 48, architectural_mismatch: 20 },
  performance_sensitive: { performance_regression: 40 },
  security_critical: { security_vulnerability: 24, missing_context: 30 },
  distributed_systems: { missing_context: 40, performance_regression: 18 },
  boilerplate_scaffolding: { dependency_conflict: 34 },
};
/** How much of what failed somebody looked at. */
const LOOKED_AT = 0.55;

/** Why a pull request of the sample failed, as somebody would have said; null where nobody looked. */
export function sampleCause(repo: string, number: number, category: Category): FailureCause | null {
  const random = randomStream(SAMPLE_SEED, `triage/${repo}#${number}`);
  if (!random.chance(LOOKED_AT)) return null;
  return random.weighted({ ...CAUSES, ...TILT[category] });
}
