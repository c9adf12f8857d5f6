import type { FleetEvent, PayloadOf } from "@/lib/events/schema";
import { SAMPLE_END } from "./calendar";
import { isWork, type Landing, type OrdinaryChange } from "./changes";
import type { RepositoryContext } from "./envelope";
import type { Random } from "./random";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Deployment = PayloadOf<"deployment.finished">;

const minutes = (random: Random, low: number, high: number): number =>
  Math.round(random.between(low, high) * 60) * 1000;

function deploymentEvent(
  { repository, envelope }: RepositoryContext,
  count: number,
  at: number,
  payload: Omit<Deployment, "service" | "environment">,
): FleetEvent {
  return {
    ...envelope(`deployment:${count}`, at, `deployment:${repository.name}/${count}`, null),
    kind: "deployment.finished",
    payload: { service: repository.name, environment: "production", ...payload },
  };
}

interface Version {
  sha: string;
  numbers: readonly number[];
}

/** The last version that held none of some pull requests; null where they were never deployed, or always. */
function versionWithout(deployed: readonly Version[], taken: ReadonlySet<number | null>): string | null {
  const at = deployed.findIndex(({ numbers }) => numbers.some((number) => taken.has(number)));
  return deployed[at - 1]?.sha ?? null;
}

/** Deployments of a service: batches of landings on the repository's own rhythm, and one at once after each revert. */
export function deployments(context: RepositoryContext, landings: readonly Landing[]): FleetEvent[] {
  const { repository, random } = context;
  if (!repository.service) return [];
  const rhythm = random.between(5, 40) * HOUR_MS;
  const events: FleetEvent[] = [];
  let waiting: number[] = [];
  let since: number | null = null;
  const deployed: Version[] = [];
  const numberOf = new Map(landings.map(({ change, number }) => [change, number]));
  for (const [index, landing] of landings.entries()) {
    if (landing.number !== null) waiting.push(landing.number);
    since ??= landing.at;
    const urgent = landing.change.kind === "undo" && landing.change.undo === "revert";
    const next = landings[index + 1];
    if (!urgent && next !== undefined && next.at - since < rhythm && waiting.length < 12) continue;
    const at = landing.at + (urgent ? minutes(random, 8, 25) : minutes(random, 15, 70));
    if (at >= SAMPLE_END - HOUR_MS) break;
    // The version before the one that is reverted goes live again before the revert itself is built.
    const { change } = landing;
    const taken = new Set(
      urgent && change.kind === "undo" ? change.targets.map((one) => numberOf.get(one) ?? null) : [],
    );
    const older = versionWithout(deployed, taken);
    if (urgent && deployed.length > 0 && random.chance(0.3)) {
      const early = landing.at - minutes(random, 1, 3);
      if (older !== null) {
        const back: Pick<Deployment, "status" | "deploymentKind"> = { status: "success", deploymentKind: "rollback" };
        events.push(deploymentEvent(context, events.length + 1, early, { sha: older, numbers: [], ...back }));
      }
    }
    const deployment = {
      sha: landing.mergeSha,
      deploymentKind: urgent ? "hotfix" : "change",
      numbers: waiting,
    } as const;
    if (random.chance(0.03)) {
      events.push(deploymentEvent(context, events.length + 1, at, { ...deployment, status: "failure" }));
      events.push(
        deploymentEvent(context, events.length + 1, at + minutes(random, 12, 50), { ...deployment, status: "success" }),
      );
    } else {
      events.push(deploymentEvent(context, events.length + 1, at, { ...deployment, status: "success" }));
    }
    deployed.push({ sha: landing.mergeSha, numbers: waiting });
    waiting = [];
    since = null;
  }
  return events;
}

const SYMPTOMS = [
  "Elevated error rate in",
  "Slow responses from",
  "Stuck queue in",
  "Wrong results from",
  "Memory pressure on",
  "Failed health checks of",
  "Timeouts calling",
] as const;
const SEVERITIES = { sev1: 4, sev2: 18, sev3: 48, sev4: 30 } as const;

/** Incidents: some behind reverts of a service's changes, opened before the revert landed, and a few with no known cause. */
export function incidents(
  context: RepositoryContext,
  landings: readonly Landing[],
  landed: ReadonlyMap<unknown, Landing>,
): FleetEvent[] {
  const { repository, envelope, random } = context;
  if (!repository.service) return [];
  const events: FleetEvent[] = [];
  let count = 0;
  const add = (openedAt: number, resolvedAt: number, causedByNumber: number | null): void => {
    count += 1;
    const incident = `INC-${repository.name}-${count}`;
    const subject = `incident:${incident}`;
    const title = `${random.pick(SYMPTOMS)} ${repository.name}`;
    const severity = random.weighted(SEVERITIES);
    if (openedAt >= SAMPLE_END) return;
    events.push({
      ...envelope(`incident:${incident}:opened`, openedAt, subject, null),
      kind: "incident.opened",
      payload: { incident, title, severity, service: repository.name, causedByNumber },
    });
    if (resolvedAt >= SAMPLE_END) return;
    events.push({
      ...envelope(`incident:${incident}:resolved`, resolvedAt, subject, null),
      kind: "incident.resolved",
      payload: { incident },
    });
  };
  for (const landing of landings) {
    const { change } = landing;
    if (change.kind === "undo") {
      const target = change.undo === "revert" ? landed.get(change.targets[0]) : undefined;
      if (target === undefined || !random.chance(0.26)) continue;
      const openedAt = Math.max(target.at + 2 * MINUTE_MS, landing.at - minutes(random, 8, 95));
      if (openedAt < landing.at)
        add(openedAt, landing.at + minutes(random, 10, 80), random.chance(0.75) ? target.number : null);
    } else if (random.chance(0.005)) {
      const openedAt = landing.at + minutes(random, 20, 1200);
      add(
        openedAt,
        openedAt + Math.round(random.lognormal(110, 0.9)) * MINUTE_MS,
        random.chance(0.3) ? landing.number : null,
      );
    }
  }
  return events;
}

const DEFECTS = [
  "shows the wrong total",
  "fails for tenants with many users",
  "loses the last entry",
  "is slow on Mondays",
  "rejects valid input",
  "sends the notice twice",
  "ignores the chosen language",
  "breaks on an empty list",
] as const;
const DEFECT_SEVERITIES = { critical: 3, high: 17, medium: 48, low: 32 } as const;
const DEFECT_CHANCE = { agent: 0.062, assisted: 0.05, human: 0.036, automation: 0.006 } as const;

function defectChance({ task, credit }: OrdinaryChange): number {
  const quiet = task === "docs" || task === "tests" ? 0.08 : 1;
  return DEFECT_CHANCE[credit.authorship] * quiet;
}

/** Defects found days or weeks after the change that most of them name as their cause. */
export function defects(context: RepositoryContext, landings: readonly Landing[]): FleetEvent[] {
  const { repository, envelope, random } = context;
  const events: FleetEvent[] = [];
  for (const landing of landings) {
    const { change } = landing;
    if (!isWork(landing) || change.kind !== "ordinary" || !random.chance(defectChance(change))) continue;
    const at = landing.at + Math.round(random.lognormal(7 * DAY_MS, 1.1) / 1000) * 1000;
    const severity = random.weighted(DEFECT_SEVERITIES);
    const security = random.chance(change.task === "security" ? 0.25 : 0.025);
    const title = `${repository.name} ${random.pick(DEFECTS)}`;
    const causedByNumber = random.chance(0.78) ? landing.number : null;
    if (at >= SAMPLE_END) continue;
    const defect = `BUG-${repository.name}-${events.length + 1}`;
    events.push({
      ...envelope(`defect:${defect}:opened`, at, `defect:${defect}`, null),
      kind: "defect.opened",
      payload: { defect, title, severity, security, causedByNumber },
    });
  }
  return events;
}
