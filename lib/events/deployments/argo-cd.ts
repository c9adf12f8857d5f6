import { z } from "zod";
import { sender } from "@/lib/events/senders/sender";
import { commitOfImage, commitOfRevision, repositoryOfUrl } from "./versions";

const instant = z.iso.datetime({ offset: true });
const source = z.looseObject({ repoURL: z.string().default("") });

const application = z.looseObject({
  metadata: z.looseObject({ name: z.string().min(1), uid: z.string().min(1) }),
  spec: z.looseObject({
    source: source.optional(),
    sources: z.array(source).optional(),
    destination: z.looseObject({ namespace: z.string().optional() }).default({}),
  }),
  status: z.looseObject({
    operationState: z.looseObject({
      phase: z.string(),
      finishedAt: instant.nullish(),
      syncResult: z
        .looseObject({ revision: z.string().optional(), revisions: z.array(z.string()).optional() })
        .nullish(),
    }),
    summary: z.looseObject({ images: z.array(z.string()).default([]) }).default({ images: [] }),
  }),
});

const STATUS: Readonly<Record<string, string>> = { Succeeded: "success", Failed: "failure", Error: "failure" };

/**
 * An Application of Argo CD as it is when a synchronisation is over. Where the address names the repository that is
 * synchronised, or none, the commit is its revision; of another, whose images are deployed, the tag of an image says the commit.
 */
export const argoCd = sender(z.looseObject({ app: application }), ({ app: { metadata, spec, status } }, place) => {
  const { finishedAt, phase, syncResult } = status.operationState;
  const ended = STATUS[phase];
  if (ended === undefined || finishedAt == null) return [];
  const sources = spec.sources ?? (spec.source === undefined ? [] : [spec.source]);
  const revisions = syncResult?.revisions ?? [syncResult?.revision];
  const synced = sources.map(({ repoURL }, index) => ({
    repository: repositoryOfUrl(repoURL),
    sha: commitOfRevision(revisions[index]),
  }));
  const own = place.repository === undefined ? synced[0] : synced.find((one) => one.repository === place.repository);
  const image = status.summary.images.map(commitOfImage).find((sha) => sha !== undefined);
  return [
    {
      kind: "deployment",
      id: `argo-cd:${metadata.uid}:${finishedAt}`,
      at: finishedAt,
      repository: place.repository ?? own?.repository,
      service: metadata.name,
      environment: place.environment ?? spec.destination.namespace,
      sha: own?.sha ?? image,
      status: ended,
    },
  ];
});
