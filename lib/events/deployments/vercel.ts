import { z } from "zod";
import { sender } from "@/lib/events/senders/sender";

const text = z.string().optional().catch(undefined);
const meta = z.looseObject({
  githubCommitSha: text,
  githubCommitOrg: text,
  githubCommitRepo: text,
  githubOrg: text,
  githubRepo: text,
  gitlabCommitSha: text,
  bitbucketCommitSha: text,
});

/** What was built is not live yet: it is when it is promoted, by itself or by somebody. */
const ENDS: Readonly<Record<string, { kind: string; status: string }>> = {
  "deployment.promoted": { kind: "deployment", status: "success" },
  "deployment.error": { kind: "deployment", status: "failure" },
  "deployment.rollback": { kind: "rollback", status: "success" },
};

/** Vercel's webhooks of deployments to production; previews are none of the product. */
export const vercel = sender(
  z.looseObject({
    id: z.string().min(1),
    type: z.string(),
    createdAt: z.number().positive().max(8.64e15),
    payload: z.looseObject({
      target: z.string().nullish(),
      deployment: z.looseObject({ name: z.string().optional(), meta: meta.optional() }).optional(),
      project: z.looseObject({ id: text, name: text }).optional(),
    }),
  }),
  ({ createdAt, id, payload: { deployment, project, target }, type }, place) => {
    const end = ENDS[type];
    // What is promoted or gone back to is production, whether it says so or not.
    const isLive = target === "production" || type === "deployment.promoted" || type === "deployment.rollback";
    if (end === undefined || !isLive) return [];
    const said = deployment?.meta;
    const [org, repo] = [said?.githubCommitOrg ?? said?.githubOrg, said?.githubCommitRepo ?? said?.githubRepo];
    return [
      {
        ...end,
        id: `vercel:${id}`,
        at: new Date(createdAt).toISOString(),
        repository: place.repository ?? (org === undefined || repo === undefined ? undefined : `${org}/${repo}`),
        service: deployment?.name ?? project?.name ?? project?.id,
        environment: place.environment ?? "production",
        sha: said?.githubCommitSha ?? said?.gitlabCommitSha ?? said?.bitbucketCommitSha,
      },
    ];
  },
);
