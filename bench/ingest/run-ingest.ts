import type { BenchContext } from "@/bench/context";
import type { Report, ReportTable } from "@/bench/report/report";
import { sampleOf } from "@/bench/report/sample";
import type { Throughput } from "./load-generator";
import { measureStream, type StreamRates } from "./stream";
import { measureWebhooks, type WebhookRates } from "./webhooks";

export interface IngestOptions {
  seed: number;
  /** Events that are appended and projected while the memory of the process is watched. */
  events: number;
  /** Turns of both servers, and their length. */
  rounds: number;
  seconds: number;
  /** Leaves the web servers out: they need the production build. */
  webhooks: boolean;
}

const rateOf = ({ deliveries, failed, seconds }: Throughput): number => (deliveries - failed) / seconds;

function webhookTable({ acknowledged, bare, product, stored }: WebhookRates): ReportTable {
  const row = (name: string, turns: readonly Throughput[]) => {
    const rates = sampleOf(turns.map(rateOf));
    return [
      name,
      turns.length,
      rates.median,
      sampleOf(turns.map(({ latency }) => latency.median)).median,
      sampleOf(turns.map(({ latency }) => latency.p95)).median,
      turns.reduce((sum, { failed }) => sum + failed, 0),
    ];
  };
  const ratio = sampleOf(product.map(rateOf)).median / sampleOf(bare.map(rateOf)).median;
  return {
    title: "Webhook deliveries",
    columns: ["server", "turns", "deliveries/s", "median ms", "p95 ms", "failed"],
    rows: [row("bare node:http, one row per request", bare), row("Fleetgauge", product)],
    notes: [
      `Ratio ${ratio.toFixed(2)} (target: at least 0.5). 64 connections from one process on the same machine.`,
      `${acknowledged.toLocaleString("en-GB")} deliveries were acknowledged, ${stored.toLocaleString("en-GB")} are stored.`,
    ],
  };
}

function streamTables({
  append,
  appendAndProject,
  copy,
  events,
  growthPerMillion,
  memory,
}: StreamRates): ReportTable[] {
  const ratio = (rate: number) => (copy === null ? null : rate / copy);
  return [
    {
      title: "Events",
      columns: ["what", "events", "events/s", "ratio to COPY"],
      rows: [
        ["append to the log", events, append, ratio(append)],
        ["append and project", events, appendAndProject, ratio(appendAndProject)],
        ["COPY of the same rows, no index", null, copy, copy === null ? null : 1],
      ],
      notes: ["Target: at least 0.25 of COPY."],
    },
    {
      title: "Memory of the process",
      columns: ["events", "first MB", "last MB", "highest MB", "growth MB per million events"],
      rows: [[events, memory.first, memory.last, memory.highest, growthPerMillion]],
    },
  ];
}

/** Measures how fast events come in. It writes into the database of the pool: give it an empty one. */
export async function runIngest(context: BenchContext, databaseUrl: string, options: IngestOptions): Promise<Report> {
  const stream = streamTables(await measureStream(options.events, options.seed));
  const webhooks = options.webhooks ? [webhookTable(await measureWebhooks(context, databaseUrl, options))] : [];
  return { command: "ingest", tables: [...webhooks, ...stream] };
}
