import { describe, expect, it } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";
import { verifyFacts } from "@/lib/facts/verify";
import { drainInbox } from "@/lib/ingest/github/drain-inbox";
import type { FollowedGitHub } from "@/tests/factories/github-sync";
import { generateDataset } from "@/tests/mocks/github/generate";
import type { Account, Dataset, Issue, PullRequest, Repository } from "@/tests/mocks/github/model";
import { START, useFollowedGitHub } from "@/tests/setup/followed-github";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const HOUR_MS = 3_600_000;
const follow = useFollowedGitHub();

const account = (databaseId: number, login: string, name: string): Account => ({
  type: "User",
  login,
  databaseId,
  name,
});
const ADA = account(1001, "ada", "Ada Byron");
const BO = account(1002, "bo", "Bo Berg");
const CLEO = account(1003, "cleo", "Cleo Chen");
const DAN = account(1004, "dan", "Dan Diaz");
const CROWD = Array.from({ length: 120 }, (_, index) => account(5000 + index, `p${index}`, `Person ${index}`));

function datasetOf(login: string): Dataset {
  const dataset = generateDataset({ login, seed: 7, repositories: 2, pullRequests: 60, end: START, days: 60 });
  dataset.teams.push(
    { id: "T_1", slug: "Growth", name: "Growth", members: [ADA, BO] },
    { id: "T_2", slug: "data", name: "Data", members: [CLEO] },
    { id: "T_3", slug: "everyone", name: "Everyone", members: [...CROWD, ADA, CLEO] },
  );
  return dataset;
}

interface Row {
  number: number;
  repo: string;
  team: string | null;
  rule: string;
  delegation: string | null;
  kind: number;
}
const rowsOf = ({ orgId }: FollowedGitHub) =>
  query<Row>(
    sql`select d.number, r.name as repo, t.slug as team, d.team #>> '{evidence,rule}' as rule,
        d.team #>> '{delegation,name}' as delegation, f.author_kind as kind
      from fact_pull_request f join fact_pull_request_detail d using (org_id, repo_id, number)
        join repository r on r.org_id = f.org_id and r.id = f.repo_id left join team t on t.id = f.team_id
      where f.org_id = ${orgId} order by r.name, d.number`,
  );

const mergedBy = (dataset: Dataset, by: (pull: PullRequest) => boolean) =>
  dataset.repositories.flatMap(({ name, pullRequests }) =>
    pullRequests.filter((pull) => pull.state === "MERGED" && by(pull)).map(({ number }) => `${name}#${number}`),
  );

describe("people and teams of a GitHub organisation", () => {
  it("give every pull request the team of who is behind it, with evidence", async () => {
    const dataset = datasetOf("teams");
    const followed = await follow({ dataset });
    await followed.sync();
    const rows = await rowsOf(followed);
    const ofBo = new Set(mergedBy(dataset, ({ author }) => author?.login === "bo"));
    expect(ofBo.size).toBeGreaterThan(3);
    for (const row of rows.filter(({ number, repo }) => ofBo.has(`${repo}#${number}`))) {
      expect(row).toMatchObject({ team: "growth", rule: "team:member" });
    }
    // Copilot asks whoever it works for to review; Ada is named in its commits, which comes after.
    const ofAgent = rows.filter(({ delegation }) => delegation !== null);
    expect(ofAgent.length).toBeGreaterThan(10);
    const byAgent = new Set(mergedBy(dataset, ({ author }) => author?.login === "copilot-swe-agent"));
    expect(
      rows.filter(({ number, repo }) => byAgent.has(`${repo}#${number}`)).map((row) => row.delegation),
    ).not.toContain(null);
    // Dan is in no team: the code's owners count.
    const ofDan = new Set(mergedBy(dataset, ({ author }) => author?.login === "dan"));
    for (const row of rows.filter(({ number, repo }) => ofDan.has(`${repo}#${number}`))) {
      expect(row.rule).toBe("team:codeowners");
    }
    // Someone in two teams that own none of the code counts for the smaller one.
    const ofCleo = new Set(mergedBy(dataset, ({ author }) => author?.login === "cleo"));
    expect(new Set(rows.filter(({ number, repo }) => ofCleo.has(`${repo}#${number}`)).map(({ team }) => team))).toEqual(
      new Set(["data"]),
    );
    expect((await query(sql`select from person where org_id = ${followed.orgId}`)).length).toBe(123);
  });

  it("never restate what was merged before somebody moved", async () => {
    const dataset = datasetOf("moving-people");
    const followed = await follow({ dataset });
    await followed.sync();
    const before = await rowsOf(followed);
    const [growth, data] = dataset.teams;
    growth?.members.splice(growth.members.indexOf(BO), 1);
    data?.members.push(BO);
    followed.pass(HOUR_MS);
    await insertDeliveries([
      {
        source: "github",
        deliveryId: "moved",
        event: "membership",
        action: "added",
        headers: {},
        body: Buffer.from('{"action":"added"}'),
      },
    ]);
    await drainInbox(new Date(START.getTime() + HOUR_MS));
    await followed.sync();
    followed.pass(HOUR_MS);
    const repository = dataset.repositories[0] as Repository;
    const pull = repository.pullRequests.find(({ state }) => state === "OPEN") as PullRequest;
    pull.author = BO;
    pull.timeline = pull.timeline.filter(({ __typename }) => __typename !== "PullRequestCommit");
    const at = "2026-07-01T01:30:00Z";
    const signature = { name: "Bo Berg", email: "1002+bo@users.noreply.github.com", date: at };
    const oid = "b".repeat(40);
    const parents = repository.head === null ? [] : [repository.head];
    repository.commits.set(oid, {
      oid,
      message: `x (#${pull.number})`,
      author: signature,
      committer: signature,
      parents,
    });
    repository.head = oid;
    Object.assign(pull, { state: "MERGED", mergedAt: at, closedAt: at, updatedAt: at, mergeCommit: oid });
    await followed.sync();
    const after = await rowsOf(followed);
    const isNew = ({ number, repo }: Row) => number === pull.number && repo === repository.name;
    expect(after.filter((row) => !isNew(row))).toEqual(before);
    expect(after.find(isNew)).toMatchObject({ team: "data", rule: "team:member" });
    expect((await verifyFacts()).mismatches).toEqual([]);
  });

  it("are linked by the addresses of their commits, never by names", async () => {
    const dataset = datasetOf("linked");
    // Cleo's work address is linked with her account; somebody else with her name has another one.
    for (const { commits, pullRequests } of dataset.repositories) {
      for (const commit of commits.values()) {
        if (commit.author.name === "Dan Diaz") commit.author.name = "Cleo Chen";
      }
      for (const { timeline } of pullRequests) {
        for (const item of timeline) {
          const { commit } = item as { commit?: { author?: { name: string; email: string; user?: unknown } } };
          if (commit?.author?.email !== "1003+cleo@users.noreply.github.com") continue;
          commit.author = { ...commit.author, email: "cleo@acme.test", user: { databaseId: 1003 } };
        }
      }
    }
    const repository = dataset.repositories[0] as Repository;
    const agents = repository.pullRequests.filter(
      ({ author, state }) => state === "MERGED" && author?.login === "copilot-swe-agent",
    );
    const [first, second] = agents as [PullRequest, PullRequest];
    first.body = "Requested by: Cleo Chen (Cleo@acme.test)";
    second.body = "Requested by: Cleo Chen (someone@else.test)";
    const followed = await follow({ dataset });
    await followed.sync();
    const identities = await query<{ identity: string }>(
      sql`select i.identity from person_identity i join person_identity c using (org_id, person_id)
        where i.org_id = ${followed.orgId} and c.identity = 'id:1003' order by i.identity`,
    );
    expect(identities.map(({ identity }) => identity)).toEqual(["email:cleo@acme.test", "id:1003", "login:cleo"]);
    const rows = await rowsOf(followed);
    const of = ({ number }: PullRequest) => rows.find((row) => row.repo === repository.name && row.number === number);
    expect(of(first)).toMatchObject({ team: "data", rule: "team:member", delegation: "Cleo Chen" });
    expect(of(second)).toMatchObject({ rule: "team:codeowners", delegation: "Cleo Chen" });
    expect((await verifyFacts()).mismatches).toEqual([]);
  });

  it("are found by the issue that was given to an agent, also when it is heard of after the merge", async () => {
    const dataset = datasetOf("behind");
    const repository = dataset.repositories[0] as Repository;
    const agents = repository.pullRequests.filter(
      ({ author, state }) => state === "MERGED" && author?.login === "copilot-swe-agent",
    );
    const [first, second] = agents as [PullRequest, PullRequest];
    const byPerson = repository.pullRequests.find(
      ({ author, state }) => state === "MERGED" && author?.login === "bo",
    ) as PullRequest;
    const assigned = (actor: Account) => ({
      __typename: "AssignedEvent",
      id: "AE",
      createdAt: first.createdAt,
      actor: { ...actor, __typename: "User" },
      assignee: { __typename: "Bot", login: "copilot-swe-agent", databaseId: 198982749 },
    });
    const issue = (number: number, timeline: Issue["timeline"], closedBy: number[]): Issue => ({
      id: `I_behind_${number}`,
      number,
      title: "Make it faster",
      body: "",
      createdAt: first.createdAt,
      updatedAt: first.createdAt,
      closedAt: null,
      stateReason: null,
      labels: [],
      author: null,
      timeline,
      closedBy,
    });
    repository.issues = [
      issue(70_001, [assigned(CLEO)], [first.number]),
      issue(70_002, [], [second.number, byPerson.number]),
    ];
    const followed = await follow({ dataset });
    await followed.sync();
    const teamOf = async ({ number }: PullRequest) =>
      (await rowsOf(followed)).find((row) => row.repo === repository.name && row.number === number);
    expect(await teamOf(first)).toMatchObject({ team: "data", delegation: "Cleo Chen" });
    const before = await teamOf(byPerson);
    const late = repository.issues[1] as Issue;
    late.timeline = [assigned(CLEO)];
    late.updatedAt = "2026-07-01T00:30:00Z";
    followed.pass(HOUR_MS);
    await followed.sync();
    expect(await teamOf(second)).toMatchObject({ team: "data", delegation: "Cleo Chen" });
    expect(await teamOf(byPerson)).toEqual(before);
    expect((await verifyFacts()).mismatches).toEqual([]);
  });

  it("are done without where they may not be read, and that is said", async () => {
    const dataset = datasetOf("secretive");
    const followed = await follow({ dataset });
    followed.github.options.forbidden = new Set(["teams"]);
    await followed.sync();
    const [row] = await query<{ error: string | null }>(
      sql`select teams_error as error from github_connection where id = ${followed.connectionId}`,
    );
    expect(row?.error).toContain("not accessible");
    expect((await rowsOf(followed)).length).toBeGreaterThan(50);
    delete followed.github.options.forbidden;
    followed.pass(25 * HOUR_MS);
    await followed.sync();
    expect((await rowsOf(followed)).some(({ rule }) => rule === "team:member")).toBe(true);
  });

  it("count nobody as in a team who is in none", async () => {
    const dataset = datasetOf("nobody");
    dataset.teams.length = 0;
    dataset.teams.push({ id: "T_9", slug: "lonely", name: "Lonely", members: [DAN] });
    const followed = await follow({ dataset });
    await followed.sync();
    const members = (await rowsOf(followed)).filter(({ rule }) => rule === "team:member");
    expect(new Set(members.map(({ team }) => team))).toEqual(new Set(["lonely"]));
  });
});
