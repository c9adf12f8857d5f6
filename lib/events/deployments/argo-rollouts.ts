import { z } from "zod";
import { sender } from "@/lib/events/senders/sender";
import { commitOfImage } from "./versions";

const instant = z.iso.datetime({ offset: true });

const rollout = z.looseObject({
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().optional(),
    uid: z.string().min(1),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({ containers: z.array(z.looseObject({ image: z.string() })).default([]) }),
    }),
  }),
  status: z.looseObject({
    abortedAt: instant.nullish(),
    conditions: z.array(z.looseObject({ type: z.string(), lastUpdateTime: instant.optional() })).default([]),
  }),
});

/**
 * A Rollout of Argo: completed, or aborted, which fails what was to be deployed. A rollout of an older image is a deployment as well,
 * and goes back by the history of the branch. Its status may lag behind the message, so that the message says how it ended.
 */
export const argoRollouts = sender(
  z.looseObject({ outcome: z.enum(["completed", "aborted"]), rollout }),
  ({ outcome, rollout: { metadata, spec, status } }, place) => {
    const revision = metadata.annotations["rollout.argoproj.io/revision"] ?? "";
    const updates = status.conditions.flatMap(({ lastUpdateTime }) => lastUpdateTime ?? []).sort();
    return [
      {
        kind: "deployment",
        id: `argo-rollouts:${metadata.uid}:${revision}:${outcome}`,
        at: (outcome === "aborted" ? status.abortedAt : undefined) ?? updates.at(-1),
        repository: place.repository,
        service: metadata.name,
        environment: place.environment ?? metadata.namespace,
        sha: spec.template.spec.containers.map(({ image }) => commitOfImage(image)).find((sha) => sha !== undefined),
        status: outcome === "completed" ? "success" : "failure",
      },
    ];
  },
);
