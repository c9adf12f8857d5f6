import type { BenchContext } from "@/bench/context";
import type { CellValue, Report, ReportTable } from "@/bench/report/report";
import { sampleOf } from "@/bench/report/sample";
import type { Throughput } from "./load-generator";
import { growthPerMillion } from "./memory-growth";
import { measureStream, type Rate, type StreamRates } from "./stream";
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

/** A ratio is taken within a round, so that what else the machine does falls on both. */
function rateRow(name: string, rounds: readonly Rate[]): CellValue[] {
  const known = rounds.flatMap(({ copy, rate }) => (copy === null ? [] : { copy, ratio: rate / copy }));
  const median = (values: readonly number[]) => (values.length === 0 ? null : sampleOf(values).median);
  return [
    name,
    rounds.length,
    rounds.reduce((sum, { events }) => sum + events, 0),
    median(rounds.map(({ rate }) => rate)),
    median(known.map(({ copy }) => copy)),
    median(known.map(({ ratio }) => ratio)),
  ];
}

function memoryRow(
  name: string,
  events: number,
  points: readonly { events: number; megabytes: number }[],
): CellValue[] {
  const megabytes = points.map((point) => point.megabytes);
  const highest = megabytes.length === 0 ? null : Math.max(...megabytes);
  return [name, events, megabytes[0] ?? null, megabytes.at(-1) ?? null, highest, growthPerMillion(points)];
}

function streamTables({ append, batches, deliveries, events, histories, memory }: StreamRates): ReportTable[] {
  return [
    {
      title: "Events",
      columns: ["what", "rounds", "events", "events/s", "COPY rows/s", "ratio to COPY"],
      rows: [
        rateRow("histories: append to the log", append),
        rateRow("histories: append while projecting", histories),
        rateRow("deliveries, one per transaction: append while projecting", deliveries),
        rateRow("deliveries, twenty per transaction: append while projecting", batches),
      ],
      notes: [
        "Medians of the rounds. COPY: the same events as text in memory into a table without an index.",
        "A delivery is five pull requests of one repository and what happens around them, 48 events.",
        "Target: at least 0.25 of COPY.",
      ],
    },
    {
      title: "Memory of the process",
      columns: ["what", "events", "first MB", "last MB", "highest MB", "growth MB per million events"],
      rows: [
        memoryRow(
          "resident",
          events,
          memory.map(({ events: at, resident }) => ({ events: at, megabytes: resident })),
        ),
        memoryRow(
          "held after a collection",
          events,
          memory.map(({ events: at, live }) => ({ events: at, megabytes: live })),
        ),
      ],
      notes: ["Once a round, after forty histories and their deliveries."],
    },
  ];
}

/** Measures how fast events come in. It writes into the database of the pool: give it an empty one. */
export async function runIngest(context: BenchContext, databaseUrl: string, options: IngestOptions): Promise<Report> {
  const stream = streamTables(await measureStream(options.events, options.seed));
  const webhooks = options.webhooks ? [webhookTable(await measureWebhooks(context, databaseUrl, options))] : [];
  return { command: "ingest", tables: [...webhooks, ...stream] };
}
