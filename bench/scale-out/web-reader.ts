import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { timed } from "@/bench/report/sample";
import { BENCH_KEY } from "@/bench/scale-out/bench-account";

const PAUSE_MS = 25;
const PERIOD = { from: "2024-07-01", to: "2026-07-01" };
/** A request takes no more metrics than this. */
const MOST_METRICS = 20;

const totalSchema = z.object({ total: z.number() });
const metricsSchema = z.object({ items: z.array(z.object({ id: z.string() })) });
const healthSchema = z.object({ replica: z.object({ lagSeconds: z.number().nullable() }).nullable() });

async function readJson(url: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    headers: {
      authorization: `Bearer ${BENCH_KEY}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/** What dashboards ask, put to one web server. */
export class WebReader {
  /** Of every question that was answered, in milliseconds. */
  readonly latencies: number[] = [];
  readonly failures: string[] = [];
  /** Totals never fall while pull requests are only added. */
  wentBack = false;
  private highest = 0;

  constructor(readonly url: string) {}

  /** How many merged pull requests it knows. */
  async total(): Promise<number> {
    const { total } = totalSchema.parse(await readJson(`${this.url}/api/v1/pull-requests?limit=1`));
    return total;
  }

  /** How far Data health says that its replica is behind, in seconds; null when it reads from none. */
  async lagSeconds(): Promise<number | null> {
    const { replica } = healthSchema.parse(await readJson(`${this.url}/api/v1/data-health`));
    return replica?.lagSeconds ?? null;
  }

  /** Every metric over all time, by team and by week, as text: equal when two servers say the same. */
  async answers(): Promise<string> {
    const { items } = metricsSchema.parse(await readJson(`${this.url}/api/v1/metrics`));
    const metrics = items.map(({ id }) => id);
    const answers: unknown[] = [];
    for (let first = 0; first < metrics.length; first += MOST_METRICS) {
      const some = metrics.slice(first, first + MOST_METRICS);
      for (const shape of [{ groupBy: ["team"] }, { groupBy: [], grain: "week" }]) {
        answers.push(await readJson(`${this.url}/api/v1/metrics/query`, { metrics: some, ...PERIOD, ...shape }));
      }
    }
    return JSON.stringify(answers);
  }

  /** Asks again and again until it is told to stop; what fails is kept in `failures`. */
  async askUntil(stopped: () => boolean): Promise<void> {
    while (!stopped()) {
      try {
        const { result, ms } = await timed(() => this.total());
        this.latencies.push(ms);
        if (result < this.highest) this.wentBack = true;
        this.highest = Math.max(this.highest, result);
      } catch (error) {
        if (!stopped()) this.failures.push(error instanceof Error ? error.message : String(error));
      }
      await sleep(PAUSE_MS);
    }
  }
}
