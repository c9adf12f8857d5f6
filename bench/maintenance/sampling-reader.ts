import { setTimeout as sleep } from "node:timers/promises";
import { lastYear } from "@/bench/queries/run-queries";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { runMetricsQuery } from "@/lib/metrics/query";
import { listMetrics } from "@/lib/metrics/registry";
import { metricsQuerySchema } from "@/lib/metrics/schema";

const PAUSE_MS = 250;
/** Metrics of one query. */
const MOST_METRICS = 20;

/** What a reader saw while something else was written. */
export interface Readings {
  answers: number;
  /** Answers that were not the one from before. */
  different: number;
}

/** Everything that the first metrics say of two years by repository, as one text to compare. */
async function readAll(): Promise<string> {
  const { to } = await lastYear();
  const metrics = listMetrics()
    .filter(({ dimensions }) => dimensions.includes("repo"))
    .slice(0, MOST_METRICS)
    .map(({ id }) => id);
  const query = metricsQuerySchema.parse({ metrics, from: "2024-01-01", to, groupBy: ["repo"] });
  return JSON.stringify(await runMetricsQuery(SYSTEM_SCOPE, query));
}

/** Asks the same question again and again while `work` runs, which must not change the answer. */
export async function readDuring(work: () => Promise<unknown>): Promise<Readings> {
  const before = await readAll();
  const readings: Readings = { answers: 0, different: 0 };
  let running = true;
  const reader = (async () => {
    while (running) {
      readings.answers += 1;
      if ((await readAll()) !== before) readings.different += 1;
      await sleep(PAUSE_MS);
    }
  })();
  try {
    await work();
  } finally {
    running = false;
    await reader;
  }
  return readings;
}
