import { createHmac } from "node:crypto";
import type { Random } from "@/prisma/seed/random";
import type { Dataset } from "@/tests/mocks/github/model";

export interface SignedDelivery {
  id: string;
  event: string;
  body: Buffer;
  signature: string;
}

/** Everything that GitHub sends of what is in a dataset, at least so many, a fifth of it twice, in no order. */
export function stormOf(
  { repositories }: Dataset,
  { count, random, secret }: { count: number; random: Random; secret: string },
): SignedDelivery[] {
  const deliveries: SignedDelivery[] = [];
  const add = (event: string, payload: object) => {
    const body = Buffer.from(JSON.stringify(payload));
    const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
    deliveries.push({ id: `storm-${deliveries.length}`, event, body, signature });
  };
  const once = () => {
    for (const repository of repositories) {
      const of = { node_id: repository.id, default_branch: repository.defaultBranch };
      for (const { id, state } of repository.pullRequests) {
        const pull = { node_id: id, merged: state === "MERGED" };
        add("pull_request", { action: "opened", repository: of, pull_request: { ...pull, merged: false } });
        add("pull_request_review", { action: "submitted", repository: of, pull_request: { node_id: id } });
        add("pull_request", { action: "closed", repository: of, pull_request: pull });
      }
      const commits = [{ added: [], modified: ["CODEOWNERS"], removed: [] }];
      add("push", { repository: of, ref: `refs/heads/${repository.defaultBranch}`, commits });
      add("workflow_run", { action: "completed", repository: of });
      add("check_suite", { action: "completed", repository: of, check_suite: { app: { slug: "scanner" } } });
      add("deployment_status", { action: "created", repository: of });
    }
  };
  // As if each of them were edited again and again, until there are enough.
  do once();
  while (deliveries.length < count / 1.2);
  const twice = deliveries.filter(() => random.next() < 0.2);
  return [...deliveries, ...twice]
    .map((delivery) => ({ delivery, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ delivery }) => delivery);
}
