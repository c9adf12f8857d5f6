import type { CellValue, Report } from "@/bench/report/report";
import { sampleOf } from "@/bench/report/sample";
import type { LagSamples } from "./lag-sampler";
import type { WebReader } from "./web-reader";

/** Something that must hold, and what was found. */
export interface Check {
  what: string;
  found: string;
  holds: boolean;
}

/** One step of a run, in milliseconds. */
export interface Step {
  name: string;
  ms: number;
}

function sampleRow(name: string, values: readonly number[]): CellValue[] {
  if (values.length === 0) return [name, 0, null, null, null];
  const { runs, median, p95 } = sampleOf(values);
  return [name, runs, median, p95, Math.max(...values)];
}

/** A run as tables: its steps, what was seen meanwhile, and what had to hold. */
export function scaleOutReport(
  steps: readonly Step[],
  readers: readonly WebReader[],
  lag: LagSamples,
  checks: readonly Check[],
): Report {
  return {
    command: "scale-out",
    tables: [
      {
        title: "Two web servers that read from a streaming replica, two workers on the primary",
        columns: ["step", "seconds"],
        rows: steps.map(({ name, ms }) => [name, ms / 1000]),
      },
      {
        title: "While that happened",
        columns: ["what", "samples", "median", "p95", "longest"],
        rows: [
          ...readers.map(({ url, latencies }) => sampleRow(`pull requests through ${url}, ms`, latencies)),
          sampleRow("lag as shown, s", lag.seconds),
          sampleRow(
            "lag of the log, kB",
            lag.bytes.map((bytes) => bytes / 1000),
          ),
        ],
      },
      {
        title: "What must hold",
        columns: ["", "what", "found"],
        rows: checks.map(({ what, found, holds }) => [holds ? "✓" : "✗", what, found]),
      },
    ],
  };
}
