import type { Benchmark } from "@/lib/metrics/types";

const SOURCE = "AI Coding Agents Autonomous Production 2025: Benchmarked (Nuvox AI)";
const published = (id: string, category: string | null, low: number, high: number): Benchmark => ({
  id,
  low,
  high,
  category,
  source: SOURCE,
  date: "2025",
  comparability: "caution",
});

/** The published share rolled back within 24 hours, fleet and by category of task. */
export const PUBLISHED_24H_BANDS: Benchmark[] = [
  published("001-05", null, 0.08, 0.28),
  published("001-40", null, 0.12, 0.12),
  published("001-17", "documentation", 0.03, 0.05),
  published("001-18", "test_generation", 0.06, 0.09),
  published("001-19", "bug_fix_isolated", 0.08, 0.1),
  published("001-20", "boilerplate_scaffolding", 0.07, 0.11),
  published("001-21", "performance_sensitive", 0.12, 0.16),
  published("001-22", "cross_module_refactor", 0.15, 0.18),
  published("001-23", "distributed_systems", 0.18, 0.22),
  published("001-24", "security_critical", 0.2, 0.28),
];

/** The published share rolled back within 7 days; the source gives no categories for it. */
export const PUBLISHED_7D_BANDS: Benchmark[] = [
  published("001-04", null, 0.12, 0.22),
  published("001-40", null, 0.16, 0.16),
];

/** The complement that the same source prints as its effective safe rate. */
export const PUBLISHED_SAFE_BANDS: Benchmark[] = [published("001-16", null, 0.78, 0.88)];
