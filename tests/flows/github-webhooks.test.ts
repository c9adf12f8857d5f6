import { describe, expect, it } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";
import { drainInbox } from "@/lib/ingest/github/drain-inbox";
import { Random } from "@/prisma/seed/random";
import { factsOf } from "@/tests/factories/github-sync";
import { generateDataset } from "@/tests/mocks/github/generate";
import type { Dataset, PullRequest, Repository } from "@/tests/mocks/github/model";
import { START, useFollowedGitHub } from "@/tests/setup/followed-github";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const follow = useFollowedGitHub();

const datasetOf = (login: string): Dataset =>
  generateDataset({
    login,
    seed: 11,
    repositories: 2,
    pullRequests: 40,
    end: new Date("2026-06-30T12:00:00Z"),
    days: 60,
  });

let serial = 0;
function delivery(event: string, payload: unknown) {
  serial += 1;
  const body = Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload));
  return { source: "github", deliveryId: `delivery-${serial}`, event, action: null, headers: {}, body };
}

/** What GitHub sends of everything that is in a dataset. */
function deliveriesOf({ repositories }: Dataset) {
  return repositories.flatMap((repository) => {
    const of = { node_id: repository.id, default_branch: "main" };
    return [
      ...repository.pullRequests.flatMap(({ id, state }) => [
        delivery("pull_request", { action: "opened", repository: of, pull_request: { node_id: id, merged: false } }),
        delivery("pull_request", {
          action: "closed",
          repository: of,
          pull_request: { node_id: id, merged: state === "MERGED" },
        }),
      ]),
      delivery("push", { repository: of, ref: "refs/heads/main" }),
      delivery("workflow_run", { repository: of }),
      delivery("deployment_status", { repository: of }),
    ];
  });
}

const inbox = () =>
  query<{ event: string; state: string; reason: string | null; error: string | null }>(
    sql`select event, state, reason, last_error as error from inbox where id > (select coalesce(max(id), 0) from inbox) - 5 order by id`,
  );

describe("deliveries of GitHub", () => {
  it("shuffled, doubled and late come to the facts that were read without them", async () => {
    const calm = await follow({ dataset: datasetOf("asked") });
    await calm.sync();
    const told = await follow({ dataset: datasetOf("told") });
    const random = new Random(5);
    const deliveries = deliveriesOf(told.github.options.dataset);
    const storm = [...deliveries, ...deliveries.filter(() => random.next() < 0.2)].sort(() => random.next() - 0.5);
    for (let start = 0; start < storm.length; start += 30) {
      const part = storm.slice(start, start + 30);
      // What GitHub sends again has the same id: it is stored once.
      await insertDeliveries([...new Map(part.map((one) => [one.deliveryId, one])).values()]);
      await drainInbox(START);
      await told.sync(3);
    }
    await told.sync();
    expect(JSON.parse(JSON.stringify(await factsOf(told.orgId)).replaceAll("told", "asked"))).toEqual(
      await factsOf(calm.orgId),
    );
    const [waiting] = await query<{ waiting: number }>(
      sql`select count(*) as waiting from refetch where org_id = ${told.orgId}`,
    );
    expect(waiting?.waiting).toBe(0);
  });

  it("bring a change at once, with few requests, long before the next look", async () => {
    const followed = await follow({ dataset: datasetOf("prompt") });
    await followed.sync();
    const repository = followed.github.options.dataset.repositories[0] as Repository;
    const pull = repository.pullRequests.find(({ state }) => state === "MERGED") as PullRequest;
    pull.labels = ["security"];
    pull.updatedAt = "2026-07-01T00:00:05Z";
    followed.pass(5000);
    const before = followed.github.requests.length;
    const payload = { repository: { node_id: repository.id }, pull_request: { node_id: pull.id, merged: true } };
    await insertDeliveries([delivery("pull_request", { action: "labeled", ...payload })]);
    expect(await drainInbox(new Date(START.getTime() + 5000))).toBe(1);
    await followed.sync();
    const [row] = await query<{ rule: string }>(
      sql`select d.category->>'rule' as rule from fact_pull_request_detail d
        join repository r on r.org_id = d.org_id and r.id = d.repo_id
        where d.org_id = ${followed.orgId} and r.name = ${repository.name} and d.number = ${pull.number}`,
    );
    expect(row?.rule).toBe("label");
    expect(followed.github.requests.length - before).toBeLessThanOrEqual(3);
  });

  it("that mean nothing, are about others or are not GitHub's are told apart, and none is lost", async () => {
    await insertDeliveries([
      delivery("star", { action: "created" }),
      delivery("push", { repository: { node_id: "R_nobody", default_branch: "main" }, ref: "refs/heads/main" }),
      delivery("pull_request", { repository: { node_id: "R_1" } }),
      delivery("push", "{ broken"),
      delivery("installation", { action: "created", installation: { id: 7 } }),
    ]);
    expect(await drainInbox(START)).toBe(5);
    expect(await inbox()).toEqual([
      { event: "star", state: "ignored", reason: "nothing is read of star", error: null },
      { event: "push", state: "ignored", reason: "no connection follows this repository", error: null },
      { event: "pull_request", state: "failed", reason: null, error: expect.stringContaining("pull_request") },
      { event: "push", state: "failed", reason: null, error: "the body is not JSON" },
      { event: "installation", state: "processed", reason: null, error: null },
    ]);
    expect(await drainInbox(START)).toBe(0);
  });
});
