import { z } from "zod";
import { sender } from "@/lib/events/senders/sender";
import { commitOfRevision } from "./versions";

/** What is the end of a change of a Kustomization or a HelmRelease, and how it went. */
const ENDS: Readonly<Record<string, { kind: string; status: string }>> = {
  ReconciliationSucceeded: { kind: "deployment", status: "success" },
  ReconciliationFailed: { kind: "deployment", status: "failure" },
  HealthCheckFailed: { kind: "deployment", status: "failure" },
  InstallSucceeded: { kind: "deployment", status: "success" },
  InstallFailed: { kind: "deployment", status: "failure" },
  UpgradeSucceeded: { kind: "deployment", status: "success" },
  UpgradeFailed: { kind: "deployment", status: "failure" },
  RollbackSucceeded: { kind: "rollback", status: "success" },
  RollbackFailed: { kind: "rollback", status: "failure" },
};

const DEPLOYED: ReadonlySet<string> = new Set(["Kustomization", "HelmRelease"]);

/** The last part of a key: some versions write the group before it, some do not. */
const named = (metadata: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.entries(metadata).find(([key]) => key === name || key.endsWith(`/${name}`))?.[1];

/**
 * Flux's messages of a Provider of the kind `generic`. The commit is `commit` of the metadata, which an annotation of the object or the
 * Alert sets, or the revision that was applied.
 */
export const flux = sender(
  z.looseObject({
    involvedObject: z.looseObject({
      kind: z.string(),
      name: z.string().min(1),
      namespace: z.string().optional(),
      uid: z.string().optional(),
    }),
    timestamp: z.iso.datetime({ offset: true }),
    reason: z.string(),
    metadata: z.record(z.string(), z.string()).nullish(),
  }),
  ({ involvedObject, metadata, reason, timestamp }, place) => {
    const end = ENDS[reason];
    const { kind, name, namespace, uid } = involvedObject;
    if (end === undefined || !DEPLOYED.has(kind)) return [];
    const said = metadata ?? {};
    return [
      {
        ...end,
        id: `flux:${uid ?? `${namespace}/${name}`}:${reason}:${timestamp}`,
        at: timestamp,
        repository: place.repository,
        service: name,
        environment: place.environment ?? named(said, "environment") ?? namespace,
        sha: named(said, "commit") ?? commitOfRevision(named(said, "revision")),
      },
    ];
  },
);
