import { DAY_SECONDS } from "@/lib/core/dimensions";
import type { Deployment } from "./deployment-outcomes";
import type { Incident } from "./read-operation-facts";

/** Deployments count as mending an incident until this long after it was over (metrics.md 2.6). */
const AFTER_RESOLUTION_MS = DAY_SECONDS * 1000;

/** What was done about an incident. */
export interface Repair {
  /** Seconds from its beginning to the rollback of what caused it; null where that is not known, or came before. */
  revertSeconds: number | null;
  /** Deployments that were to mend it; null while it is open, and where there was none. */
  redeployCycles: number | null;
}

/**
 * Tells what was done about incidents. Hotfixes and rollbacks of the repository mend it, those of its service where
 * deployments of a service of that name are told of.
 */
export function createRepairReader(deployments: readonly Deployment[]): (incident: Incident) => Repair {
  const byRepo = new Map<number, Deployment[]>();
  for (const deployment of deployments) {
    byRepo.set(deployment.repoId, [...(byRepo.get(deployment.repoId) ?? []), deployment]);
  }
  const mending = (repoId: number, service: string | null) => {
    const own = byRepo.get(repoId) ?? [];
    const ofService = own.filter((deployment) => deployment.service === service);
    return (ofService.length > 0 ? ofService : own).filter(({ kind }) => kind !== "change");
  };
  return ({ openedAt, repoId, resolvedAt, revertedAt, service }) => {
    const cycles =
      resolvedAt === null
        ? 0
        : mending(repoId, service).filter(({ at }) => at >= openedAt && at <= resolvedAt + AFTER_RESOLUTION_MS).length;
    return {
      revertSeconds: revertedAt === null || revertedAt < openedAt ? null : Math.floor((revertedAt - openedAt) / 1000),
      redeployCycles: cycles === 0 ? null : cycles,
    };
  };
}
