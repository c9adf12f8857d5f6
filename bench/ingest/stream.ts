import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { inBatches } from "@/bench/company/batches";
import { type Company, type CompanyRepository, foundCompany } from "@/bench/company/company";
import { lineEvents } from "@/bench/company/line-events";
import { resolveSize } from "@/bench/company/size";
import { planWork } from "@/bench/company/work";
import { copyCeiling } from "@/bench/database/copy-ceiling";
import { writeSettings } from "@/bench/load/settings";
import { timed } from "@/bench/report/sample";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";
import { type DeliveryPoint, headOf, nextDelivery } from "./deliveries-of-work";
import { feed } from "./feed";

/** A round: so many repositories are imported with their histories, then each has so many deliveries. */
const REPOSITORIES = 40;
const PULL_REQUESTS = 500;
const DELIVERIES = 24;
/** Deliveries that a worker finds waiting and takes in by one transaction. */
const TOGETHER = 20;
/** Events of a round: some 35,000 of histories and 46,000 of deliveries. */
const EVENTS_PER_ROUND = 81_000;
/** The log is emptied now and then: what is measured is the process, and ten million events need ten gigabytes. */
const EVENTS_UNTIL_EMPTIED = 1_000_000;

/** What one way of taking events in came to in one round. */
export interface Rate {
  events: number;
  /** Events per second. */
  rate: number;
  /** COPY of the same events into a plain table without an index, right after. */
  copy: number | null;
}

export interface MemoryPoint {
  /** Events so far. */
  events: number;
  /** Megabytes of resident memory. */
  resident: number;
  /** Megabytes that are left when everything that can be reached no more is collected. */
  live: number;
}

export interface StreamRates {
  events: number;
  /** Histories, appended and not yet projected. */
  append: Rate[];
  /** Histories, appended while those before are projected. */
  histories: Rate[];
  /** Deliveries to repositories with a history, appended one by one while they are projected. */
  deliveries: Rate[];
  /** The same, with several deliveries in one transaction. */
  batches: Rate[];
  memory: MemoryPoint[];
}

const MEGABYTE = 1_048_576;

/** Collects garbage now; a heap that was just left alone says nothing of what is held. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("The engine has no garbage collector to ask");
  return () => collect();
}

/** Empties the log and what follows from it, so that the disk does not fill while the process goes on. */
async function emptyLog(): Promise<void> {
  await execute(sql`truncate event, projection_request, activity_request`);
}

async function lastEvent(): Promise<number> {
  const [row] = await query<{ seq: number }>(sql`select coalesce(max(seq), 0) as seq from event`);
  return row?.seq ?? 0;
}

/** A repository's history, made beforehand: the time of the generator is not the product's. */
const historyOf = (company: Company, repository: CompanyRepository, orgId: number): FleetEvent[] => [
  ...lineEvents(company, repository, planWork(company, repository), orgId),
];

/** Deliveries in the order in which they come: each repository in turn. */
function deliveriesOf(
  company: Company,
  repositories: readonly CompanyRepository[],
  orgId: number,
  heads: readonly string[],
): FleetEvent[][] {
  const points = repositories.map(
    ({ counts }, at): DeliveryPoint => ({ head: heads[at] ?? "", number: counts.pullRequests + 1, day: 0 }),
  );
  const deliveries: FleetEvent[][] = [];
  for (let day = 0; day < DELIVERIES; day += 1) {
    for (const [at, repository] of repositories.entries()) {
      const point = points[at];
      if (point === undefined) continue;
      const { events, next } = nextDelivery(company, repository, orgId, point);
      deliveries.push(events);
      points[at] = next;
    }
  }
  return deliveries;
}

const eventsIn = (lists: readonly FleetEvent[][]): number => lists.reduce((sum, { length }) => sum + length, 0);

async function appendAll(histories: FleetEvent[][]): Promise<void> {
  for (const events of histories) {
    await withTransaction((client) => appendEvents(client, inBatches(events)), { bulk: true });
  }
}

/** Times what takes events into the log, and COPY of what is there then. */
async function measure(lists: FleetEvent[][], work: (lists: FleetEvent[][]) => Promise<void>): Promise<Rate> {
  const before = await lastEvent();
  const { ms } = await timed(() => work(lists));
  const events = eventsIn(lists);
  return { events, rate: events / (ms / 1000), copy: await copyCeiling("event", before) };
}

/** Appends and projects events in this process, round after round. It writes into the database of the pool. */
export async function measureStream(total: number, seed: number): Promise<StreamRates> {
  const rounds = Math.max(1, Math.round(total / EVENTS_PER_ROUND));
  const repositories = rounds * REPOSITORIES;
  const size = resolveSize({
    size: String(repositories * PULL_REQUESTS),
    repositories,
    seed,
    pullRequestsOnly: true,
  });
  const company = foundCompany(size);
  const orgId = await writeSettings(company);
  const rates: StreamRates = { events: 0, append: [], histories: [], deliveries: [], batches: [], memory: [] };
  const collect = collector();
  let inLog = 0;
  const remember = (events: number) => {
    inLog += events;
    rates.events += events;
    collect();
    const { external, heapUsed, rss } = process.memoryUsage();
    const live = (heapUsed + external) / MEGABYTE;
    rates.memory.push({ events: rates.events, resident: rss / MEGABYTE, live });
  };
  for (let round = 0; round < rounds; round += 1) {
    const chosen = company.repositories.slice(round * REPOSITORIES, (round + 1) * REPOSITORIES);
    if (inLog >= EVENTS_UNTIL_EMPTIED) {
      await emptyLog();
      inLog = 0;
    }
    const imported = chosen.map((repository) => historyOf(company, repository, orgId));
    const half = imported.length / 2;
    rates.append.push(await measure(imported.slice(0, half), appendAll));
    await projectPending();
    rates.histories.push(await measure(imported.slice(half), (histories) => feed(histories, 1)));
    const deliveries = deliveriesOf(company, chosen, orgId, imported.map(headOf));
    const middle = deliveries.length / 2;
    rates.deliveries.push(await measure(deliveries.slice(0, middle), (some) => feed(some, 1)));
    rates.batches.push(await measure(deliveries.slice(middle), (some) => feed(some, TOGETHER)));
    remember(eventsIn(imported) + eventsIn(deliveries));
  }
  return rates;
}
