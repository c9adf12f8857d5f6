import type { Category } from "@/lib/core/dimensions";
import type { FailureCause } from "@/lib/core/failure-causes";

/** How far a published figure may be held against one's own (metrics.md G14). */
export type Comparability = "ok" | "caution" | "no";

export const BENCHMARK_TOPICS = [
  "velocity",
  "share",
  "rollback",
  "review",
  "quality",
  "causes",
  "adoption",
  "people",
  "outcome",
  "money",
] as const;
export type BenchmarkTopic = (typeof BENCHMARK_TOPICS)[number];

export interface PublishedSource {
  title: string;
  publisher: string;
  /** A year, or a day. */
  date: string;
  kind: "vendor" | "survey" | "anecdote" | "research" | "own";
}

/** A figure that somebody published, or that a company entered as its own. */
export interface PublishedFigure {
  id: string;
  source: string;
  topic: BenchmarkTopic;
  says: string;
  /** The metric that it is about; null where the product counts nothing of the kind. */
  metric: string | null;
  /** What of that metric it is about. */
  group: { category: Category } | { cause: FailureCause } | null;
  low: number;
  high: number;
  /** As it was published: `%`, `min`, `per 1,000 lines`. */
  unit: string;
  /** Of a comparison of two times. */
  before: number | null;
  after: number | null;
  comparability: Comparability;
  /** Where it contradicts itself, its source or the study behind it. */
  contradiction: string | null;
}

/** A figure with its source, as `GET /api/v1/benchmarks` gives it. */
export interface BenchmarkItem extends Omit<PublishedFigure, "source"> {
  source: PublishedSource;
}
