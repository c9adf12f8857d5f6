import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { clientOf } from "@/lib/connections/client-of";
import { closePool, createPool, setPool } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { projectPending } from "@/lib/facts/project";
import { verifyFacts } from "@/lib/facts/verify";
import { syncConnection } from "@/lib/ingest/github/sync";
import { getConnection, saveConnection } from "@/lib/settings/github/connections";
import { ensureOrganization } from "@/lib/settings/organizations";
import { Random } from "@/prisma/seed/random";
import { differences, digestOfFacts } from "@/tests/chaos/facts-digest";
import { freePort } from "@/tests/chaos/free-port";
import { OwnPostgres } from "@/tests/chaos/installation";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { generateDataset } from "@/tests/mocks/github/generate";
import type { Dataset, Repository } from "@/tests/mocks/github/model";
import { TestGitHub } from "@/tests/mocks/github/server";
import { type SignedDelivery, stormOf } from "./deliveries";
import { sendAll, sendAtRate } from "./sender";

export interface StormSize {
  deliveries: number;
  repositories: number;
  /** Of each repository. */
  pullRequests: number;
  kills: number;
  seed: number;
  /** Whether the whole web server runs, which takes a build, and its answers are timed with dashboards open. */
  whole: boolean;
}

export interface StormReport {
  sent: number;
  acknowledged: number;
  /** Answers that never came, or were no acknowledgement. */
  unanswered: number;
  kills: Record<"web" | "worker" | "postgres", number>;
  /** Milliseconds of an answer at 300 a second with dashboards open; null where the whole server does not run. */
  answers: { p50: number; p99: number; failed: number; dashboards: number } | null;
  problems: string[];
}

const ROOT = path.resolve(import.meta.dirname, "../../..");
const TOKEN = "github_pat_of_the_storm";
const WEBHOOK_SECRET = "the secret of the webhook of the storm";
const HOUR_MS = 3_600_000;
const SETTLE_MS = 20 * 60_000;

/**
 * A history that ended long enough ago that nothing in it comes of age meanwhile, with CI of today: pull requests whose checks
 * end have changed within a day.
 */
function datasetOf({ pullRequests, repositories, seed }: StormSize): Dataset {
  const end = new Date(Date.now() - 30 * HOUR_MS);
  const dataset = generateDataset({ login: "storm", seed, repositories, pullRequests, end, days: 5 });
  const today = <Item>(items: readonly Item[], change: (item: Item, at: string) => void) => {
    items.forEach((item, index) => {
      change(item, new Date(Date.now() - HOUR_MS - (index * 8 * HOUR_MS) / items.length).toISOString());
    });
  };
  for (const { pullRequests: pulls, workflowRuns } of dataset.repositories) {
    today(workflowRuns, (run, at) => Object.assign(run, { created_at: at, run_started_at: at, updated_at: at }));
    today(pulls, (pull, at) => Object.assign(pull, { updatedAt: at }));
  }
  return dataset;
}

/** Takes away what happened after the first commit. @returns puts it back */
function hide(repository: Repository): () => void {
  const { codeowners, deployments, head, pullRequests, workflowRuns } = repository;
  let first = head;
  for (let at = head; at !== null; at = repository.commits.get(at)?.parents[0] ?? null) first = at;
  const nothing = { pullRequests: [], deployments: [], workflowRuns: [] };
  Object.assign(repository, { ...nothing, head: first, codeowners: codeowners.slice(0, 1) });
  return () => {
    Object.assign(repository, { codeowners, deployments, head, pullRequests, workflowRuns });
  };
}

async function connect(github: TestGitHub): Promise<number> {
  const { id: accountNodeId, login } = github.options.dataset.organization;
  return saveConnection({
    orgId: (await ensureOrganization({ slug: login })).id,
    apiUrl: github.url,
    account: login,
    accountType: "organization",
    accountNodeId,
    credential: { token: TOKEN, expiresAt: null, webhookSecret: WEBHOOK_SECRET },
    selection: { mode: "all" },
    depthDays: null,
    permissions: {},
    missingPermissions: [],
  });
}

async function readAll(connectionId: number): Promise<void> {
  await syncConnection(connectionId, {
    client: clientOf(await getConnection(connectionId)),
    now: () => new Date(),
    sleep: (ms) => sleep(ms),
  });
  await projectPending();
}

/** A process that is started again whenever it ends, until it is to stop. */
class Supervised {
  private child: ChildProcess;
  private stopping = false;
  kills = 0;

  constructor(private readonly start: () => ChildProcess) {
    this.child = this.follow();
  }

  private follow(): ChildProcess {
    const child = this.start();
    child.once("exit", () => {
      if (!this.stopping) this.child = this.follow();
    });
    return child;
  }

  kill(): void {
    this.kills += 1;
    this.child.kill("SIGKILL");
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const gone = once(this.child, "exit");
    this.child.kill("SIGTERM");
    await Promise.race([gone, sleep(15_000).then(() => this.child.kill("SIGKILL"))]);
  }
}

/** What one installation answers to many questions. */
async function answersOf(url: string): Promise<string> {
  const day = (hours: number) => new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - hours * HOUR_MS).toISOString();
  const what = JSON.stringify({ url, from: day(14 * 24), to: day(30) });
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.resolve(import.meta.dirname, "answers-process.ts"), what],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "silent" },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`the questions ended with ${code}`);
  return Buffer.concat(parts).toString("utf8");
}

async function waitUntilSettled(onProgress: (text: string) => void): Promise<boolean> {
  for (const deadline = Date.now() + SETTLE_MS; Date.now() < deadline; await sleep(500)) {
    const [row] = await query<{ waiting: number }>(
      sql`select (select count(*) from inbox where state = 'received') + (select count(*) from refetch)
        + (select count(*) from sync_state where requested_at > coalesce(watermark, 'epoch') or cursor is not null)
        + (select count(*) from projection_request) + (select count(*) from activity_request)
        + (select count(*) from deployment_request) as waiting`,
    ).catch(() => [{ waiting: 1 }]);
    onProgress(`${row?.waiting} still to be looked at`);
    if (row?.waiting === 0) return true;
  }
  return false;
}

/** Sends at a steady rate while dashboards are asked for, and times the answers. */
async function timeAnswers(
  port: number,
  deliveries: readonly SignedDelivery[],
  { cookie = "" }: Readonly<Record<string, string>>,
): Promise<StormReport["answers"]> {
  let dashboards = 0;
  let open = true;
  const look = async () => {
    while (open) {
      for (const page of ["/overview", "/rollbacks", "/data-health"]) {
        const answer = await fetch(`http://127.0.0.1:${port}${page}`, { headers: { cookie }, redirect: "manual" });
        await answer.arrayBuffer();
        if (answer.status === 200) dashboards += 1;
        await sleep(100);
      }
    }
  };
  const looking = [look(), look()];
  const { failed, times } = await sendAtRate(port, deliveries, { perSecond: 300, seconds: 30 });
  open = false;
  await Promise.all(looking);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), failed, dashboards };
}

/**
 * Sends a storm of deliveries to an installation of which web, worker and database are killed again and again, and compares
 * what comes of it with one that read the same from GitHub undisturbed.
 */
export async function runStorm(size: StormSize, onProgress: (text: string) => void = () => {}): Promise<StormReport> {
  const random = new Random(size.seed);
  const dataset = datasetOf(size);
  const calm = await OwnPostgres.start({ durable: false });
  const storm = await OwnPostgres.start({ durable: true });
  const perHour = 1_000_000;
  const github = await TestGitHub.start({
    dataset,
    tokens: new Set([TOKEN]),
    pointsPerHour: perHour,
    requestsPerHour: perHour,
  });
  const use = (url: string) => setPool(createPool(url, "fleetgauge-chaos"));
  const processes: Supervised[] = [];
  try {
    const calmUrl = await calm.database("calm");
    use(calmUrl);
    await readAll(await connect(github));
    const expected = await digestOfFacts();
    await closePool();

    const show = dataset.repositories.map(hide);
    const stormUrl = await storm.database("storm");
    use(stormUrl);
    await readAll(await connect(github));
    await closePool();
    for (const one of show) one();

    const port = await freePort();
    const env = {
      ...process.env,
      NODE_ENV: "production" as const,
      DATABASE_URL: stormUrl,
      PORT: String(port),
      LOG_LEVEL: "silent",
    };
    const run = (...args: string[]) => spawn(process.execPath, args, { cwd: ROOT, env, stdio: "ignore" });
    const webFile = path.resolve(import.meta.dirname, "web-process.ts");
    const web = new Supervised(() =>
      size.whole ? run("scripts/web.mjs") : run("--import", "tsx", webFile, JSON.stringify({ url: stormUrl, port })),
    );
    const worker = new Supervised(() => run("scripts/worker.mjs"));
    processes.push(web, worker);

    const deliveries = stormOf(dataset, { count: size.deliveries, random, secret: WEBHOOK_SECRET });
    const killAt = new Set(Array.from({ length: size.kills }, () => random.int(1, deliveries.length - 1)));
    let postgresKills = 0;
    let killing: Promise<unknown> = Promise.resolve();
    const { acknowledged, unanswered } = await sendAll(port, deliveries, (sent) => {
      if (sent % 1000 === 0) onProgress(`${sent} of ${deliveries.length} acknowledged`);
      if (!killAt.has(sent)) return;
      const victim = random.int(0, 2);
      if (victim === 0) web.kill();
      else if (victim === 1) worker.kill();
      else {
        postgresKills += 1;
        // One start after the other.
        killing = killing.then(() => storm.kill());
      }
    });
    await killing;
    use(stormUrl);
    const problems: string[] = [];
    if (!(await waitUntilSettled(onProgress))) problems.push("not everything was looked at in time");
    const answers = size.whole ? await timeAnswers(port, deliveries, await sessionOf(await insertUser("owner"))) : null;
    if (answers !== null && !(await waitUntilSettled(onProgress))) problems.push("the deliveries at a rate stayed");
    await Promise.all(processes.splice(0).map((one) => one.stop()));

    const stored = await query<{ id: string }>(
      sql`select delivery_id as id from inbox where starts_with(delivery_id, 'storm-')`,
    );
    const ids = new Set(stored.map(({ id }) => id));
    const lost = [...acknowledged].filter((id) => !ids.has(id)).length;
    if (lost > 0) problems.push(`${lost} acknowledged deliveries are not there`);
    if (stored.length !== ids.size) problems.push("a delivery is there twice");
    const failed = await query(sql`select from inbox where state not in ('processed', 'ignored')`);
    if (failed.length > 0) problems.push(`${failed.length} deliveries were not worked off`);
    problems.push(...differences(expected, await digestOfFacts()).map((text) => `facts differ, ${text}`));
    if ((await verifyFacts()).mismatches.length > 0) problems.push("facts are not what the log gives");
    await closePool();
    if ((await answersOf(calmUrl)) !== (await answersOf(stormUrl))) problems.push("metrics or exports differ");
    if (answers !== null && answers.failed > 0) problems.push(`${answers.failed} deliveries at a rate were refused`);
    return {
      sent: deliveries.length,
      acknowledged: acknowledged.size,
      unanswered,
      kills: { web: web.kills, worker: worker.kills, postgres: postgresKills },
      answers,
      problems,
    };
  } finally {
    await Promise.all(processes.map((one) => one.stop()));
    await github.close();
    await calm.stop();
    await storm.stop();
  }
}
