import { createHash } from "node:crypto";
import type { FleetEvent, PayloadOf } from "@/lib/events/schema";

export const shaOf = (version: string): string => createHash("sha1").update(version).digest("hex");

export interface DeploymentSpec {
  at: string;
  version: string;
  kind?: PayloadOf<"deployment.finished">["deploymentKind"];
  status?: PayloadOf<"deployment.finished">["status"];
  numbers?: number[];
  service?: string;
  environment?: string;
  repo?: string;
}

export interface IncidentSpec {
  name: string;
  openedAt: string;
  resolvedAt?: string;
  causedBy?: number;
  repo?: string;
}

/** Deployments of the repository `app`, unless they name another one; production unless they say otherwise. */
export function deploymentEvents(orgId: number, specs: readonly DeploymentSpec[]): FleetEvent[] {
  return specs.map(({ at, environment = "production", kind = "change", version, ...spec }, index) => {
    const { numbers = [], repo = "app", service = repo, status = "success" } = spec;
    const id = `test:deployment:${repo}:${service}:${at}:${index}`;
    const payload = { service, environment, sha: shaOf(version), status, deploymentKind: kind, numbers };
    const about = { subject: `deployment:${id}`, kind: "deployment.finished" as const, payload };
    return { id, orgId, source: "test", repo, occurredAt: at, actor: null, ...about };
  });
}

export function incidentEvents(orgId: number, specs: readonly IncidentSpec[]): FleetEvent[] {
  return specs.flatMap(({ causedBy = null, name, openedAt, repo = "app", resolvedAt }): FleetEvent[] => {
    const base = { orgId, source: "test", repo, actor: null, subject: `incident:${name}` };
    const payload = {
      incident: name,
      title: "Down",
      severity: "sev2" as const,
      service: repo,
      causedByNumber: causedBy,
    };
    const opened: FleetEvent = {
      ...base,
      id: `test:${name}:opened`,
      occurredAt: openedAt,
      kind: "incident.opened",
      payload,
    };
    if (resolvedAt === undefined) return [opened];
    const end = { id: `test:${name}:resolved`, occurredAt: resolvedAt, kind: "incident.resolved" as const };
    return [opened, { ...base, ...end, payload: { incident: name } }];
  });
}
