import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { closePool, createPool, setPool } from "@/lib/db/pool";
import { projectPending } from "@/lib/facts/project";
import { verifyFacts } from "@/lib/facts/verify";
import { saveConnection } from "@/lib/settings/github/connections";
import { ensureOrganization } from "@/lib/settings/organizations";
import { Random } from "@/prisma/seed/random";
import { countEvents, differences, digestOfFacts } from "@/tests/chaos/facts-digest";
import { OwnPostgres } from "@/tests/chaos/installation";
import { FAULTS, FaultPlan, ODDITIES } from "@/tests/mocks/github/faults";
import { type DatasetSize, generateDataset } from "@/tests/mocks/github/generate";
import { TestGitHub } from "@/tests/mocks/github/server";

export interface BackfillSize {
  repositories: number;
  /** Of each repository. */
  pullRequests: number;
  faults: number;
  kills: number;
  seed: number;
}

export interface BackfillReport {
  /** Events that the log holds of it: pull requests, commits, reviews, runs, deployments and what happened to them. */
  objects: number;
  calmRequests: number;
  /** Requests of the rough run that no fault was put into. */
  roughRequests: number;
  faults: number;
  kills: number;
  highestPoints: number;
  highestRequests: number;
  /** What is not as it has to be; empty when all is well. */
  problems: string[];
}

const TOKEN = "github_pat_of_the_chaos";
const START = new Date("2026-07-01T00:00:00Z");
const MOST_REQUESTS = 1.15;
/** Faults are drawn over the requests of a run, which needs fewer where pages come whole. */
const MORE = 1.06;
/** A wait of all is rarer than other faults: each costs a second, and nothing else happens meanwhile. */
const KINDS = [...FAULTS, ...FAULTS, ...FAULTS, ...FAULTS, ...ODDITIES, ...ODDITIES].filter(
  (kind, index) => kind !== "secondary_limit" || index < FAULTS.length,
);

/**
 * The clock of a run: it moves when someone waits and at no other time. On a slow machine what was read would be due again
 * meanwhile, and be counted as asked for in vain.
 */
class Clock {
  at = START.getTime();
  readonly now = () => new Date(this.at);
}

interface Outcome {
  kills: number;
  github: TestGitHub;
  clock: Clock;
}

/** Reads everything in processes of their own, each killed after some answers until so many were. */
async function readAll(
  url: string,
  size: DatasetSize,
  { faults, kills, random }: { faults: FaultPlan | null; kills: { most: number; every: number }; random: Random },
  onProgress: (text: string) => void,
): Promise<Outcome> {
  const clock = new Clock();
  const dataset = generateDataset(size);
  // Room for a company of this size: what is left of GitHub's limits grows with the number of repositories.
  const perHour = 5000 + 50 * size.repositories;
  const github = await TestGitHub.start({
    dataset,
    tokens: new Set([TOKEN]),
    now: clock.now,
    pointsPerHour: perHour,
    requestsPerHour: perHour,
    ...(faults === null ? {} : { faults }),
  });
  const { id: accountNodeId, login } = dataset.organization;
  const organization = await ensureOrganization({ slug: login });
  const connectionId = await saveConnection({
    orgId: organization.id,
    apiUrl: github.url,
    account: login,
    accountType: "organization",
    accountNodeId,
    credential: { token: TOKEN, expiresAt: null, webhookSecret: "planted" },
    selection: { mode: "all" },
    depthDays: null,
    permissions: {},
    missingPermissions: [],
  });
  let killed = 0;
  for (let ended = false; !ended; ) {
    const limit = killed < kills.most ? random.int(1, Math.ceil(1.7 * kills.every)) : Number.POSITIVE_INFINITY;
    const child = startSync({ url, apiUrl: github.url, token: TOKEN, connectionId, at: clock.at });
    const how = await watch(child, clock, limit);
    if (how === "killed") killed += 1;
    // The lock of a killed process is free as soon as PostgreSQL has seen it go.
    if (how === "busy") await sleep(20);
    ended = how === "done";
    onProgress(`${github.requests.length} requests, ${killed} kills`);
  }
  return { kills: killed, github, clock };
}

function startSync(what: object): ChildProcess {
  return fork(path.resolve(import.meta.dirname, "sync-process.ts"), [JSON.stringify(what)], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, LOG_LEVEL: "silent" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

/** Follows a process until it ends or has had so many answers. */
async function watch(child: ChildProcess, clock: Clock, limit: number): Promise<"done" | "busy" | "killed"> {
  let answers = 0;
  let said: "done" | "busy" | null = null;
  child.on("message", (message: { kind: string; ms?: number }) => {
    if (message.kind === "wait") clock.at += message.ms ?? 0;
    if (message.kind === "done" || message.kind === "busy") said = message.kind;
    if (message.kind === "answer") {
      answers += 1;
      if (answers === limit) child.kill("SIGKILL");
    }
  });
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  if (said !== null) return said;
  if (signal === "SIGKILL") return "killed";
  throw new Error(`the reading process ended with ${code ?? signal}`);
}

/**
 * Reads a company from the test GitHub twice, once undisturbed and once with faults and kills, and compares what came of it.
 * Each run has a database of its own.
 */
export async function runBackfill(
  { faults, kills, pullRequests, repositories, seed }: BackfillSize,
  onProgress: (text: string) => void = () => {},
): Promise<BackfillReport> {
  const size: DatasetSize = {
    login: "chaos",
    seed,
    repositories,
    pullRequests,
    end: new Date(START.getTime() - 12 * 3_600_000),
    days: 200,
  };
  const postgres = await OwnPostgres.start({ durable: false });
  try {
    const random = new Random(seed);
    const run = async (name: string, plan: FaultPlan | null, killed: { most: number; every: number }) => {
      const url = await postgres.database(name);
      setPool(createPool(url, "fleetgauge-chaos"));
      const outcome = await readAll(url, size, { faults: plan, kills: killed, random }, (text) =>
        onProgress(`${name}: ${text}`),
      );
      onProgress(`${name}: projecting`);
      await projectPending();
      const found = {
        ...outcome,
        events: await countEvents(),
        digest: await digestOfFacts(),
        mismatches: (await verifyFacts()).mismatches.length,
      };
      await closePool();
      await outcome.github.close();
      return found;
    };
    const calm = await run("calm", null, { most: 0, every: 1 });
    const calmRequests = calm.github.requests.length;
    const plan = new FaultPlan(seed, (MORE * faults) / (calmRequests + faults), KINDS);
    const rough = await run("rough", plan, {
      most: kills,
      every: Math.max(1, Math.floor(calmRequests / (1.5 * kills + 1))),
    });
    const roughRequests = rough.github.requests.filter(({ fault }) => fault === null).length;
    return {
      objects: calm.events,
      calmRequests,
      roughRequests,
      faults: plan.injected.length,
      kills: rough.kills,
      highestPoints: rough.github.points.highest,
      highestRequests: rough.github.rest.highest,
      problems: [
        ...differences(calm.digest, rough.digest).map((text) => `facts differ, ${text}`),
        ...(calm.events === rough.events ? [] : [`the log holds ${rough.events} events and not ${calm.events}`]),
        ...(rough.mismatches + calm.mismatches === 0 ? [] : ["facts are not what the log gives"]),
        ...(roughRequests <= MOST_REQUESTS * calmRequests
          ? []
          : [`${roughRequests} requests, more than ${MOST_REQUESTS} times ${calmRequests}`]),
        ...(rough.github.points.refused + rough.github.rest.refused === 0 ? [] : ["a limit was exceeded"]),
        ...(plan.injected.length >= 0.8 * faults ? [] : [`only ${plan.injected.length} faults`]),
        ...(rough.kills >= 0.8 * kills ? [] : [`only ${rough.kills} kills`]),
      ],
    };
  } finally {
    await postgres.stop();
  }
}
