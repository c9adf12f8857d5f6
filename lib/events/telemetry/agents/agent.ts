import { Decimal } from "@/lib/core/decimal";
import type { LogRecord, MetricPoint } from "@/lib/events/telemetry/otlp";

/**
 * What a data point counts. Tokens that were read from a cache are a part of the input where `cachedInput` says so, and
 * besides it where `cacheRead` does.
 */
export const MEASURES = ["cost", "input", "output", "cacheRead", "cacheWrite", "cachedInput"] as const;
export type Measure = (typeof MEASURES)[number];

/** What a data point tells: how much of what, by which model. Costs are in US dollars. */
export interface ReadPoint {
  measure: Measure;
  model: string;
}

/** What one call of a model used, the caches besides the input. Decimal text; null: not told. */
export interface ReadRequest {
  model: string;
  /** US dollars. */
  cost: string | null;
  input: string | null;
  output: string | null;
  cacheRead: string | null;
  cacheWrite: string | null;
  /** What the provider calls it; null where it says none. */
  requestId: string | null;
}

/** An agent whose telemetry is understood. */
export interface TelemetryAgent {
  /** Key of the rules that know it. */
  agent: string;
  /** Who is paid, where nothing else is said of it. */
  provider: string;
  /** `service.name` of its telemetry. */
  services: readonly string[];
  /** Null for a point that nothing is counted of. */
  readPoint(point: MetricPoint): ReadPoint | null;
  /** Null for a record that tells of no call. */
  readRequest(record: LogRecord): ReadRequest | null;
  /** The commit that a record says it made. */
  readCommit(record: LogRecord): string | null;
}

const NO_MODEL = "unknown";

/** The model that attributes name. */
export const modelIn = ({ texts }: { texts: ReadonlyMap<string, string> }): string =>
  texts.get("model") ?? texts.get("gen_ai.response.model") ?? texts.get("gen_ai.request.model") ?? NO_MODEL;

/** A number among attributes; null where it is missing or none. */
export function numberIn(texts: ReadonlyMap<string, string>, name: string): string | null {
  const text = texts.get(name);
  return text === undefined || !/^\d{1,18}(?:\.\d{1,18})?(?:e-?\d{1,2})?$/i.test(text) ? null : text;
}

/** Input without what of it was read from a cache; null where nothing is told of it. */
export function withoutCached(input: string | null, cached: string | null): string | null {
  if (input === null || cached === null) return input;
  return Decimal.max(0, new Decimal(input).minus(cached)).toFixed();
}
