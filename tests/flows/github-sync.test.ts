import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { resumeConnection } from "@/lib/connections/control";
import { getPool } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { readSources } from "@/lib/metrics/explorer/repository-sources";
import { countMerged, factsOf, mergedIn } from "@/tests/factories/github-sync";
import { FAULTS, FaultPlan, ODDITIES } from "@/tests/mocks/github/faults";
import type { PullRequest, Repository } from "@/tests/mocks/github/model";
import { datasetOf, START, useFollowedGitHub } from "@/tests/setup/followed-github";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const HOUR_MS = 3_600_000;
const follow = useFollowedGitHub();

/** Whether a check belongs to a program other than Actions. */
const isOfAnother = (suite: unknown): boolean =>
  typeof suite === "object" && suite !== null && "workflowRun" in suite && suite.workflowRun === null;

describe("following a GitHub organisation", () => {
  it("reads every pull request, review, check and deployment once", async () => {
    const dataset = datasetOf("plain");
    const followed = await follow({ dataset }, { start: START });
    await followed.sync();
    expect(await countMerged(followed.orgId)).toBe(mergedIn(dataset));
    const [row] = await query<Record<string, number>>(
      sql`select (select count(*) from fact_review where org_id = ${followed.orgId}) as reviews,
        (select count(*) from fact_ci_run where org_id = ${followed.orgId}) as runs,
        (select count(*) from fact_deployment where org_id = ${followed.orgId}) as deployments,
        (select count(*) from fact_closed_pull_request where org_id = ${followed.orgId}) as closed,
        (select count(*) from fact_direct_push where org_id = ${followed.orgId}) as pushes`,
    );
    const all = dataset.repositories.flatMap(({ pullRequests }) => pullRequests);
    expect(row).toEqual({
      reviews: all.flatMap(({ timeline }) => timeline).filter(({ __typename }) => __typename === "PullRequestReview")
        .length,
      // A job of Actions is told of by the run that it is part of, and a status that is pending has not ended.
      runs:
        dataset.repositories.flatMap(({ workflowRuns }) => workflowRuns).length +
        all
          .flatMap(({ checks }) => checks)
          .filter(({ checkSuite, state }) => state === "SUCCESS" || isOfAnother(checkSuite)).length,
      deployments: dataset.repositories
        .flatMap(({ deployments }) => deployments)
        .filter(({ environment }) => environment === "production").length,
      closed: all.filter(({ state }) => state === "CLOSED").length,
      // All commits of a rebase are its own, so nothing else is left over than what was pushed.
      pushes: dataset.repositories
        .flatMap(({ commits }) => [...commits.values()])
        .filter(({ message }) => /^(?:Initial commit|Fix typo)/.test(message)).length,
    });
  });

  it("comes to the same facts through faults and stops as without them", async () => {
    const plain = await follow({ dataset: datasetOf("calm") }, { start: START });
    await plain.sync();
    const rough = await follow(
      { dataset: datasetOf("rough"), faults: new FaultPlan(3, 0.2, [...FAULTS, ...ODDITIES]) },
      { start: START },
    );
    for (let turn = 0; turn < 25; turn += 1) await rough.sync(4);
    await rough.sync();
    expect(rough.github.options.faults?.injected.length).toBeGreaterThan(10);
    const [calm, same] = [await factsOf(plain.orgId), await factsOf(rough.orgId)];
    expect(JSON.parse(JSON.stringify(same).replaceAll("rough", "calm"))).toEqual(calm);
  });

  it("waits when the hour's points are used up, and never goes beyond them", async () => {
    const dataset = datasetOf("frugal");
    const followed = await follow({ dataset, pointsPerHour: 20 }, { start: START });
    await followed.sync();
    expect(await countMerged(followed.orgId)).toBe(mergedIn(dataset));
    expect(followed.waited).toBeGreaterThan(0);
    expect(followed.github.points.refused).toBe(0);
  });

  it("takes in what changes afterwards, and asks for little more than that", async () => {
    const dataset = datasetOf("moving");
    const followed = await follow({ dataset }, { start: START });
    await followed.sync();
    const before = followed.github.requests.length;
    const repository = dataset.repositories[0] as Repository;
    const opened = repository.pullRequests.find(({ state }) => state === "OPEN") as PullRequest;
    const merged = repository.pullRequests.find(({ state }) => state === "MERGED") as PullRequest;
    merge(repository, opened, "2026-07-01T00:20:00Z");
    merged.labels = ["security"];
    merged.updatedAt = "2026-07-01T00:21:00Z";
    followed.pass(HOUR_MS);
    await followed.sync();
    const rows = await query<{ number: number; category: string }>(
      sql`select d.number, d.category->>'rule' as category from fact_pull_request_detail d
        join repository r on r.org_id = d.org_id and r.id = d.repo_id
        where d.org_id = ${followed.orgId} and r.name = ${repository.name} and d.number = any(${[opened.number, merged.number]})
        order by d.number`,
    );
    expect(rows.map(({ number }) => number)).toEqual([opened.number, merged.number].sort((a, b) => a - b));
    expect(rows.find(({ number }) => number === merged.number)?.category).toBe("label");
    // One page of each of seven kinds for each of three repositories, the list of them, and the new end of a line.
    expect(followed.github.requests.length - before).toBeLessThanOrEqual(1 + 3 * 7 + 1);
  });

  it("counts a comment on a merged pull request as no change of it", async () => {
    const dataset = datasetOf("chatty");
    const followed = await follow({ dataset }, { start: START });
    await followed.sync();
    const count = () =>
      query<{ merged: number }>(
        sql`select count(*) as merged from event where org_id = ${followed.orgId} and kind = 'pull_request.merged'`,
      );
    const before = await count();
    const merged = dataset.repositories[0]?.pullRequests.find(({ state }) => state === "MERGED") as PullRequest;
    merged.updatedAt = "2026-07-01T00:30:00Z";
    followed.pass(HOUR_MS);
    await followed.sync();
    expect(await count()).toEqual(before);
  });

  it("knows a closed pull request as open again when it was reopened", async () => {
    const dataset = datasetOf("undecided");
    const followed = await follow({ dataset }, { start: START });
    await followed.sync();
    const closed = async () =>
      (await query(sql`select from fact_closed_pull_request where org_id = ${followed.orgId}`)).length;
    const before = await closed();
    const pull = dataset.repositories[0]?.pullRequests.find(({ state }) => state === "CLOSED") as PullRequest;
    Object.assign(pull, { state: "OPEN", closedAt: null, updatedAt: "2026-07-01T00:30:00Z" });
    pull.timeline.push({
      __typename: "ReopenedEvent",
      id: "REOPENED_1",
      createdAt: "2026-07-01T00:30:00Z",
      actor: null,
    });
    followed.pass(HOUR_MS);
    await followed.sync();
    expect(await closed()).toBe(before - 1);
  });

  it("follows a repository to its new name, and leaves one alone that is gone", async () => {
    const dataset = datasetOf("renaming");
    const followed = await follow({ dataset }, { start: START });
    await followed.sync();
    const merged = await countMerged(followed.orgId);
    const [first, second] = dataset.repositories as [Repository, Repository];
    Object.assign(first, { name: "renamed", formerNames: [first.name] });
    second.gone = true;
    followed.pass(HOUR_MS);
    await followed.sync();
    expect(await countMerged(followed.orgId)).toBe(merged);
    const rows = await query<{ name: string; gone: boolean }>(
      sql`select r.name, g.gone_at is not null as gone from github_repository g
        join repository r on r.org_id = g.org_id and r.id = g.repo_id where g.org_id = ${followed.orgId} order by r.name`,
    );
    expect(rows).toEqual([
      { name: "renamed", gone: false },
      { name: second.name, gone: true },
      { name: dataset.repositories[2]?.name, gone: false },
    ]);
  });

  it("stops when the token is refused, and goes on with a new one", async () => {
    const dataset = datasetOf("locked");
    const followed = await follow({ dataset }, { start: START });
    followed.github.options.tokens.clear();
    await followed.sync();
    const state = async () =>
      (
        await query<{ state: string; state_reason: string }>(
          sql`select state, state_reason from github_connection where id = ${followed.connectionId}`,
        )
      )[0];
    expect((await state())?.state).toBe("broken");
    expect((await state())?.state_reason).toContain("Bad credentials");
    followed.github.options.tokens.add("github_pat_planted");
    await resumeConnection(followed.connectionId, START);
    await followed.sync();
    expect(await countMerged(followed.orgId)).toBe(mergedIn(dataset));
  });

  it("reads all of the older years although their place in the list was forgotten", async () => {
    const dataset = datasetOf("forgetful");
    const followed = await follow({ dataset, faults: new FaultPlan(5, 0.4, ["stale_cursor"]) }, { start: START });
    await followed.sync();
    // What failed again and again is left to a later run.
    followed.pass(HOUR_MS);
    await followed.sync();
    expect(followed.github.options.faults?.injected.length).toBeGreaterThan(3);
    expect(await countMerged(followed.orgId)).toBe(mergedIn(dataset));
    const [row] = await query<{ whole: boolean }>(
      sql`select bool_and(complete_from is null) as whole from fact_repository where org_id = ${followed.orgId}`,
    );
    expect(row?.whole).toBe(true);
  });

  it("knows whose code it was at the time of each merge", async () => {
    const dataset = datasetOf("owned");
    const followed = await follow({ dataset }, { start: START });
    await followed.sync();
    const rows = await query<{ team: string | null; merged: number }>(
      sql`select t.slug as team, count(*) as merged from fact_pull_request f left join team t on t.id = f.team_id
        where f.org_id = ${followed.orgId} group by t.slug order by t.slug`,
    );
    expect(rows.map(({ team }) => team)).toEqual(["platform", "team-1", "team-2", "team-3"]);
  });

  it("looks again at what came of age, although GitHub says nothing of a change", async () => {
    const dataset = datasetOf("silent");
    const followed = await follow({ dataset }, { start: START });
    await followed.sync();
    const repository = dataset.repositories[0] as Repository;
    const pull = repository.pullRequests.find(({ state }) => state === "OPEN") as PullRequest;
    merge(repository, pull, "2026-07-01T00:20:00Z");
    followed.pass(HOUR_MS);
    await followed.sync();
    const reviews = async () => (await query(sql`select from fact_review where org_id = ${followed.orgId}`)).length;
    const before = await reviews();
    const submittedAt = "2026-07-01T03:00:00Z";
    pull.timeline.push({
      __typename: "PullRequestReview",
      id: "REVIEW_LATE",
      createdAt: submittedAt,
      submittedAt,
      databaseId: 1,
      state: "COMMENTED",
      author: null,
    });
    followed.pass(20 * HOUR_MS);
    await followed.sync();
    expect(await reviews()).toBe(before);
    followed.pass(4 * HOUR_MS);
    await followed.sync();
    expect(await reviews()).toBe(before + 1);
  });

  it("shows the last ninety days before the older years are read, and then all of it", async () => {
    const dataset = datasetOf("recent");
    const followed = await follow({ dataset }, { start: START });
    const seen: string[] = [];
    const states = async () => {
      const ids = await query<{ id: number }>(
        sql`select repo_id as id from fact_repository where org_id = ${followed.orgId}`,
      );
      const sources = await readSources(
        getPool(),
        ids.map(({ id }) => id),
      );
      return [...sources.values()].map(({ github }) => github?.state);
    };
    const isOlder = (entity: string) => entity.startsWith("older_");
    while (!seen.some(isOlder)) await followed.sync(5, (entity) => seen.push(entity));
    // What a page of numbers rests on says so until everything is there.
    expect(await states()).toContain("reading");
    await followed.sync(Number.POSITIVE_INFINITY, (entity) => seen.push(entity));
    expect(await states()).toEqual(["followed", "followed", "followed"]);
    const firstOlder = seen.findIndex(isOlder);
    expect(firstOlder).toBeGreaterThan(0);
    for (const entity of ["pull_requests", "history", "deployments", "ci_runs"]) {
      expect(seen.lastIndexOf(entity) < firstOlder || entity === "history").toBe(true);
    }
    const [row] = await query<{ whole: boolean }>(
      sql`select bool_and(complete_from is null) as whole from fact_repository where org_id = ${followed.orgId}`,
    );
    expect(row?.whole).toBe(true);
  });
});

describe("an account that is connected again", () => {
  it("is read further back when more of its history is wanted, to the same facts", async () => {
    const plain = await follow({ dataset: datasetOf("whole") }, { start: START });
    await plain.sync();
    const dataset = datasetOf("again");
    const followed = await follow({ dataset }, { start: START, depthDays: 30 });
    await followed.sync();
    const first = await countMerged(followed.orgId);
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(mergedIn(dataset));
    await followed.reconnect(200);
    await followed.sync();
    const second = await countMerged(followed.orgId);
    expect(second).toBeGreaterThan(first);
    expect(second).toBeLessThan(mergedIn(dataset));
    await followed.reconnect(null);
    await followed.sync();
    const [whole, same] = [await factsOf(plain.orgId), await factsOf(followed.orgId)];
    expect(JSON.parse(JSON.stringify(same).replaceAll("again", "whole"))).toEqual(whole);
  });

  it("keeps what it has when less is wanted", async () => {
    const dataset = datasetOf("less");
    const followed = await follow({ dataset }, { start: START });
    await followed.sync();
    await followed.reconnect(30);
    await followed.sync();
    expect(await countMerged(followed.orgId)).toBe(mergedIn(dataset));
  });
});

/** Merges an open pull request by squashing. */
function merge(repository: Repository, pull: PullRequest, at: string): void {
  const author = { name: "Ada Byron", email: "1001+ada@users.noreply.github.com", date: at };
  const oid = createHash("sha1").update(`${repository.id} ${pull.number} merged`).digest("hex");
  const parents = repository.head === null ? [] : [repository.head];
  repository.commits.set(oid, { oid, message: `${pull.title} (#${pull.number})`, author, committer: author, parents });
  repository.head = oid;
  Object.assign(pull, { state: "MERGED", mergedAt: at, closedAt: at, updatedAt: at, mergeCommit: oid });
}
