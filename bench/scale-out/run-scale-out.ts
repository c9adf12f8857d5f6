import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Company, foundCompany } from "@/bench/company/company";
import type { CompanySize } from "@/bench/company/size";
import type { BenchContext } from "@/bench/context";
import { benchDirectory, withPool } from "@/bench/database/open";
import type { LoadProgress } from "@/bench/load/load-company";
import { writeSettings } from "@/bench/load/settings";
import type { Report } from "@/bench/report/report";
import { AppError } from "@/lib/core/errors";
import { createPool } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { FleetEvent } from "@/lib/events/schema";
import { verifyFacts } from "@/lib/facts/verify";
import { type Cluster, withCluster } from "./cluster";
import { deliver, deliveriesOf } from "./deliveries";
import { sampleLag } from "./lag-sampler";
import { askWorkersToProject, waitForProjection, waitingRequests } from "./projection-queue";
import { type Check, type Step, scaleOutReport } from "./scale-out-report";
import { WebReader } from "./web-reader";

const PORTIONS = 3;
const PORTIONS_BEFORE_ASKING = 8;
/** Statistics of a session reach the server within ten seconds of its last statement. */
const STATISTICS_WAIT_MS = 15_000;
const VISIBLE_WAIT_MS = 60_000;

/** What the run came to. */
export interface ScaleOut {
  report: Report;
  /** Sentences of what did not hold; empty when all is well. */
  failures: string[];
}

async function storedPullRequests(): Promise<number> {
  const [row] = await query<{ n: number }>(sql`select count(*) as n from fact_pull_request`);
  return row?.n ?? 0;
}

/** Rows that were ever inserted as facts of pull requests, kept or not. */
async function insertedPullRequests(atLeast: number): Promise<number> {
  const deadline = performance.now() + STATISTICS_WAIT_MS;
  for (;;) {
    const [row] = await query<{ n: number }>(
      sql`select n_tup_ins as n from pg_stat_user_tables where relname = 'fact_pull_request'`,
    );
    const inserted = row?.n ?? 0;
    if (inserted >= atLeast || performance.now() > deadline) return inserted;
    await sleep(200);
  }
}

/** One run: the steps in order, with what they found. */
class ScaleOutRun {
  private readonly checks: Check[] = [];
  private readonly steps: Step[] = [];
  private readonly readers: WebReader[] = [];
  private readonly portions: FleetEvent[][][];

  constructor(
    private readonly cluster: Cluster,
    company: Company,
    orgId: number,
    private readonly onProgress: LoadProgress,
  ) {
    this.portions = company.repositories.map((repository) => deliveriesOf(company, repository, orgId, PORTIONS));
  }

  async run(): Promise<ScaleOut> {
    const replica = createPool(this.cluster.replicaUrl, "fleetgauge-bench");
    let stopped = false;
    const sampling = sampleLag(replica, () => stopped);
    try {
      await this.followTheFleet();
    } finally {
      stopped = true;
      await sampling.catch(() => undefined);
      await replica.end();
    }
    const report = scaleOutReport(this.steps, this.readers, await sampling, this.checks);
    const failures = this.checks.flatMap(({ what, found, holds }) => (holds ? [] : `${what}: ${found}`));
    return { report, failures };
  }

  /** Deliveries, kills and questions, in order. */
  private async followTheFleet(): Promise<void> {
    const [first, second] = await Promise.all([
      this.cluster.startWeb("first web server"),
      this.cluster.startWeb("second web server"),
    ]);
    const doomed = this.cluster.startWorker("first worker");
    const steady = this.cluster.startWorker("second worker");
    const [a, b] = [this.read(first.url), this.read(second.url)];

    await this.step("import, two workers", async () => {
      await this.deliverPortion(0);
      await waitForProjection([doomed, steady]);
    });
    const stored = await storedPullRequests();
    const inserted = await insertedPullRequests(stored);
    this.check("No pull request was projected twice", `${inserted} rows written for ${stored}`, inserted === stored);
    await this.step("until both web servers show it", () => this.visible([a.reader, b.reader], stored));

    await this.step("second delivery, a worker and a web server killed", async () => {
      await this.deliverPortion(1);
      await waitForProjection([doomed, steady], Math.floor(((await waitingRequests()) * 3) / 4));
      await a.stop();
      await Promise.all([doomed.kill(), first.process.kill()]);
      await waitForProjection([steady]);
    });
    const again = await this.cluster.startWeb("first web server, started again");
    this.steps.push({ name: "cold start of a web server", ms: again.readyMs });
    const c = this.read(again.url);
    await this.step("until both web servers show it", async () =>
      this.visible([b.reader, c.reader], await storedPullRequests()),
    );

    await this.step("third delivery, one worker and a new one", async () => {
      const fresh = this.cluster.startWorker("third worker");
      await this.deliverPortion(2);
      await waitForProjection([steady, fresh]);
    });
    await this.step("until both web servers show it", async () =>
      this.visible([b.reader, c.reader], await storedPullRequests()),
    );
    await Promise.all([b.stop(), c.stop()]);
    await this.compare(b.reader, c.reader);
  }

  private read(url: string): { reader: WebReader; stop(): Promise<void> } {
    const reader = new WebReader(url);
    this.readers.push(reader);
    let stopped = false;
    const asking = reader.askUntil(() => stopped);
    return {
      reader,
      async stop() {
        stopped = true;
        await asking;
      },
    };
  }

  private async step(name: string, work: () => Promise<void>): Promise<void> {
    this.onProgress(name, 0, null);
    const started = performance.now();
    await work();
    this.steps.push({ name, ms: performance.now() - started });
  }

  private check(what: string, found: string, holds: boolean): void {
    this.checks.push({ what, found, holds });
  }

  private async deliverPortion(portion: number): Promise<void> {
    for (const [index, portions] of this.portions.entries()) {
      await deliver(portions[portion] ?? []);
      if ((index + 1) % PORTIONS_BEFORE_ASKING === 0) await askWorkersToProject();
    }
    await askWorkersToProject();
  }

  private async visible(readers: readonly WebReader[], total: number): Promise<void> {
    const deadline = performance.now() + VISIBLE_WAIT_MS;
    for (const reader of readers) {
      let shown = await reader.total();
      while (shown !== total && performance.now() < deadline) shown = await reader.total();
      this.check("A web server shows what the primary holds", `${shown} of ${total} pull requests`, shown === total);
    }
  }

  private async compare(left: WebReader, right: WebReader): Promise<void> {
    const [one, other] = [await left.answers(), await right.answers()];
    this.check("Two web servers give the same answers", `${one.length} characters of JSON`, one === other);
    for (const reader of [left, right]) {
      const lag = await reader.lagSeconds();
      this.check("Data health names the lag of the replica", `${lag} s`, lag === 0);
    }
    const { checked, mismatches } = await verifyFacts();
    this.check(
      "The facts equal a rebuild from the log",
      `${checked} repositories, ${mismatches.length} differ`,
      checked > 0 && mismatches.length === 0,
    );
    for (const { url, failures, wentBack } of this.readers) {
      const found = failures[0] ?? "none failed";
      this.check(`Every question to ${url} was answered`, found, failures.length === 0);
      this.check(`No answer of ${url} went back in time`, wentBack ? "one did" : "none did", !wentBack);
    }
  }
}

/**
 * Starts a primary, a streaming replica, two web servers of the production build and two workers, delivers a company in
 * portions while both web servers are asked, kills one of each in the middle, and compares what all of them say.
 */
export async function runScaleOut(
  context: BenchContext,
  size: CompanySize,
  onProgress: LoadProgress,
): Promise<ScaleOut> {
  const folder = path.join(benchDirectory(context.root), "scale-out");
  const release = await context.lock(`${folder}.json`);
  if (release === null) throw new AppError({ code: "conflict", message: `Another benchmark uses ${folder}.` });
  try {
    await context.build();
    return await withCluster(context.root, folder, (cluster) =>
      withPool(cluster.primaryUrl, async () => {
        const company = foundCompany(size);
        return new ScaleOutRun(cluster, company, await writeSettings(company), onProgress).run();
      }),
    );
  } finally {
    release();
  }
}
