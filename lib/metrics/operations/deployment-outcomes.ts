import { DAY_SECONDS } from "@/lib/core/dimensions";

/** A production deployment; instants in milliseconds since the epoch. */
export interface Deployment {
  id: string;
  repoId: number;
  at: number;
  kind: "change" | "hotfix" | "rollback";
  succeeded: boolean;
  service: string;
  sha: string;
}

/** An incident that names the pull request that caused it, and when that one first was in production. */
export interface CausedIncident {
  name: string;
  repoId: number;
  openedAt: number;
  /** null: it is not over. */
  resolvedAt: number | null;
  deployedAt: number;
}

/** What went wrong after a deployment. */
export interface Failure {
  startedAt: number;
  /** null: not yet. */
  restoredAt: number | null;
  /** Those that name it. */
  incidents: string[];
  /** When its service went back to an older version; null: it did not. */
  rolledBackAt: number | null;
}

/** A deployment and what became of it; null where nothing went wrong. */
export interface Outcome {
  deployment: Deployment;
  failure: Failure | null;
}

/** A deployment failed where it had to be intervened in within this time (metrics.md 2.6). */
export const FAILED_WITHIN_MS = DAY_SECONDS * 1000;

/** Values by a key of each, in their order. */
function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}

const inOrder = (a: { at: number; id: string }, b: { at: number; id: string }) =>
  a.at - b.at || (a.id < b.id ? -1 : Number(a.id > b.id));

/**
 * When each deployment of one service was taken back by going to an older version. A rollback takes back what was deployed
 * since the version that it goes to; where that one was never seen, the deployment before it alone.
 * @param deployments in order
 */
function takenBack(deployments: readonly Deployment[]): Map<Deployment, number> {
  const at = new Map<Deployment, number>();
  const forward: Deployment[] = [];
  /** Position in `forward` of the last deployment of each version, but for the latest of all: nobody goes back to that. */
  const lastOf = new Map<string, number>();
  for (const deployment of deployments) {
    if (deployment.kind !== "rollback") {
      const before = forward.at(-1);
      if (before?.succeeded === true) lastOf.set(before.sha, forward.length - 1);
      forward.push(deployment);
      continue;
    }
    if (!deployment.succeeded) continue;
    const target = lastOf.get(deployment.sha) ?? forward.length - 2;
    for (let index = forward.length - 1; index > target; index -= 1) {
      const failed = forward[index];
      if (failed === undefined || deployment.at - failed.at > FAILED_WITHIN_MS) break;
      if (!at.has(failed)) at.set(failed, deployment.at);
    }
  }
  return at;
}

function failureOf(
  { at }: Deployment,
  incidents: readonly CausedIncident[],
  rolledBackAt: number | undefined,
): Failure | null {
  const evidence = { incidents: incidents.map(({ name }) => name), rolledBackAt: rolledBackAt ?? null };
  if (incidents.length > 0) {
    const ends = incidents.flatMap(({ resolvedAt }) => resolvedAt ?? []);
    return {
      startedAt: Math.min(at, ...incidents.map(({ openedAt }) => openedAt)),
      restoredAt: ends.length === incidents.length ? Math.max(at, ...ends) : null,
      ...evidence,
    };
  }
  return rolledBackAt === undefined ? null : { startedAt: at, restoredAt: rolledBackAt, ...evidence };
}

/**
 * What became of each production deployment (metrics.md 2.6). One failed when, within a day, an incident began that names
 * a pull request of it, or its service went back to an older version. It is over when all of its incidents are resolved,
 * or, where there is none, with the rollback. Deployments that are rollbacks themselves neither fail nor hold.
 */
export function outcomesOf(deployments: readonly Deployment[], incidents: readonly CausedIncident[]): Outcome[] {
  const sorted = [...deployments].sort(inOrder);
  const byService = groupBy(sorted, ({ repoId, service }) => `${repoId} ${service}`);
  const rolledBack = new Map([...byService.values()].flatMap((own) => [...takenBack(own)]));
  const key = (repoId: number, at: number) => `${repoId} ${at}`;
  const caused = groupBy(incidents, ({ deployedAt, repoId }) => key(repoId, deployedAt));
  const claimed = new Set<string>();
  return sorted.map((deployment) => {
    if (deployment.kind === "rollback") return { deployment, failure: null };
    const place = key(deployment.repoId, deployment.at);
    const isFirst = deployment.succeeded && !claimed.has(place);
    if (isFirst) claimed.add(place);
    const own = isFirst
      ? (caused.get(place) ?? []).filter(({ openedAt }) => openedAt - deployment.at <= FAILED_WITHIN_MS)
      : [];
    return { deployment, failure: failureOf(deployment, own, rolledBack.get(deployment)) };
  });
}
