import { inBatches } from "@/bench/company/batches";
import { foundCompany } from "@/bench/company/company";
import { lineEvents } from "@/bench/company/line-events";
import { resolveSize } from "@/bench/company/size";
import { planWork } from "@/bench/company/work";
import { copyCeiling } from "@/bench/database/copy-ceiling";
import { writeSettings } from "@/bench/load/settings";
import { timed } from "@/bench/report/sample";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";

/** Events of one repository: some 2,500 pull requests, two events each. */
const EVENTS_PER_REPOSITORY = 4_400;
const PULL_REQUESTS_PER_REPOSITORY = 2_500;
/** The log is emptied now and then: what is measured is the process, and ten million events need ten gigabytes. */
const EVENTS_UNTIL_EMPTIED = 1_000_000;
/** The first part of a run fills caches and lets the heap find its size. */
const WARM_UP_SHARE = 0.2;
const FEWEST_POINTS = 20;
const MEGABYTE = 1_048_576;

/** Rates in events per second, memory in megabytes. */
export interface StreamRates {
  events: number;
  append: number;
  appendAndProject: number;
  /** COPY of the same events into a plain table without an index. */
  copy: number | null;
  /** Resident memory after each repository. */
  memory: { first: number; last: number; highest: number };
  /** Growth of resident memory per million events after the warm-up, by least squares; null for a short run. */
  growthPerMillion: number | null;
}

interface Point {
  events: number;
  megabytes: number;
}

function slopeOf(points: readonly Point[]): number | null {
  if (points.length < FEWEST_POINTS) return null;
  const mean = (read: (point: Point) => number) =>
    points.reduce((sum, point) => sum + read(point), 0) / Math.max(1, points.length);
  const x = mean(({ events }) => events);
  const y = mean(({ megabytes }) => megabytes);
  const covariance = mean((point) => (point.events - x) * (point.megabytes - y));
  const variance = mean((point) => (point.events - x) ** 2);
  return variance === 0 ? 0 : (covariance / variance) * 1_000_000;
}

/** Empties the log and what follows from it, so that the disk does not fill while the process goes on. */
async function emptyLog(): Promise<void> {
  await execute(sql`truncate event, projection_request, activity_request`);
}

/** Appends and projects repository after repository in this process. It writes into the database of the pool. */
export async function measureStream(total: number, seed: number): Promise<StreamRates> {
  const repositories = Math.max(1, Math.ceil(total / EVENTS_PER_REPOSITORY));
  const size = resolveSize({
    size: String(repositories * PULL_REQUESTS_PER_REPOSITORY),
    repositories,
    seed,
    pullRequestsOnly: true,
  });
  const company = foundCompany(size);
  const orgId = await writeSettings(company);
  const points: Point[] = [];
  let copy: number | null = null;
  let events = 0;
  let inLog = 0;
  let appendMs = 0;
  let projectMs = 0;
  for (const repository of company.repositories) {
    // Made beforehand: the time of the generator is not the product's.
    const made: FleetEvent[] = [...lineEvents(company, repository, planWork(company, repository), orgId)];
    const appended = await timed(() =>
      withTransaction((client) => appendEvents(client, inBatches(made)), { bulk: true }),
    );
    const projected = await timed(projectPending);
    appendMs += appended.ms;
    projectMs += projected.ms;
    events += made.length;
    inLog += made.length;
    points.push({ events, megabytes: process.memoryUsage.rss() / MEGABYTE });
    if (inLog < EVENTS_UNTIL_EMPTIED) continue;
    copy ??= await copyCeiling("event");
    await emptyLog();
    inLog = 0;
  }
  copy ??= await copyCeiling("event");
  const memory = points.map(({ megabytes }) => megabytes);
  return {
    events,
    append: events / (appendMs / 1000),
    appendAndProject: events / ((appendMs + projectMs) / 1000),
    copy,
    memory: { first: memory[0] ?? 0, last: memory.at(-1) ?? 0, highest: Math.max(...memory) },
    growthPerMillion: slopeOf(points.slice(Math.floor(points.length * WARM_UP_SHARE))),
  };
}
